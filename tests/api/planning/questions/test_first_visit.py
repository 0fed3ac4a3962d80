"""When a buddy can visit a company first: among what is published, else in free hours, never while away."""

from datetime import date
from typing import Any

from api.planning.questions.first_visit import FirstVisits
from api.planning.questions.in_force import PlanInForce
from data.base.dates import aware
from data.model.dated import Availability
from data.model.problem import Care, Company, Problem, Request
from data.model.vocabulary import CareMode, RequestKind
from data.results.questions import FirstVisit
from scheduling.plan.promises import promises_of
from scheduling.replan.reopened_weeks import Published
from tests.builders import WEEK, Manhattan, company, times
from tests.scheduling.programmes import matched, planned, two_buddies

MONDAY, WEDNESDAY, FRIDAY = (date(2026, 11, day) for day in (23, 25, 27))
NEXT = "2026-W49"


def in_force(of: Problem) -> PlanInForce:
    """The first of both weeks, published."""
    weeks = planned(of, weeks=1)
    return PlanInForce(Published(of, matched(of), times(of), weeks), (WEEK,), promises_of(of, weeks))


def with_new(of: Problem, *care: Care, **fields: Any) -> Problem:
    firms: tuple[Company, ...] = tuple(sorted((*of.companies, company("new")), key=lambda each: each.id))
    return of.replace(companies=firms, care=(*of.care, *care), **fields)


def first(
    now: Problem, buddy: str, day: date = MONDAY, published: Problem | None = None, minute: int = 0
) -> FirstVisit | None:
    plans = (in_force(published),) if published else ()
    held = {"c1": "anna", "c2": "anna", "c3": "anna", "c4": "bert", "c5": "bert"}
    moment = aware(day, minute)
    asked = FirstVisits(now, times(now), Manhattan(), "new", moment, plans, held, ("anna", "bert"))
    return asked.of(buddy)


def at(visit: FirstVisit | None) -> tuple[date, int, bool] | None:
    return None if visit is None else (visit.day, visit.start_min, visit.published)


def test_in_a_week_that_is_not_published_only_appointments_stand():
    """Anna and the company are in Magdeburg; on Monday from 600 to 660 the team meets, also in Magdeburg."""
    now = with_new(two_buddies())
    assert at(first(now, "anna")) == (MONDAY, 480, False)
    long = with_new(two_buddies(), Care(company="new", minutes=150))
    assert at(first(long, "anna")) == (MONDAY, 660, False)


def test_in_a_published_week_what_is_promised_stands():
    """Anna's whole Monday is planned: c1, the team, c3 and c2 leave no hour."""
    of = two_buddies()
    assert at(first(with_new(of), "anna", published=of)) == (date(2026, 11, 24), 480, True)
    assert at(first(with_new(of), "anna")) == (MONDAY, 480, False)


def test_a_week_without_room_gives_way_to_the_next_one():
    """Nobody is at home in the published week from Wednesday on, as was entered since."""
    of = two_buddies()
    away = Availability(who="anna", first=WEDNESDAY, last=date(2026, 11, 29))
    now = with_new(of, availability=(away,))
    assert at(first(now, "anna", day=WEDNESDAY, published=of)) == (date(2026, 11, 30), 480, False)


def test_the_opening_of_the_company_is_that_of_now():
    of = two_buddies()
    closed = tuple(
        Availability(who="new", first=day, last=day) for day in (MONDAY, date(2026, 11, 24), WEDNESDAY)
    )
    found = first(with_new(of, availability=closed), "anna", published=of)
    assert found is not None and found.day == date(2026, 11, 26) and found.published


def test_nothing_begins_before_now():
    now = with_new(two_buddies())
    found = first(now, "anna", day=MONDAY, minute=700)
    assert at(found) == (MONDAY, 700, False)


def test_nobody_who_is_away_for_all_weeks_has_a_first_visit():
    away = Availability(who="anna", first=MONDAY, last=date(2026, 12, 31))
    assert first(with_new(two_buddies(), availability=(away,)), "anna") is None


def test_a_first_visit_takes_as_long_as_its_request_says():
    """After the team until 660, and 15 minutes of break, as it ends more than six hours after 480."""
    asked = Request(
        id="r2", company="new", kind=RequestKind.FIRST_VISIT, raised=MONDAY, due=FRIDAY, minutes=200
    )
    base = two_buddies()
    care = Care(company="new", mode=CareMode.VISIT, minutes=30)
    now = with_new(base, care, requests=(*base.requests, asked))
    assert at(first(now, "anna")) == (MONDAY, 675, False)
