"""The `buddyplan` command for tests that use it."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from api.cli import app as cli

Run = Callable[..., int]


@pytest.fixture
def buddyplan(monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the command in this process; returns its exit status."""

    def run(*words: str | Path) -> int:
        monkeypatch.setattr(sys, "argv", ["buddyplan", *map(str, words)])
        with pytest.raises(SystemExit) as left:
            cli.main()
        return int(left.value.code or 0)

    return run
