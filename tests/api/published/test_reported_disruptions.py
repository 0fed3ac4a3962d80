"""Buddies' reports, as disruptions that a plan can be replanned for."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from api.published.reported_disruptions import reported_disruptions
from data.model.history import Contact
from data.model.vocabulary import Outcome
from data.register.rows.load import Registers
from data.results.replanning import Cancelled, Missed, Replanning
from data.store.tables.utc import now
from data.store.work.plans import NewPlan, keep_draft, plan_of
from tests.api.http.conftest import PROGRAMME, World, filled
from tests.data.store.entered import reported

MONDAY, SUNDAY = date(2026, 11, 23), date(2026, 11, 29)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    yield from filled("", tmp_path)


def report(world: World, outcome: Outcome, day: date = MONDAY) -> None:
    told = Contact(company="bakery", date=day, buddy="anna", minutes=0, outcome=outcome)
    with world.service.store.writing() as c:
        reported(c, "bakery-1", told)


def offered(world: World, today: date = MONDAY, plan: str = "") -> list[object]:
    with world.service.store.reading() as c:
        register, made = Registers().of(c, PROGRAMME), plan_of(c, plan or world.plan)
        return [each.disruption for each in reported_disruptions(c, register, made, today)]


@pytest.mark.parametrize(
    ("outcome", "disruption"),
    [
        (Outcome.CANCELLED_COMPANY, [Cancelled(visit="bakery-1", company="bakery")]),
        (Outcome.CANCELLED_BUDDY, [Cancelled(visit="bakery-1", company="bakery")]),
        (Outcome.NO_SHOW, [Missed(visit="bakery-1", company="bakery")]),
        (Outcome.DONE, []),
        (Outcome.MOVED, []),
    ],
)
def test_what_did_not_take_place_is_offered(world: World, outcome: Outcome, disruption: list[object]) -> None:
    report(world, outcome)
    assert offered(world) == disruption


def test_the_week_is_offered_to_its_last_day_and_no_longer(world: World) -> None:
    report(world, Outcome.NO_SHOW)
    assert len(offered(world, SUNDAY)) == 1
    assert offered(world, date(2026, 11, 30)) == []


def test_what_was_planned_around_is_not_offered_again(world: World) -> None:
    report(world, Outcome.CANCELLED_COMPANY)
    known = Replanning(moment=now(), disruptions=(Cancelled(visit="bakery-1"),))
    new = NewPlan(PROGRAMME, world.matching, "2026-W48", 1, (), "u", parent=world.plan, replanning=known)
    with world.service.store.writing() as c:
        again = keep_draft(c, new)
    assert offered(world, plan=again) == []
    assert len(offered(world)) == 1
