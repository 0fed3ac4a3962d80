"""`buddyplan template` writes the workbook that an office fills in."""

from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from tests.api.conftest import Run


@pytest.mark.parametrize(
    ("words", "first"), [(("--language", "de"), "Betriebe"), (("--english",), "Companies")]
)
def test_it_is_in_the_language_asked_for(
    tmp_path: Path, buddyplan: Run, words: tuple[str, ...], first: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert buddyplan("template", tmp_path / "list.xlsx", *words) == 0
    assert CalamineWorkbook.from_path(tmp_path / "list.xlsx").sheet_names[0] == first
    assert "check-data" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["list.csv", "there.xlsx"])
def test_it_replaces_nothing_and_writes_workbooks_alone(
    tmp_path: Path, buddyplan: Run, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "there.xlsx").write_bytes(b"mine")
    assert buddyplan("template", tmp_path / name, "--english") == 2
    assert name in capsys.readouterr().err
    assert sorted(file.name for file in tmp_path.iterdir()) == ["there.xlsx"]
