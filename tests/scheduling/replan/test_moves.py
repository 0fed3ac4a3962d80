"""A visit is moved within its week: it starts in the requested window, and everything else is kept."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.base.dates import aware
from data.model.calendar import Calendar
from data.results.promise import Promise, PromiseState
from data.results.replanning import Away, BrokenPromise, Cancelled, Cover, Disruption, Missed, Moved
from data.results.solution import BuddyWeeks
from scheduling.judge.replanning import check_replanning
from scheduling.plan.promises import promises_of
from scheduling.replan.broken_promises import starts_of
from scheduling.replan.due_visits import UnknownDisruption
from scheduling.replan.reopened_weeks import Published
from scheduling.replan.replan import Replanned, replan
from tests.builders import WEEK
from tests.drawn import drawn
from tests.refusals import refused
from tests.scheduling.replan.published import (
    FRIDAY,
    MONDAY,
    SUNDAY,
    THURSDAY,
    after,
    both,
    in_force,
    stops,
    week,
)

C1, C2, C3 = "c1-2026-W48-1", "c2-2026-W48-1", "c3-2026-W48-1"
WEDNESDAY = date(2026, 11, 25)


def moved(visit: str, day: date, start: int, end: int) -> Moved:
    return Moved(visit=visit, date=day, from_min=start, to_min=end)


def start_of(weeks: tuple[BuddyWeeks, ...], visit: str) -> tuple[date, int] | None:
    plans = [plan for own in weeks for plan in own.weeks]
    return dict(starts_of(plans)).get(visit)


def then(plan: Published, done: Replanned) -> Published:
    """The plan in force after publishing a re-planning."""
    return Published(plan.problem, plan.matching, plan.times, done.weeks, (*plan.earlier, done.record))


def test_a_moved_visit_starts_in_its_window_and_breaks_no_promise() -> None:
    """c1 is on Friday's way to Halle, which takes 200 minutes without it too; Wednesday adds 20 + 20."""
    done, before = after(moved(C1, WEDNESDAY, 700, 730)), in_force()
    start = start_of(done.weeks, C1)
    assert start is not None and start[0] == WEDNESDAY and 700 <= start[1] <= 730
    assert (done.changed, done.record.broken, done.record.proved) == ((("anna", WEEK),), (), True)
    assert week(done, "anna").travel_min - before.weeks[0].weeks[0].travel_min == 40
    assert check_replanning(before, done.record, done.weeks) == []


def test_the_old_window_is_promised_no_longer_and_the_new_one_is() -> None:
    """The start ± 30 minutes of the policy, as for every planned visit."""
    done = after(moved(C1, WEDNESDAY, 700, 700))
    of = in_force().problem
    (promise,) = (each for each in promises_of(of, done.weeks) if each.visit == C1)
    assert (promise.date, promise.from_min, promise.to_min) == (
        WEDNESDAY,
        700 - of.policy.promise_min,
        700 + of.policy.promise_min,
    )


def test_a_wish_that_has_no_room_leaves_the_visit_out_with_its_reason() -> None:
    """On Monday c1 is closed all day; only the requested window is broken."""
    done = after(moved(C1, MONDAY, 700, 730))
    assert [(each.id, each.reason.code.value) for each in week(done, "anna").unplanned] == [
        (C1, "no_day_open")
    ]
    wish = Promise(visit=C1, company="c1", date=MONDAY, from_min=700, to_min=730)
    assert done.record.broken == (BrokenPromise(promise=wish),)
    assert check_replanning(in_force(), done.record, done.weeks) == []


def test_a_move_goes_before_other_promises_as_something_urgent_does() -> None:
    """c2 is promised around 655 on Friday and is next to c3; c1, 80 minutes away, displaces it at 655."""
    commitments = {each.visit: each for each in promises_of(in_force().problem, in_force().weeks)}
    middle = (commitments[C2].from_min + commitments[C2].to_min) // 2
    done = after(moved(C1, FRIDAY, middle, middle))
    assert start_of(done.weeks, C1) == (FRIDAY, middle)
    assert {each.promise.visit for each in done.record.broken} <= {C2, C3}
    assert done.record.broken != () and done.record.proved


def test_later_re_plannings_keep_the_window() -> None:
    plan = in_force()
    first = after(moved(C1, WEDNESDAY, 700, 710), plan=plan)
    published = then(plan, first)
    second = after(Cancelled(visit=C2), plan=published)
    start = start_of(second.weeks, C1)
    assert start is not None and start[0] == WEDNESDAY and 700 <= start[1] <= 710
    assert check_replanning(published, second.record, second.weeks) == []


def test_a_second_move_replaces_the_first() -> None:
    plan = in_force()
    published = then(plan, after(moved(C1, WEDNESDAY, 700, 710), plan=plan))
    second = after(moved(C1, THURSDAY, 800, 800), plan=published)
    assert start_of(second.weeks, C1) == (THURSDAY, 800)


def test_a_company_that_declines_the_new_window_gets_another() -> None:
    plan = in_force()
    published = then(plan, after(moved(C1, WEDNESDAY, 700, 700), plan=plan))
    commitments = promises_of(plan.problem, published.weeks, PromiseState.CONFIRMED)
    commitments = tuple(p.replace(state=PromiseState.DECLINED) if p.visit == C1 else p for p in commitments)
    third = replan(published, aware(SUNDAY, 600), (Cancelled(visit=C2),), commitments, both)
    start = start_of(third.weeks, C1)
    assert start is not None and start != (WEDNESDAY, 700)
    assert check_replanning(published, third.record, third.weeks) == []


