"""While a main buddy is away, the first free deputy makes what cannot wait, and nothing else."""

from datetime import date
from typing import Any

import pytest

from data.base.dates import aware
from data.model.problem import Appointment, Availability, Buddy, Care, Problem, Request, SpecialistGroup
from data.model.relation import Ban, Relation
from data.model.vocabulary import RelationRole, RequestKind
from data.results.replanning import Away
from data.results.solution import BuddyWeeks
from scheduling.judge.plan import check_weeks
from scheduling.judge.replanning import check_replanning
from scheduling.plan.plan_weeks import plan_weeks
from scheduling.replan.reopened_weeks import Published
from scheduling.replan.replan import replan
from tests.builders import HALLE, assigned, buddy, company, problem, times

MONDAY, TUESDAY, FRIDAY = date(2026, 11, 23), date(2026, 11, 24), date(2026, 11, 27)
ANNA_AWAY = Availability(who="anna", first=MONDAY, last=FRIDAY)
ARRIVED = SpecialistGroup(company="c1", languages=("ar",), arrived=date(2026, 11, 16))
ADVICE = Appointment(id="advice", start=aware(TUESDAY, 600), minutes=60, company="c1", place="c1")


def asked(kind: RequestKind) -> Request:
    return Request(id="r", company="c1", kind=kind, raised=date(2026, 11, 20), due=FRIDAY)


def programme(
    deputies: str = "bert carl", away: tuple[Availability, ...] = (ANNA_AWAY,), **fields: Any
) -> Problem:
    """Anna has c1, where care is due every week; Bert and Carl have nothing."""
    anna: Buddy = buddy("anna", deputies=tuple(deputies.split()))
    buddies = (anna, buddy("bert", base=HALLE), buddy("carl", base=HALLE))
    care = (Care(company="c1", every_weeks=1, minutes=60),)
    given = {"care": care, "availability": away, "companies": (company("c1"),)} | fields
    return problem(buddies, given.pop("companies"), **given)


def planned(of: Problem) -> tuple[BuddyWeeks, ...]:
    """Plan the week and let the judge look at it."""
    matching, where = assigned(of, anna="c1"), times(of)
    plans = plan_weeks(of, matching, where)
    assert check_weeks(of, where, matching, plans) == []
    return plans


def made(plans: tuple[BuddyWeeks, ...]) -> dict[str, tuple[str, str | None]]:
    """By whom each visit is made, and for whom."""
    return {
        stop.id: (own.buddy, stop.instead_of)
        for own in plans
        for plan in own.weeks
        for route in plan.days
        for stop in (route.stops if route else ())
    }


@pytest.mark.parametrize("kind", [RequestKind.URGENT, RequestKind.FIRST_VISIT])
def test_a_deputy_makes_what_cannot_wait_and_the_rest_waits(kind: RequestKind) -> None:
    plans = planned(programme(requests=(asked(kind),)))
    assert made(plans) == {"r": ("bert", "anna")}


@pytest.mark.parametrize("kind", [RequestKind.FOLLOW_UP, RequestKind.AUTHORITY])
def test_other_requests_wait_and_are_told(kind: RequestKind) -> None:
    plans = planned(programme(requests=(asked(kind),)))
    assert made(plans) == {}
    assert "r" in {left.id for own in plans for plan in own.weeks for left in plan.unplanned}


def test_a_group_in_its_first_weeks_is_looked_after() -> None:
    assert set(made(planned(programme(specialists=(ARRIVED,)))).values()) == {("bert", "anna")}


def test_a_group_that_came_long_ago_waits() -> None:
    before = ARRIVED.replace(arrived=date(2026, 9, 1))
    assert made(planned(programme(specialists=(before,)))) == {}


def test_an_appointment_is_kept_by_the_deputy() -> None:
    assert made(planned(programme(appointments=(ADVICE,)))) == {"advice": ("bert", "anna")}


def test_the_first_who_works_on_the_day_stands_in() -> None:
    """Bert is away on Tuesday, when the appointment is."""
    bert = Availability(who="bert", first=TUESDAY, last=TUESDAY)
    of = programme(away=(ANNA_AWAY, bert), appointments=(ADVICE,))
    assert made(planned(of)) == {"advice": ("carl", "anna")}
    swapped = programme("carl bert", appointments=(ADVICE,))
    assert made(planned(swapped)) == {"advice": ("carl", "anna")}


def test_nobody_who_is_banned_stands_in() -> None:
    of = programme(appointments=(ADVICE,), bans=(Ban(buddy="bert", company="c1"),))
    assert made(planned(of)) == {"advice": ("carl", "anna")}


def test_a_dated_cover_comes_before_the_deputies_and_makes_everything() -> None:
    cover = Relation(company="c1", buddy="carl", role=RelationRole.COVER, since=MONDAY, until=FRIDAY)
    plans = planned(programme(requests=(asked(RequestKind.URGENT),), relations=(cover,)))
    assert len(made(plans)) == 2 and set(made(plans).values()) == {("carl", "anna")}


def test_a_buddy_who_is_back_in_time_makes_the_visit() -> None:
    """The first visit is due on Friday; Anna is away on Monday and Tuesday alone, and Bert much nearer."""
    short = ANNA_AWAY.replace(last=TUESDAY)
    of = programme(
        away=(short,), requests=(asked(RequestKind.FIRST_VISIT),), companies=(company("c1", HALLE),)
    )
    assert made(planned(of))["r"] == ("anna", None)


def test_a_day_on_which_the_buddy_never_works_is_no_absence() -> None:
    """Anna works from Wednesday on; the appointment of Tuesday is not handed on, and is told."""
    part_time = buddy("anna", shifts=((), (), *(((480, 1020),),) * 3, (), ()), deputies=("bert",))
    of = programme(away=(), appointments=(ADVICE,), care=())
    of = of.replace(buddies=(part_time, *of.buddies[1:]))
    assert made(planned(of)) == {}


def test_a_sudden_absence_goes_to_the_deputies_first_in_their_order() -> None:
    """Bert is as near as Carl and would come first; Carl is the deputy."""
    of = programme("carl", away=())
    matching, where = assigned(of, anna="c1"), times(of)
    plans = plan_weeks(of, matching, where)
    published = Published(of, matching, where, plans)
    away = (Away(buddy="anna", first=MONDAY, last=FRIDAY),)
    done = replan(published, aware(MONDAY, 0), away, (), lambda company: (("bert",), ("carl",)))
    assert set(made(done.weeks).values()) == {("carl", "anna")}
    assert check_replanning(published, done.record, done.weeks) == []


def test_the_order_of_content_does_not_depend_on_the_ids_of_deputies() -> None:
    of = programme("carl")
    bert, carl = of.buddies[1:]
    renamed = of.replace(
        buddies=(of.buddies[0].replace(deputies=("bert",)), carl.replace(id="bert"), bert.replace(id="carl"))
    )
    assert of.rank["carl"] == renamed.rank["bert"] and of.rank["bert"] == renamed.rank["carl"]
    assert of.rank["carl"] != of.rank["bert"]
