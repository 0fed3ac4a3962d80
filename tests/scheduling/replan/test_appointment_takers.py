"""Appointments that clash never cost the week, and colleagues who could take one are named."""

from datetime import date

from data.base.status import AWAY
from data.model.dated import Availability
from data.model.problem import Problem, Request
from data.model.vocabulary import RequestKind
from data.results.solution import WeekPlan
from scheduling.replan.appointment_takers import with_takers
from tests.builders import WEEK
from tests.scheduling.programmes import MONDAY, meeting, two_buddies
from tests.scheduling.replan.published import both, in_force


def clashing() -> Problem:
    """At 600 on Monday Anna has to be at two meetings; the second is with c1, which Bert may visit too."""
    second = meeting("check", 600, ("anna",)).replace(company="c1", place="c1")
    return two_buddies(appointments=(meeting("team", 600, ("anna",)), second))


def annas(of: Problem) -> WeekPlan:
    found = with_takers(in_force(of), both)
    return next(plan for own in found if own.buddy == "anna" for plan in own.weeks if plan.week == WEEK)


def test_a_clash_names_who_could_take_it_and_for_how_much_travel() -> None:
    """The other meeting has no company, so only the buddies it names may attend."""
    plan = annas(clashing())
    assert set(plan.clash) == {"team", "check"}
    (taker,) = plan.takers
    assert (taker.visit, taker.buddy) == ("check", "bert")
    assert taker.added_travel_min > 0


def test_who_has_an_appointment_then_cannot_take_it() -> None:
    of = clashing()
    busy = of.replace(appointments=(*of.appointments, meeting("busy", 610, ("bert",))))
    assert annas(busy).takers == ()


def test_weeks_without_a_clash_stay_as_they_are() -> None:
    plan = in_force()
    assert with_takers(plan, both) is plan.weeks


def test_a_request_that_finds_no_place_names_who_could_make_it() -> None:
    """Anna works two minutes a day in that week; Bert is not far from c1 and has room."""
    few = Availability(who="anna", first=MONDAY, last=date(2026, 11, 29), hours=(482, 1020))
    asked = Request(id="r2", company="c1", kind=RequestKind.URGENT, raised=MONDAY, due=date(2026, 11, 27))
    of = two_buddies(availability=(few,), requests=(asked,), appointments=())
    plan = annas(of)
    left = {each.id: each.reason.code for each in plan.unplanned}
    assert left["r2"] not in AWAY
    assert {(taker.visit, taker.buddy) for taker in plan.takers} == {("r2", "bert")}
