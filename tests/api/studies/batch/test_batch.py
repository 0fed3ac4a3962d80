"""Batches: killed and restarted, nothing finished is run twice; one worker, a pool and Dask agree."""

import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from api.files.atomic_folder import FolderBusy, locked
from api.studies.batch.batch import (
    BATCH,
    PARTS,
    Batch,
    BatchBroken,
    NotThisBatch,
    Part,
    open_batch,
    result_of,
    run_batch,
    tried,
)
from api.studies.batch.executors import NoScheduler, Where
from data.base.errors import BuddyplanError
from data.base.message import message
from data.base.stored_message import stored
from tests.api.studies.batch.counted import COUNT, asked, fails_at_three, main, parts, square
from tests.folders import ROOT
from tests.refusals import refused

PATIENCE_S = 60.0


def written(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in (folder / PARTS).glob("*.json")}


def run(folder: Path, notes: Path, where: Where) -> dict[str, bytes]:
    open_batch(folder, "squares", "", parts())
    with where.executor() as executor:
        assert not run_batch(folder, parts(), partial(square, notes), executor).failed
    return written(folder)


def until(folder: Path, count: int) -> None:
    """Wait until this many parts are written."""
    begun = time.monotonic()
    while len(written(folder)) < count:
        assert time.monotonic() < begun + PATIENCE_S, "the batch does not get on"
        time.sleep(0.01)


@pytest.mark.parametrize("workers", [1, 2])
def test_killed_in_the_middle_and_started_again(tmp_path: Path, workers: int) -> None:
    folder, notes = tmp_path / "batch", tmp_path / "notes"
    command = [sys.executable, "-m", "tests.api.studies.batch.counted", str(folder), str(notes), str(workers)]
    with subprocess.Popen(command, cwd=ROOT) as process:
        until(folder, 5)
        process.kill()
    kept, finished_then = written(folder), {int(n) for n in numbers(folder)}
    assert 5 <= len(kept) < COUNT
    main(str(folder), str(notes), str(workers))
    times = Counter(asked(notes))
    assert set(times) == set(range(COUNT))
    assert [number for number in finished_then if times[number] != 1] == []
    assert kept.items() <= written(folder).items()
    assert len(written(folder)) == COUNT
    before = asked(notes)
    main(str(folder), str(notes), str(workers))
    assert asked(notes) == before  # all is finished: nothing is run


def numbers(folder: Path) -> Iterator[str]:
    names = {part.key: str(part.given["number"]) for part in parts()}
    yield from (names[name.removesuffix(".json")] for name in written(folder))


def test_one_worker_a_pool_and_dask_write_the_same_bytes(tmp_path: Path, scheduler: str) -> None:
    found = [
        run(tmp_path / name, tmp_path / "notes", where)
        for name, where in (("one", Where(1)), ("two", Where(2)), ("dask", Where(scheduler=scheduler)))
    ]
    assert len(found[0]) == COUNT
    assert found[0] == found[1] == found[2]
    assert Counter(asked(tmp_path / "notes")) == dict.fromkeys(range(COUNT), 3)


def test_a_part_that_fails_stops_no_other_and_is_tried_again(tmp_path: Path) -> None:
    folder, told = tmp_path / "batch", list[tuple[int, int]]()
    open_batch(folder, "some", "", parts(5))
    done = run_batch(folder, parts(5), fails_at_three, None, lambda *at: told.append(at))
    (failed,) = done.failed.items()
    assert failed == (
        parts()[3].key,
        stored(message("part_broke", error="ValueError", text="three is too many")),
    )
    assert len(done.files) == len(written(folder)) == 4
    assert told == [(0, 5), (1, 5), (2, 5), (3, 5), (4, 5), (5, 5)]
    again = run_batch(folder, parts(5), dict, None)
    assert not again.failed
    assert len(again.files) == 5


