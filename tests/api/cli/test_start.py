"""A command loads what it needs: none that computes nothing loads a kernel, none on files the service."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.folders import SAMPLE

LOADED = """
import sys
from api.cli.app import main
try:
    main()
except SystemExit as ended:
    loaded = {name.partition(".")[0] for name in sys.modules}
    print("loaded:", *sorted(loaded & {"numba", "ortools", "matplotlib", "nicegui", "sqlalchemy"}))
    raise
"""
WITHOUT_SERVICE = f"""
import sys
for package in ("alembic", "fastapi", "huey", "nicegui", "psycopg", "pwdlib", "sqlalchemy", "structlog", "uvicorn"):
    sys.modules[package] = None
{LOADED}
"""  # noqa: E501
ONE_VISIT = (
    '{"days": [{"start": 480, "end": 990}], "travel_min": [[0, 25], [25, 0]], "visits": [{"id": "a", '
    '"node": 1, "duration_min": 60, "penalty": 900, "windows": [[[480, 900]]]}]}'
)


def started(program: str, words: tuple[str, ...], folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", program, *words],
        env={**os.environ, "BUDDYPLAN_DATA_DIR": str(folder)}, cwd=folder,
        capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.mark.parametrize("words", [("--help",), ("check-data", str(SAMPLE)), ("user", "list")])
def test_a_command_that_computes_nothing_loads_no_kernel(words: tuple[str, ...], tmp_path: Path) -> None:
    done = started(LOADED, words, tmp_path)
    assert done.returncode == 0
    assert done.stdout.splitlines()[-1] in ("loaded:", "loaded: sqlalchemy")


def test_a_tiny_week_is_solved_before_the_compiler_would_be_loaded(tmp_path: Path) -> None:
    (tmp_path / "one.json").write_text(ONE_VISIT, encoding="utf-8")
    done = started(LOADED, ("solve", "week", "one.json"), tmp_path)
    assert '"objective": 50' in done.stdout and done.stderr == ""  # there and back, 25 + 25
    assert done.stdout.splitlines()[-1] == "loaded:"


SCENARIO = 'name = "ill"\n[[changes]]\nkind = "absence"\nhost = "ihk-magdeburg"\ncount = 1\nweeks = 1\n'


def test_planning_from_files_needs_no_package_of_the_service(tmp_path: Path) -> None:
    (tmp_path / "ill.toml").write_text(SCENARIO, encoding="utf-8")
    for words in (
        ("check-data", str(SAMPLE)),
        ("scenario", "check", str(SAMPLE), "ill.toml"),
        ("scenario", "hire", "--help"),
    ):
        done = started(WITHOUT_SERVICE, words, tmp_path)
        assert "loaded:" in done.stdout, done.stderr


def test_a_command_of_the_service_says_how_its_packages_are_installed(tmp_path: Path) -> None:
    done = started(WITHOUT_SERVICE, ("user", "list", "--english"), tmp_path)
    assert done.returncode == 2
    assert "python3 run.py" in done.stderr and "Traceback" not in done.stderr
