"""`kill -9` at random moments: every job ends once, and of what clients wrote nothing is lost or doubled."""

from pathlib import Path

import pytest

from tests.api.jobs.killed_changes import killed_changes
from tests.api.jobs.killed_restores import killed_restores
from tests.api.jobs.kills import killed
from tests.drawn import kills


def test_killed_at_random_moments_every_job_ends_once_and_every_write_is_there_once(
    database_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    most = kills(by_day=3, by_night=50)
    told = killed(database_url, tmp_path, most, seed=1)
    with capsys.disabled():
        caught = f"{told.caught} of them of a worker with a running job"
        print(f"\n{told.kills} kills, {caught}; {len(told.jobs)} jobs ended once")
        print(f"{told.writes} writes acknowledged after {told.retries} retries: {told.faults}")
    assert (told.wrong, told.kills) == ([], most)
    assert told.faults == {"lost": 0, "doubled": 0, "without audit": 0}
    assert told.caught > 0 and told.writes > most


def test_a_killed_restore_leaves_the_store_as_it_was_or_as_restored(
    database_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    most = kills(by_day=1, by_night=10)
    told = killed_restores(database_url, tmp_path, most, seed=1)
    with capsys.disabled():
        print(f"\n{told.kills} restores killed, {told.done} of them when they had ended")
    assert (told.wrong, told.kills) == ([], most)


def test_a_killed_import_undo_or_adoption_is_there_whole_or_not_at_all(
    database_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    most = kills(by_day=1, by_night=20)
    told = killed_changes(database_url, tmp_path, most, seed=1)
    with capsys.disabled():
        print(f"\n{most} kills each amid an import of {told.rows} rows, an undo, an adoption: {told.amid}")
    assert (told.wrong, told.kills) == ([], dict.fromkeys(("import", "undo", "adopt"), most))
    assert sum(told.amid.values()) > 0