def test_our_own_errors_say_what_they_say() -> None:
    def refuses(given: object) -> object:
        raise BuddyplanError(message("no_company", company="c7"))

    assert tried(refuses, {}) == stored(message("no_company", company="c7"))


def test_the_folder_of_another_batch_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "batch"
    open_batch(folder, "squares", "", parts())
    open_batch(folder, "squares", "", parts())
    for kind, shared in (("cubes", ""), ("squares", "x")):
        with refused(NotThisBatch, "another batch"):
            open_batch(folder, kind, shared, parts())
    other = tmp_path / "other"
    other.mkdir()
    (other / "letter.txt").write_text("dear")
    with refused(NotThisBatch, "no batch has written"):
        open_batch(other, "squares", "", parts())
    assert [file.name for file in other.iterdir()] == ["letter.txt"]


def test_a_larger_batch_goes_on_from_a_smaller_one(tmp_path: Path) -> None:
    open_batch(tmp_path / "b", "squares", "", parts(2))
    run_batch(tmp_path / "b", parts(2), dict)
    asked: list[int] = []

    def noted(given: dict[str, int]) -> object:
        asked.append(given["number"])
        return given

    open_batch(tmp_path / "b", "squares", "", parts(4))
    assert len(run_batch(tmp_path / "b", parts(4), noted).files) == 4
    assert asked == [each.given["number"] for each in parts(4)[2:]]
    # The smaller one is still the same batch, now with more parts.
    open_batch(tmp_path / "b", "squares", "", parts(2))
    assert len(run_batch(tmp_path / "b", parts(2), noted).files) == 2
    assert len(result_of(tmp_path / "b" / BATCH, Batch).parts) == 4 and len(asked) == 2


def test_two_processes_never_work_on_one_folder(tmp_path: Path) -> None:
    open_batch(tmp_path / "b", "squares", "", parts())
    with locked(tmp_path / "b" / BATCH), pytest.raises(FolderBusy):
        run_batch(tmp_path / "b", parts(), dict)


def test_ctrl_c_ends_soon_and_keeps_what_is_finished(tmp_path: Path) -> None:
    folder, notes = tmp_path / "batch", tmp_path / "notes"
    command = [sys.executable, "-m", "tests.api.studies.batch.counted", str(folder), str(notes), "2"]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL) as process:
        until(folder, 3)
        process.send_signal(signal.SIGINT)
        assert process.wait(PATIENCE_S) != 0
    assert 3 <= len(written(folder)) < COUNT
    assert not [file for file in (folder / PARTS).iterdir() if file.name.startswith(".")]


def dies(given: object) -> object:
    import os

    os._exit(1)


def test_a_process_that_dies_is_told(tmp_path: Path) -> None:
    open_batch(tmp_path / "b", "deadly", "", parts(3))
    with refused(BatchBroken, "start again"), Where(2).executor() as executor:
        run_batch(tmp_path / "b", parts(3), dies, executor)


def test_parts_of_the_same_content_are_one(tmp_path: Path) -> None:
    twins = [Part(name="a", given={"number": 1}), Part(name="b", given={"number": 1})]
    open_batch(tmp_path / "b", "squares", "", twins)
    assert len(run_batch(tmp_path / "b", twins, dict).files) == 1


def test_a_result_that_was_edited_is_named(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text("{}")
    with refused(NotThisBatch, "delete it"):
        result_of(tmp_path / "x.json", Batch)


def test_no_scheduler_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    with refused(BuddyplanError, "not both"):
        Where(2, "tcp://localhost:1")
    monkeypatch.setattr("api.studies.batch.executors.ANSWERS_WITHIN", "0.2s")
    with (
        refused(NoScheduler, "no Dask scheduler answers"),
        Where(scheduler="tcp://127.0.0.1:9").executor(),
    ):
        pass
    monkeypatch.setitem(sys.modules, "distributed", None)
    with (
        refused(NoScheduler, r"buddyplan\[cluster\]"),
        Where(scheduler="tcp://127.0.0.1:9").executor(),
    ):
        pass
