"""`kill -9` of web, worker or both at random moments: every job ends once, and nothing is half written."""

from pathlib import Path

import pytest

from tests.api.jobs.kills import killed
from tests.drawn import kills


def test_killed_at_random_moments_every_job_ends_once(
    database_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    most = kills(by_day=3, by_night=20)
    told = killed(database_url, tmp_path, most, seed=1)
    with capsys.disabled():
        caught = f"{told.caught} of them of a worker with a running job"
        print(f"\n{told.kills} kills, {caught}; {len(told.jobs)} jobs ended once")
    assert (told.wrong, told.kills) == ([], most)
    assert told.caught > 0
