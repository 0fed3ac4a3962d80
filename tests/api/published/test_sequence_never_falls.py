"""Trust 7, SEQUENCE and DTSTAMP never fall: one rule for file, feed and export, also after a restore."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar

from api.export.ics import calendar_of
from api.run.names import Names
from api.run.planned_days import planned_days
from api.run.run import Run
from api.words.speaker import Speaker
from data.store.backup.restore import restore
from data.store.backup.write import back_up
from data.store.tables import utc
from data.store.work.plans import NewPlan, keep_draft
from tests.api.http.conftest import PROGRAMME, World, filled
from tests.api.runs import run

WEEK = "2026-W48"
Told = dict[str, tuple[int, datetime]]
"""SEQUENCE and DTSTAMP of each event by its UID."""


@pytest.fixture
def world(database_url: str, tmp_path: Path) -> Iterator[World]:
    yield from filled(database_url, tmp_path)


def told(calendar: bytes) -> Told:
    read = Calendar.from_ical(calendar)
    return {str(each["uid"]): (int(each["sequence"]), each["dtstamp"].dt) for each in read.events}


def of_files(made: Run) -> Told:
    days = [day for day in planned_days(made) if day.buddy == "anna"]
    return told(calendar_of(made, Names(made), "anna", days, Speaker("de")))


def everywhere(world: World, plan: str) -> Told:
    """What the file of the week, the feed and the export of the plan in force tell: one and the same."""
    export = f"/api/v1/plans/{plan}/exports/ics?buddy=anna"
    week = world.by("buddy").get(f"/api/v1/me/weeks/{WEEK}.ics")
    feed = world.client.get(f"/api/v1/feeds/{world.ids['feed']}.ics")
    exported = world.by("coordinator").get(export)
    found = [told(each.content) for each in (week, feed, exported)]
    assert found[0] and found[0] == found[1] == found[2]
    return found[0]


def published(world: World) -> str:
    """Publish the same weeks once more, and return the plan."""
    with world.service.store.writing() as c:
        world.plan = keep_draft(c, NewPlan(PROGRAMME, world.matching, WEEK, 1, world.run.weeks, "u"))
    world.published()
    return world.plan


def rises(before: Told, after: Told) -> bool:
    return all(after[uid][0] > before[uid][0] and after[uid][1] > before[uid][1] for uid in before)


def test_every_telling_of_a_visit_comes_after_those_before(world: World) -> None:
    files = of_files(world.run)
    draft = told(world.by("coordinator").get(f"/api/v1/plans/{world.plan}/exports/ics?buddy=anna").content)
    world.published()
    first = everywhere(world, world.plan)
    second = everywhere(world, published(world))
    assert rises(files, draft) and first.keys() == draft.keys()
    assert all(first[uid] >= draft[uid] for uid in draft)
    assert rises(first, second)


def test_a_restored_backup_tells_nothing_from_before(world: World, tmp_path: Path) -> None:
    world.published()
    first = world.plan
    back_up(world.service.store, tmp_path / "older.zip")
    newer = everywhere(world, published(world))
    restore(world.service.store, tmp_path / "older.zip", replace=True)
    assert rises(newer, everywhere(world, first))


def test_a_clock_that_is_put_back_does_not_matter(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.published()
    before = everywhere(world, world.plan)
    earlier = utc.now() - timedelta(hours=1)
    monkeypatch.setattr("data.store.work.plans.now", lambda: earlier)
    assert rises(before, everywhere(world, published(world)))


def test_the_first_plan_of_files_comes_before_whatever_is_published(world: World) -> None:
    world.published()
    assert rises(of_files(run()), everywhere(world, world.plan))
