"""The `buddyplan` command for tests that use it, and passwords that are quick to hash."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from api.cli import app as cli
from api.http.accounts import passwords

Run = Callable[..., int]
QUICK_HASH = PasswordHash((Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1),))
"""Argon2 as weak as it may be: at full strength each of many hundred passwords takes 0.2 s."""


@pytest.fixture(autouse=True, scope="session")
def _quick_passwords() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "hasher", lambda: QUICK_HASH)
        yield


@pytest.fixture
def buddyplan(monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the command in this process; returns its exit status."""

    monkeypatch.setenv("PYTHONSAFEPATH", "")  # so that it is unset again after the command has set it

    def run(*words: str | Path) -> int:
        monkeypatch.setattr(sys, "argv", ["buddyplan", *map(str, words)])
        with pytest.raises(SystemExit) as left:
            cli.main()
        return int(left.value.code or 0)

    return run