def test_who_is_away_on_the_old_day_makes_the_moved_visit_on_the_new_one() -> None:
    done = after(moved(C1, WEDNESDAY, 700, 730), Away(buddy="anna", first=FRIDAY, last=FRIDAY))
    assert C1 in stops(week(done, "anna"))
    assert C1 not in {cover.visit for cover in done.record.covers}


def test_a_missed_visit_that_was_moved_is_due_again_without_the_window() -> None:
    plan = in_force()
    published = then(plan, after(moved(C1, WEDNESDAY, 700, 700), plan=plan))
    done = after(Missed(visit=C1), plan=published, at=aware(WEDNESDAY, 770))
    start = start_of(done.weeks, C1 + "-again")
    assert start is not None and start[0] > WEDNESDAY


@pytest.mark.parametrize(
    ("disruption", "at", "told"),
    [
        (moved("nix", FRIDAY, 600, 700), SUNDAY, 'has the visit "nix"'),
        (moved("team", FRIDAY, 600, 700), SUNDAY, "appointment of a fixed time; it cannot be moved"),
        (moved(C1, date(2026, 12, 1), 600, 700), SUNDAY, "is of the week 2026-W48"),
        (moved(C1, SUNDAY, 600, 700), SUNDAY, "is of the week 2026-W48"),
        (moved(C1, WEDNESDAY, 500, 560), WEDNESDAY, "that time is over"),
        (moved("c4-2026-W48-2", FRIDAY, 600, 700), WEDNESDAY, "is over or under way"),
    ],
)
def test_what_cannot_be_moved_is_refused(disruption: Disruption, at: date, told: str) -> None:
    with refused(UnknownDisruption, told):
        after(disruption, at=aware(at, 600))


def test_a_window_that_ends_before_it_begins_is_none() -> None:
    with pytest.raises(ValueError, match="ends at 600, before it begins at 700"):
        moved(C1, FRIDAY, 700, 600)


def with_window(done: Replanned, visit: str, start: int, end: int) -> set[str]:
    """The rules that the weeks break if the record has another window."""
    (own,) = done.record.disruptions
    assert isinstance(own, Moved)
    other = own.replace(visit=visit, from_min=start, to_min=end)
    judged = done.record.replace(disruptions=(other,))
    return {violation.rule for violation in check_replanning(in_force(), judged, done.weeks)}


def test_the_judge_finds_a_moved_visit_outside_its_window() -> None:
    done = after(moved(C1, WEDNESDAY, 700, 710))
    assert "moved" in with_window(done, C1, 800, 810)
    assert with_window(done, C1, 700, 710) == set()


def test_the_judge_finds_a_window_that_a_later_re_planning_left() -> None:
    """Planned again with the window 700 to 710, judged as if 800 to 810 had been requested."""
    plan = in_force()
    first = after(moved(C1, WEDNESDAY, 700, 710), plan=plan)
    second = after(Cancelled(visit=C2), plan=then(plan, first))
    other = first.record.replace(disruptions=(moved(C1, WEDNESDAY, 800, 810),))
    judged = check_replanning(
        Published(plan.problem, plan.matching, plan.times, first.weeks, (other,)), second.record, second.weeks
    )
    assert {violation.rule for violation in judged} == {"window"}


def test_the_judge_finds_a_moved_visit_with_somebody_else() -> None:
    """Swap Bert's and Anna's routes, so that he makes her visits."""
    done = after(moved(C1, WEDNESDAY, 700, 710))
    anna, bert = done.weeks
    swapped = anna.replace(weeks=bert.weeks), bert.replace(weeks=anna.weeks)
    given = tuple(
        own.replace(weeks=tuple(plan.replace(buddy=own.buddy) for plan in own.weeks)) for own in swapped
    )
    found = check_replanning(in_force(), done.record, given)
    assert ("judged_not_to", {"buddy": "bert"}) in [(each.code, each.fields) for each in found]
    cover = Cover(visit=C1, company="c1", buddy="bert", instead_of="anna")
    lent = done.record.replace(covers=(cover,))
    assert "moved" in {violation.rule for violation in check_replanning(in_force(), lent, done.weeks)}


@drawn(12)
@given(st.sampled_from([C1, C2, C3]), st.dates(MONDAY, FRIDAY), st.integers(460, 960))
def test_a_move_is_made_exactly_when_the_visit_alone_can_be(visit: str, day: date, minute: int) -> None:
    """Nothing competes with it except Monday's appointment, when the three companies are closed.

    So it is made if the company is open, and Anna (480 to 1020) can arrive in time and be back after the 60
    minutes.
    """
    plan = in_force()
    done = after(moved(visit, day, minute, minute), plan=plan)
    assert check_replanning(plan, done.record, done.weeks) == []
    way = plan.times.minutes("anna", visit[:2])
    opening = Calendar(plan.problem).opening(visit[:2], day)
    can = any(max(opens, 480 + way) <= minute <= min(closes, 1020 - way) - 60 for opens, closes in opening)
    assert start_of(done.weeks, visit) == ((day, minute) if can else None)
    assert [each.promise.visit for each in done.record.broken].count(visit) == (not can)
