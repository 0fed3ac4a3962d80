"""Trust 12: code of the working folder is never run, whatever it is called and whichever process starts.

Each file there is called like a module that some process loads; running one leaves its name in the log.
"""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from api.service.settings import Settings
from api.service.wiring import wired
from data.store.work.jobs import JobState, keep_job
from tests.api.jobs.small_service import (
    PROBLEM,
    answers,
    enter,
    eventually,
    free_port,
    job,
    match_job,
    serving,
)
from tests.builders import WEEK
from tests.data.tables.sheets import two_sheets, write_csv

ROOT = Path(__file__).parents[3]
NAMES = (
    "typing_extensions", "numpy", "numba", "json", "selectors", "tempfile", "signal", "pickle",
    "sitecustomize", "usercustomize", "uvicorn", "structlog", "api", "data", "matching", "scheduling", "pip",
)  # fmt: skip
COMMAND = Path(sys.executable).with_name("buddyplan")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A working folder full of traps; `ran` tells which of them were run."""
    here = tmp_path / "work"
    here.mkdir()
    for name in NAMES:
        trap = f"open({str(tmp_path / 'ran')!r}, 'a').write({name!r} + '\\n')\nraise SystemExit('run')\n"
        (here / f"{name}.py").write_text(trap, encoding="utf-8")
    monkeypatch.chdir(here)
    monkeypatch.delenv("PYTHONSAFEPATH", raising=False)
    yield here
    ran = tmp_path / "ran"
    assert not ran.exists(), ran.read_text(encoding="utf-8")


def test_a_command_and_the_processes_of_its_pool(folder: Path, tmp_path: Path) -> None:
    tables = write_csv(tmp_path / "in", two_sheets())
    command = [COMMAND, "plan", tables, "--week", WEEK, "--weeks", "2", "--out", tmp_path / "out"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr


def test_the_service_its_worker_and_the_solver(folder: Path, tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "data", port=free_port())
    opened = wired(settings)
    enter(opened, PROBLEM)
    with opened.store.writing() as c:
        key = keep_job(c, match_job())
    with serving(settings, tmp_path / "log"):
        eventually(lambda: answers(settings.port))
        eventually(lambda: job(opened, key).state is JobState.DONE)
    opened.close()


def test_what_sets_up_and_hands_over(folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, ROOT / "run.py", "--help"], capture_output=True, check=False, timeout=120
    )
    assert b"buddyplan" in done.stdout
