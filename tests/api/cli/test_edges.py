"""Trust 10, dates at the edges: a plain error of one sentence on every option of every command."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from api.cli.app import app
from tests.api.conftest import Run
from tests.data.tables.sheets import two_sheets, write_csv

Option = tuple[str, Any]
"""The words of a command, and one of its parameters."""


def parameters(command: Any, words: str = "") -> Iterator[Option]:
    yield from ((words.strip(), given) for given in command.params)
    for name, inner in getattr(command, "commands", {}).items():
        yield from parameters(inner, f"{words} {name}")


NUMBERS = [
    (words, given)
    for words, given in parameters(typer.main.get_command(app))
    if given.type_descriptor.annotation in (int, float)
]
HUGE = ("1" + "0" * 30, "9" * 5000, "-1" + "0" * 30, "nan", "inf", "-inf")


def test_there_are_numbers_to_try() -> None:
    assert len(NUMBERS) > 30


@pytest.mark.parametrize(("words", "given"), NUMBERS, ids=[f"{w} {g.name}" for w, g in NUMBERS])
def test_no_number_is_too_large_for_a_plain_error(
    buddyplan: Run, capsys: pytest.CaptureFixture[str], words: str, given: Any
) -> None:
    for value in HUGE:
        assert buddyplan(*words.split(), f"{given.opts[0]}={value}", "--english") == 2, value
        said = capsys.readouterr().err
        assert given.opts[0] in said and "Traceback" not in said, (value, said)


@pytest.mark.parametrize("week", ["9999-W52", "0001-W01", "0000-W01", "2200-W01", "2026-W54"])
@pytest.mark.parametrize("words", [("plan",), ("match",), ("check-data",), ("scenario", "run")])
def test_weeks_out_of_reach(
    tmp_path: Path, buddyplan: Run, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], week: str
) -> None:
    folder = write_csv(tmp_path / "in", two_sheets())
    assert buddyplan(*words, folder, "--week", week, "--english") == 2
    said = capsys.readouterr().err
    assert week in said and "Traceback" not in said


@pytest.mark.parametrize(
    "words",
    [
        ("--at", "0001-01-01T00:00"),
        ("--at", "9999-12-31T23:59"),
        ("--away", "anna:0001-01-01:9999-12-31"),
        ("--urgent", "bakery:60:9999-12-31"),
        ("--urgent", "bakery:" + "9" * 5000),
        ("--moved", "bakery-2026-W48-1:9999-12-31:09:00-10:00"),
        ("--late", "anna:" + "9" * 5000),
    ],
)
def test_days_out_of_reach(
    computed: Path, buddyplan: Run, capsys: pytest.CaptureFixture[str], words: tuple[str, str]
) -> None:
    assert buddyplan("replan", computed, "--out", computed.parent / "new", *words, "--english") == 2
    said = capsys.readouterr().err
    assert words[0] in said or words[1] in said
    assert said.count("\n") == 1 and "Traceback" not in said


@pytest.fixture(scope="module")
def computed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A planned run, on which a day within reach would be tried."""
    from api.export.run_folder.write import write_run
    from tests.api.runs import run

    folder = tmp_path_factory.mktemp("edges") / "run"
    write_run(run(), folder, "de")
    return folder
