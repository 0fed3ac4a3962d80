"""Processes that solve for requests: those that die or never end, and the end of them all."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from api.jobs import answering
from api.jobs.answering import PROCESSES, Answering, NotAnswered
from api.run.run import Run
from api.service.settings import environment_of
from api.service.wiring import Service
from data.base.errors import BuddyplanError
from data.base.message import message
from data.store.database.record import NotThere
from tests.api.jobs.small_service import PROBLEM, eventually, published, service, some_matching
from tests.refusals import refused


@pytest.fixture
def opened(database_url: str, tmp_path: Path) -> Iterator[Service]:
    made = service(database_url, tmp_path / "data")
    yield made
    made.close()


@pytest.fixture
def on_sqlite(tmp_path: Path) -> Iterator[Service]:
    """For tests in which the database plays no part."""
    made = service("", tmp_path / "data")
    yield made
    made.close()


@pytest.fixture
def asked(on_sqlite: Service) -> Iterator[tuple[Answering, str]]:
    """The processes, none of which runs yet, and a matching to ask about."""
    made = Answering(on_sqlite.store.url, 7)
    yield made, some_matching(on_sqlite)
    made.close()


def what(run: Run) -> tuple[str, int, int]:
    """The questions stand here, where the processes find them by name."""
    return run.problem.hash, len(run.weeks), os.getpid()


def nice(run: Run) -> int:
    return os.nice(0)


def dies(run: Run, note: Path, times: int) -> int:
    with note.open("ab") as file:
        file.write(b"x")
    if note.stat().st_size <= times:
        os.kill(os.getpid(), signal.SIGKILL)
    return os.getpid()


def never_ends(run: Run, note: Path) -> None:
    note.write_text(str(os.getpid()))
    while True:
        pass


def refuses(run: Run) -> None:
    raise NotThere(message("no_company", company="bakery"), cause=message("week_over", buddy="b", week="w"))


def breaks(run: Run) -> None:
    raise KeyError("somebody's name")


def runs(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def test_another_process_reads_the_run_and_answers(opened: Service) -> None:
    plan, matching = published(opened), some_matching(opened)
    made = Answering(opened.store.url, 7)
    (of_plan, weeks, pid), of_matching = made.of_plan(plan, what), made.of_matching(matching, what)
    assert (of_plan, weeks > 0) == (PROBLEM.hash, True) and pid != os.getpid()
    assert of_matching == (PROBLEM.hash, 0, pid), "the one that was used last has loaded what is needed"
    assert made.of_matching(matching, nice) == os.nice(0) + 7
    made.close()
    eventually(lambda: not runs(pid))


def test_errors_come_back_as_they_are(asked: tuple[Answering, str]) -> None:
    made, matching = asked
    with pytest.raises(NotThere) as found:
        made.of_matching(matching, refuses)
    assert found.value.said == message("no_company", company="bakery")
    assert found.value.cause.code == "week_over" and str(found.value) == "no_company company=bakery"
    with pytest.raises(NotThere):
        made.of_matching("unknown", what)
    with pytest.raises(RuntimeError, match=r"^KeyError$"):
        made.of_matching(matching, breaks)


def test_who_dies_while_it_answers_is_replaced_and_asked_again(
    asked: tuple[Answering, str], tmp_path: Path
) -> None:
    made, matching = asked
    before = made.of_matching(matching, what)[2]
    after = made.of_matching(matching, partial(dies, note=tmp_path / "note", times=1))
    assert after != before and not runs(before)
    assert made.of_matching(matching, what)[2] == after


def test_who_dies_twice_is_not_asked_a_third_time(asked: tuple[Answering, str], tmp_path: Path) -> None:
    made, matching = asked
    note = tmp_path / "note"
    with refused(NotAnswered, "try again in 5 seconds"):
        made.of_matching(matching, partial(dies, note=note, times=99))
    assert note.read_text() == "xx"
    assert made.of_matching(matching, what)[0] == PROBLEM.hash


def test_who_was_killed_between_two_questions_is_replaced(asked: tuple[Answering, str]) -> None:
    made, matching = asked
    pid = made.of_matching(matching, what)[2]
    os.kill(pid, signal.SIGKILL)
    eventually(lambda: not runs(pid))
    assert made.of_matching(matching, what)[2] != pid


def test_what_takes_too_long_is_given_up(
    asked: tuple[Answering, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, matching = asked
    pid = made.of_matching(matching, what)[2]
    monkeypatch.setattr(answering, "MOST_S", 0.5)
    with refused(NotAnswered, "try again in 5 seconds"):
        made.of_matching(matching, partial(never_ends, note=tmp_path / "note"))
    assert (tmp_path / "note").read_text() == str(pid) and not runs(pid)
    monkeypatch.undo()
    assert made.of_matching(matching, what)[2] != pid


def test_all_end_with_the_app_whatever_they_are_at(asked: tuple[Answering, str], tmp_path: Path) -> None:
    made, matching = asked
    notes = [tmp_path / str(number) for number in range(PROCESSES)]
    ended: list[BuddyplanError] = []

    def ask(note: Path) -> None:
        try:
            made.of_matching(matching, partial(never_ends, note=note))
        except NotAnswered as error:
            ended.append(error)

    asking = [threading.Thread(target=ask, args=(note,)) for note in notes]
    for each in asking:
        each.start()
    eventually(lambda: all(note.exists() and note.read_text() for note in notes))
    made.close()
    for each in asking:
        each.join(30)
    assert len(ended) == PROCESSES
    assert not any(runs(int(note.read_text())) for note in notes)
    with pytest.raises(NotAnswered):
        made.of_matching(matching, what)


def test_none_is_left_when_the_web_process_is_killed(on_sqlite: Service, tmp_path: Path) -> None:
    matching, note = some_matching(on_sqlite), tmp_path / "note"
    words = (
        "import sys; from functools import partial; from pathlib import Path; "
        "from api.jobs.answering import Answering; from tests.api.jobs.test_answering import never_ends; "
        "Answering(sys.argv[1], 0).of_matching(sys.argv[2], partial(never_ends, note=Path(sys.argv[3])))"
    )
    environment = {**os.environ, **environment_of(on_sqlite.settings)}
    command = [sys.executable, "-c", words, on_sqlite.store.url, matching, str(note)]
    with subprocess.Popen(command, env=environment) as web:
        eventually(lambda: note.exists() and note.read_text() != "")
        web.kill()
    eventually(lambda: not runs(int(note.read_text())), 10)
