"""Every setting is documented, and another process reads the same values from its environment."""

import re
from pathlib import Path

import pytest

from api.service.settings import Settings, environment_of
from tests.folders import DOCS

PAGE = (DOCS / "operation.md").read_text(encoding="utf-8")


def test_the_page_on_operation_explains_every_setting() -> None:
    explained = re.findall(r"^\| `BUDDYPLAN_(\w+)` \|", PAGE, re.MULTILINE)
    assert sorted(explained) == sorted(name.upper() for name in Settings.model_fields)


def test_settings_pass_through_an_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given = Settings(data_dir=tmp_path, port=8123, workers=None, lease_seconds=2.5)
    for name, value in environment_of(given).items():
        monkeypatch.setenv(name, value)
    assert Settings() == given
