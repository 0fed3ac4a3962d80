"""`buddyplan serve`: nothing that it started outlives it, and a store without users has a set-up code."""

import os
import signal
import stat
from pathlib import Path

from api.jobs.queue import submit
from api.service.settings import SETUP_CODE_FILE
from api.service.supervisor import FIRST_WAIT_S, LONGEST_WAIT_S, Part, setup_code
from data.store.people.users import NewUser, Role, add_user
from data.store.work.jobs import JobState
from tests.api.jobs.small_service import (
    answers,
    children,
    eventually,
    free_port,
    job,
    match_job,
    service,
    serving,
)


def groups() -> set[int]:
    """The ids of all process groups."""
    found = set()
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                fields = (folder / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if fields[0] != "Z":
                found.add(int(fields[2]))
    return found


def solvers(key: str) -> set[int]:
    """The process ids of a job's solvers; each leads the process group of its pool."""
    found = set()
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                words = (folder / "cmdline").read_bytes().decode().split("\0")
            except OSError:
                continue
            if words[2:5] == ["-m", "api.jobs.solver", key]:
                found.add(int(folder.name))
    return found


def test_a_killed_supervisor_leaves_nothing_behind_and_its_job_waits(tmp_path: Path) -> None:
    opened = service("", tmp_path, port=free_port())
    with serving(opened.settings, tmp_path / "log") as supervisor:
        eventually(lambda: answers(opened.settings.port), 120)
        # Entered now, since it may be done before the web answers; explanations need a pool of processes.
        key = submit(opened, match_job(explain=3))
        eventually(lambda: bool(solvers(key)), 120)
        left, parts = solvers(key), children(supervisor.pid)
        assert sorted(parts) == ["api.jobs.worker", "api.web"]
        os.kill(supervisor.pid, signal.SIGKILL)
        supervisor.wait()
        eventually(lambda: not children(supervisor.pid) and not left & groups())
    assert job(opened, key).state in (JobState.QUEUED, JobState.RUNNING, JobState.DONE)
    opened.close()


def test_a_part_that_keeps_dying_is_begun_after_longer_and_longer(tmp_path: Path) -> None:
    """0.2 s doubles to 0.4, 0.8, 1.6, 3.2 and ends at 5."""
    part = Part("web", {"PATH": os.environ["PATH"], "BUDDYPLAN_PORT": "none"})
    waits = [part.wait_s]
    for _ in range(6):
        part.begin_at = 0.0
        part.keep_going()
        assert part.process
        part.process.kill()
        part.process.wait()
        part.keep_going()
        waits.append(part.wait_s)
    assert waits == [FIRST_WAIT_S, 0.4, 0.8, 1.6, 3.2, LONGEST_WAIT_S, LONGEST_WAIT_S]


def test_a_store_without_users_has_a_code_until_there_is_one(tmp_path: Path) -> None:
    opened = service("", tmp_path)
    file, code = tmp_path / SETUP_CODE_FILE, setup_code(opened.store, tmp_path)
    assert code and len(code) >= 20
    assert setup_code(opened.store, tmp_path) == code == file.read_text(encoding="utf-8").strip()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with opened.store.writing() as c:
        add_user(c, NewUser(login="a@example.org", role=Role.COORDINATOR, programme=""), "hash")
    assert setup_code(opened.store, tmp_path) is None
    assert not file.exists()
    opened.close()
