"""Disruptions at the wrong time are refused: nothing is missed before it begins, or planned for the past."""

from datetime import date, datetime

import pytest

from data.base.dates import aware
from data.results.replanning import Away, Disruption, Late, Missed, Urgent
from scheduling.replan.due_visits import UnknownDisruption
from tests.refusals import refused
from tests.scheduling.replan.published import FRIDAY, MONDAY, SUNDAY, THURSDAY, after, friday, in_force

C1, C3 = "c1-2026-W48-1", "c3-2026-W48-1"
SATURDAY = date(2026, 11, 28)


@pytest.mark.parametrize(
    ("disruption", "at", "says"),
    [
        (Missed(visit=C3), aware(SUNDAY, 600), "is planned for 2026-11-27 at 09:40, its time has not come"),
        (Missed(visit=C3), aware(FRIDAY, 579), "its time has not come"),
        (
            Away(buddy="anna", first=MONDAY, last=MONDAY),
            aware(FRIDAY, 500),
            "ends on 2026-11-23, which is over",
        ),
        (
            Urgent(id="u", company="c1", due=THURSDAY),
            aware(FRIDAY, 500),
            "is due by 2026-11-26, which is over",
        ),
        (Late(buddy="anna", minutes=30), aware(SATURDAY, 600), "does not work on 2026-11-28"),
        (Late(buddy="anna", minutes=30), aware(FRIDAY, 1200), "does not work on 2026-11-27, or no longer"),
    ],
)
def test_what_does_not_fit_its_time_is_refused(disruption: Disruption, at: datetime, says: str) -> None:
    with refused(UnknownDisruption, says) as caught:
        after(disruption, at=at)
    assert caught.value.cause.code in {"time_not_come", "time_over"}


def test_what_has_begun_can_be_missed_and_whoever_works_can_be_late() -> None:
    begins = next(stop.start for stop in friday(in_force().weeks[0].weeks[0]).stops if stop.id == C3)
    assert begins == 580
    for disruption, minute in ((Missed(visit=C3), begins), (Late(buddy="anna", minutes=30), 300)):
        assert after(disruption, at=aware(FRIDAY, minute)).changed


def test_a_visit_that_the_plan_leaves_out_cannot_be_missed() -> None:
    full = after(Urgent(id="u1", company="c1", minutes=600, due=FRIDAY), colleagues=lambda company: ())
    plan = in_force()
    then = type(plan)(plan.problem, plan.matching, plan.times, full.weeks, (full.record,))
    with refused(UnknownDisruption, "the plan gives it no time"):
        after(Missed(visit="u1"), plan=then, at=aware(FRIDAY, 1000))
