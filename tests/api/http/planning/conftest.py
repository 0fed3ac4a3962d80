"""A published week of two buddies, with the Sunday before as today."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from api.run.run import Run
from api.service.sources import default_sources
from data.model.dated import Availability
from data.model.identity import Identities
from data.model.policy import Policy
from matching.solve import match
from scheduling.plan.plan_weeks import plan_weeks
from tests.api.http.conftest import World, filled
from tests.builders import times
from tests.scheduling.programmes import two_buddies

SUNDAY = datetime(2026, 11, 22, 9, tzinfo=UTC)


@pytest.fixture(scope="session")
def small_week() -> Run:
    """Anna has c1, c4 and c5, Bert c2 and c3; c1 is closed on Monday. An hour either way is promised."""
    closed = Availability(who="c1", first=date(2026, 11, 23), last=date(2026, 11, 23))
    policy = Policy(promise_min=60, max_one_way_min=150)
    asked = two_buddies(policy=policy, availability=(closed,))
    ways = times(asked)
    matching = match(asked, ways)
    weeks = plan_weeks(asked, matching, ways, 1)
    return Run(asked, Identities(), ways, default_sources(), matching, weeks=weeks)


@pytest.fixture
def on_sunday(
    database_url: str, tmp_path: Path, small_week: Run, monkeypatch: pytest.MonkeyPatch
) -> Iterator[World]:
    """The week is published, and today is the Sunday before."""
    for module in ("moves", "drafts", "adoption", "plans"):
        monkeypatch.setattr(f"api.http.planning.{module}.now", lambda: SUNDAY)
    monkeypatch.setattr("api.run.registered.programmes.now", lambda: SUNDAY)
    for world in filled(database_url, tmp_path, small_week):
        world.published()
        yield world
