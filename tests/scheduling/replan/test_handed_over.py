"""A visit handed to another buddy: the company's new main buddy makes it, in its promised window."""

import pytest

from data.base.dates import aware
from data.results.replanning import Cancelled, HandedOver
from scheduling.judge.replanning import check_replanning
from scheduling.replan.due_visits import UnknownDisruption
from scheduling.replan.reopened_weeks import Published, Reopened
from tests.builders import WEEK
from tests.refusals import refused
from tests.scheduling.replan.published import MONDAY, after, in_force, stops, week

C1, C2, C3 = "c1-2026-W48-1", "c2-2026-W48-1", "c3-2026-W48-1"
TO_BERT = HandedOver(visit=C2, buddy="bert")


def test_the_new_buddy_makes_it_and_not_instead_of_somebody() -> None:
    done = after(TO_BERT)
    assert C2 not in stops(week(done, "anna")) and C2 in stops(week(done, "bert"))
    made = [s for day in week(done, "bert").days if day for s in day.stops if s.id == C2]
    assert [each.instead_of for each in made] == [None]
    assert done.record.covers == () and done.record.disruptions[0].company == "c2"  # type: ignore[union-attr]
    assert check_replanning(in_force(), done.record, done.weeks) == []


def test_the_judge_refuses_a_week_that_kept_it() -> None:
    done = after(TO_BERT)
    assert check_replanning(in_force(), done.record, in_force().weeks) != []


def test_it_stays_with_the_new_buddy_when_the_week_is_planned_again() -> None:
    done, before = after(TO_BERT), in_force()
    handed = Published(before.problem, before.matching, before.times, done.weeks, (done.record,))
    reopened = Reopened(handed, aware(MONDAY, 0), (Cancelled(visit=C1),))
    assert C2 in reopened.due["bert", WEEK] and reopened.visits[C2].main == "bert"


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        (HandedOver(visit=C2, buddy="nobody"), "nobody"),
        (HandedOver(visit="nix", buddy="bert"), "nix"),
    ],
)
def test_what_no_week_has_is_refused(wrong: HandedOver, why: str) -> None:
    with refused(UnknownDisruption, why):
        after(wrong)
