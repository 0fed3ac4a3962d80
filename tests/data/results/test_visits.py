"""Whose visits are, as a plan tells it."""

from datetime import UTC, datetime

import pytest

from data.base.status import ReasonCode, Status
from data.model.dated import Appointment
from data.results.promise import Promise
from data.results.reason import VisitReason
from data.results.replanning import Away, Cancelled, Disruption, Missed, Moved, Replanning
from data.results.solution import BuddyWeeks, DayRoute, Stop, Unplanned, WeekPlan
from data.results.visits import companies_of_visits, with_companies
from tests.builders import buddy, company, problem

MOMENT = datetime(2026, 11, 23, 8, tzinfo=UTC)
DAY = MOMENT.date()
PROBLEM = problem(
    (buddy("anna"),),
    (company("a-2026-W48-1"), company("b"), company("c")),
    appointments=(
        Appointment(id="signing", start=MOMENT, minutes=30, place="office", company="c"),
        Appointment(id="meeting", start=MOMENT, minutes=30, place="office"),
    ),
)


def stop(visit: str, place: str) -> Stop:
    return Stop(id=visit, place=place, arrive=500, start=500, end=560)


STOPS = (stop("x", "a-2026-W48-1"), stop("signing", "office"), stop("meeting", "office"))
ROUTE = DayRoute(leave=480, back=600, work_min=120, travel_min=60, distance_m=9, stops=STOPS)
WEEK = WeekPlan(
    buddy="anna", week="2026-W48", status=Status.OPTIMAL, objective=0, bound=0, travel_min=60,
    days=(ROUTE, None, None, None, None, None, None),
    unplanned=(Unplanned(id="y", company="b", reason=VisitReason(code=ReasonCode.WEEK_FULL)),),
)  # fmt: skip
WEEKS = BuddyWeeks(buddy="anna", problem_hash="", matching_hash="", weeks=(WEEK,))
WHOSE = {"x": "a-2026-W48-1", "y": "b", "signing": "c", "meeting": ""}


def test_each_visit_tells_its_company_whatever_the_ids_look_like() -> None:
    assert companies_of_visits(PROBLEM, (WEEKS,)) == WHOSE


@pytest.mark.parametrize("visit", WHOSE)
def test_a_record_without_companies_gets_those_of_the_plan(visit: str) -> None:
    events: tuple[Disruption, ...] = (
        Cancelled(visit=visit),
        Missed(visit=visit),
        Moved(visit=visit, date=DAY, from_min=540, to_min=600),
    )
    told = Replanning(moment=MOMENT, disruptions=events, before=(WEEKS,))
    named = with_companies(told, PROBLEM)
    assert named.disruptions == tuple(each.replace(company=WHOSE[visit]) for each in events)
    assert with_companies(named, PROBLEM) == named


def test_a_promise_tells_it_too_and_what_names_no_visit_stays() -> None:
    away = Away(buddy="anna", first=DAY, last=DAY)
    told = Replanning(
        moment=MOMENT,
        disruptions=(Cancelled(visit="z"), away),
        promises=(Promise(visit="z", company="c", date=DAY, from_min=540, to_min=600),),
    )
    assert with_companies(told, PROBLEM).disruptions == (Cancelled(visit="z", company="c"), away)
