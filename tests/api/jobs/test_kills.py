"""`kill -9` of web, worker or both at random moments: every job ends once, and nothing is half written."""

from pathlib import Path

import pytest

from tests.api.jobs.kills import killed

KILLS = 10
"""On each database, 20 in all."""


def test_killed_at_random_moments_every_job_ends_once(
    database_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = killed(database_url, tmp_path, KILLS, seed=1)
    with capsys.disabled():
        caught = f"{told.caught} of them of a worker with a running job"
        print(f"\n{told.kills} kills, {caught}; {len(told.jobs)} jobs ended once")
    assert (told.wrong, told.kills) == ([], KILLS)
    assert told.caught > 0
