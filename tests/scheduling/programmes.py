"""A small programme for planning: two buddies, five companies, two weeks, with calls and appointments."""

from datetime import date
from typing import Any

from data.base.dates import aware
from data.model.dated import Appointment
from data.model.problem import Care, Horizon, Place, Point, Problem, Request
from data.model.vocabulary import CareMode, RequestKind
from data.results.solution import BuddyWeeks, Matching
from scheduling.plan.plan_weeks import plan_weeks
from tests.builders import HALLE, MAGDEBURG, WEEK, assigned, buddy, company, problem, times

MONDAY = date(2026, 11, 23)
NEAR = Point(lat=52.331, lon=11.632)


def two_buddies(**fields: Any) -> Problem:
    """Anna looks after c1, c2 and c3, Bert after c4 and c5; on Monday at 600 both meet at the office."""
    given: dict[str, Any] = {
        "horizon": Horizon(first_week=WEEK, weeks=2),
        "care": (
            *(Care(company=f"c{i}", every_weeks=1, minutes=60) for i in range(1, 6)),
            Care(company="c1", mode=CareMode.CALL, every_weeks=1, minutes=20),
        ),
        "places": (Place(id="office", point=MAGDEBURG),),
        "appointments": (meeting("team", 600, ("anna", "bert")),),
        "requests": (
            Request(id="r1", company="c4", kind=RequestKind.URGENT, raised=MONDAY, due=date(2026, 11, 27)),
        ),
    }
    companies = (
        company("c1", NEAR),
        company("c2", HALLE),
        company("c3", HALLE),
        company("c4"),
        company("c5"),
    )
    return problem((buddy("anna"), buddy("bert", base=HALLE)), companies, **given | fields)


def meeting(key: str, minute: int, buddies: tuple[str, ...]) -> Appointment:
    """An hour at the office on Monday."""
    return Appointment(id=key, start=aware(MONDAY, minute), minutes=60, place="office", buddies=buddies)


def matched(of: Problem) -> Matching:
    return assigned(of, anna="c1 c2 c3", bert="c4 c5")


def planned(of: Problem, **options: Any) -> tuple[BuddyWeeks, ...]:
    return plan_weeks(of, matched(of), times(of), **options)
