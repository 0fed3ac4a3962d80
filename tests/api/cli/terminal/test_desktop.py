"""The demo opens its report before a person at a desktop, and nowhere else."""

import sys
import webbrowser
from pathlib import Path

import pytest

from api.cli.terminal.terminal import has_desktop
from tests.api.conftest import Run

SMALL = ("demo", "--buddies", "2", "--companies", "6", "--explain", "0")


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    pages: list[str] = []
    monkeypatch.setattr(webbrowser, "open", pages.append)
    return pages


@pytest.mark.parametrize(
    ("platform", "variable", "terminal", "expected"),
    [
        ("linux", "DISPLAY", True, True),
        ("linux", "WAYLAND_DISPLAY", True, True),
        ("linux", "NOTHING", True, False),
        ("linux", "DISPLAY", False, False),
        ("darwin", "NOTHING", True, True),
        ("win32", "NOTHING", False, False),
    ],
)
def test_a_desktop_is_a_screen_and_a_terminal(
    monkeypatch: pytest.MonkeyPatch, platform: str, variable: str, terminal: bool, expected: bool
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv(variable, ":0")
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: terminal)
    assert has_desktop() is expected


def test_the_report_opens_at_a_desktop_unless_one_declines(
    buddyplan: Run, opened: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.cli.app.has_desktop", lambda: True)
    assert buddyplan(*SMALL, "--out", tmp_path / "out") == 0
    assert opened == [(tmp_path / "out" / "report.html").as_uri()]
    assert buddyplan(*SMALL, "--out", tmp_path / "out", "--no-open") == 0
    assert buddyplan(*SMALL, "--out", tmp_path / "out", "--json") == 0
    assert len(opened) == 1


def test_nothing_opens_without_a_desktop(buddyplan: Run, opened: list[str], tmp_path: Path) -> None:
    assert buddyplan(*SMALL, "--out", tmp_path / "out") == 0
    assert opened == []
