"""Joint visits: both work and have room with their ways, the company is open, and no day is full of them."""

from datetime import date, timedelta
from typing import Any

from api.planning.questions.joint_visits import JointVisits
from data.base.dates import aware
from data.model.problem import Appointment, Availability, Horizon, Problem
from data.results.questions import JointVisit
from tests.builders import HALLE, WEEK, buddy, company, problem, times

MONDAY = date(2026, 11, 23)
WEEKDAYS = [MONDAY + timedelta(days=k) for k in range(5)]


def programme(**fields: Any) -> Problem:
    """Anna from Magdeburg leaves, Bert from Halle follows at companies in Magdeburg: 100 minutes away."""
    buddies = (buddy("anna"), buddy("bert", base=HALLE))
    companies = tuple(company(f"c{k}") for k in range(1, 8))
    return problem(buddies, companies, **{"horizon": Horizon(first_week=WEEK, weeks=1)} | fields)


def visit(of: Problem, companies: int = 1) -> list[JointVisit | None]:
    joint = JointVisits(of, times(of), (), "anna", WEEKDAYS)
    return [joint.at(f"c{k}", "bert") for k in range(1, companies + 1)]


def when(found: JointVisit | None) -> tuple[date, int] | None:
    return (found.day, found.start_min) if found else None


def test_the_first_time_is_when_the_one_from_afar_can_be_there() -> None:
    """From 08:00 on Bert drives 99 minutes: 09:39, so 09:45 in quarters."""
    of = programme()
    way = times(of).minutes("bert", "c1")
    assert way == 100
    assert when(visit(of)[0]) == (MONDAY, 585)


def test_a_day_has_two_of_them_at_most() -> None:
    """The second begins when Bert has been home, at 12:25, and is back, at 14:05; so 14:15."""
    found = [when(each) for each in visit(programme(), 3)]
    assert found == [(MONDAY, 585), (MONDAY, 855), (MONDAY + timedelta(days=1), 585)]


def test_an_appointment_takes_its_time_with_the_way() -> None:
    """Bert is in Magdeburg from 09:40 to 10:20 and at home at 12:00; back at c1 at 13:40: 13:45."""
    meeting = Appointment(id="t", start=aware(MONDAY, 580), minutes=40, place="c2", buddies=("bert",))
    assert when(visit(programme(appointments=(meeting,)))[0]) == (MONDAY, 825)


def test_absences_and_closed_companies_are_passed_over() -> None:
    away = Availability(who="anna", first=MONDAY, last=MONDAY)
    shut = Availability(who="c1", first=MONDAY, last=MONDAY + timedelta(days=2))
    assert when(visit(programme(availability=(away, shut)))[0]) == (MONDAY + timedelta(days=3), 585)


def test_without_time_there_is_none() -> None:
    away = Availability(who="bert", first=MONDAY, last=MONDAY + timedelta(days=6))
    assert visit(programme(availability=(away,))) == [None]
