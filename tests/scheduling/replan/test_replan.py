"""Re-planning a published week: what is done stays, and as few promises as possible are broken."""

from datetime import date
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.base.dates import aware
from data.base.status import ReasonCode, Status
from data.results.promise import PromiseState
from data.results.replanning import Away, Cancelled, Disruption, Late, Missed, Moved, Urgent
from scheduling.judge.replanning import check_replanning
from scheduling.plan.plan_weeks import plan_weeks
from scheduling.plan.promises import promises_of
from scheduling.plan.settled import AGAIN, HERE
from scheduling.replan.due_visits import UnknownDisruption
from scheduling.replan.reopened_weeks import Published, Reopened
from scheduling.replan.replan import NobodyCanTake, replan
from scheduling.week.solve import solve_week
from tests.builders import WEEK, assigned, times
from tests.drawn import drawn
from tests.refusals import refused
from tests.scheduling.replan.published import (
    FRIDAY,
    MONDAY,
    after,
    both,
    friday,
    in_force,
    programme,
    stops,
    week,
)

C1, C2, C3 = "c1-2026-W48-1", "c2-2026-W48-1", "c3-2026-W48-1"


def test_a_cancelled_visit_is_gone_and_no_promise_is_broken() -> None:
    done = after(Cancelled(visit=C2))
    assert stops(week(done, "anna")) == [C1, C3, "team"]
    assert (done.changed, done.record.broken, done.record.proved) == ((("anna", WEEK),), (), True)


def test_weeks_that_nothing_happened_in_are_not_touched() -> None:
    done, before = after(Cancelled(visit=C2)), in_force()
    assert done.weeks[1] == before.weeks[1]
    assert done.weeks[0].weeks[1] == before.weeks[0].weeks[1]


def test_an_urgent_visit_finds_a_place_beside_every_promise() -> None:
    done = after(Urgent(id="u1", company="c1", minutes=30, due=FRIDAY))
    assert "u1" in stops(week(done, "anna"))
    assert done.record.broken == ()


def test_an_urgent_visit_comes_before_promises() -> None:
    """On Friday Anna is at three companies; 280 more minutes at c2 take all that is left of the day."""
    done = after(
        Urgent(id="u1", company="c2", minutes=280, due=FRIDAY), at=aware(FRIDAY, 470), colleagues=none
    )
    assert "u1" in stops(week(done, "anna"))
    assert [each.promise.visit for each in done.record.broken] != []
    assert done.record.proved


def none(company: str) -> tuple[tuple[str, ...], ...]:
    return ()


def test_what_is_done_or_under_way_never_moves() -> None:
    """At 620 on Friday Anna has been at c3 since 580; her next stop is cancelled."""
    done = after(Cancelled(visit=C2), at=aware(FRIDAY, 620))
    before = friday(in_force().weeks[0].weeks[0])
    assert friday(week(done, "anna")).stops[0] == before.stops[0]
    assert stops(week(done, "anna")) == [C1, C3, "team"]
    assert HERE not in stops(week(done, "anna"))


def test_what_was_cancelled_after_the_buddy_came_stays() -> None:
    done = after(Cancelled(visit=C3), at=aware(FRIDAY, 620))
    assert C3 in stops(week(done, "anna"))


def test_a_visit_at_which_nobody_was_met_is_due_again() -> None:
    """c4 is missed on Monday at 700; Bert, who is back at 820, visits it on a later day of the week."""
    done = after(Missed(visit="c4-2026-W48-2"), at=aware(MONDAY, 700))
    bert = week(done, "bert")
    assert {"c4-2026-W48-2", "c4-2026-W48-2-again"} <= set(stops(bert))
    assert bert.days[0] == in_force().weeks[1].weeks[0].days[0]


def test_a_missed_company_is_not_seen_twice_on_one_day() -> None:
    done = after(Missed(visit=C3), at=aware(FRIDAY, 620))
    (left_out,) = week(done, "anna").unplanned
    assert left_out.id == C3 + "-again"


def test_running_late_gives_up_the_fewest_promises() -> None:
    """Free at c3 at 640 + 60: c2 next to it, promised by 670, would make her late for c1, promised by 810.

    In minutes: 700 + 60 at c2 + 80 to c1 = 840.
    """
    done = after(Late(buddy="anna", minutes=60), at=aware(FRIDAY, 620))
    (broken,) = done.record.broken
    assert (broken.promise.visit, broken.start) == (C2, None)
    assert stops(week(done, "anna")) == [C1, C3, "team"]
    assert done.record.proved


def test_who_is_away_is_covered_by_a_colleague_who_keeps_the_promise() -> None:
    """Bert is in Magdeburg until 700 and can be at c1, 20 minutes away, by 810; not in Halle before."""
    done = after(Away(buddy="anna", first=FRIDAY, last=FRIDAY))
    (cover,) = done.record.covers
    assert (cover.visit, cover.buddy, cover.instead_of) == (C1, "bert", "anna")
    assert C1 in stops(week(done, "bert"))
    assert {each.promise.visit for each in done.record.broken} == {C2, C3}
    assert week(done, "anna").days[4] is None


def test_without_colleagues_visits_move_to_other_days() -> None:
    done = after(Away(buddy="anna", first=FRIDAY, last=FRIDAY), colleagues=none)
    assert stops(week(done, "anna")) == [C1, C2, C3, "team"]
    assert {each.promise.visit for each in done.record.broken} == {C1, C2, C3}
    assert done.record.proved


def test_a_colleague_of_the_first_tier_is_asked_first() -> None:
    def tiers(company: str) -> tuple[tuple[str, ...], ...]:
        return (("anna",), ("bert",))

    done = after(Away(buddy="anna", first=FRIDAY, last=FRIDAY), colleagues=tiers)
    assert {cover.buddy for cover in done.record.covers} == {"bert"}


def test_a_declined_window_is_left() -> None:
    plan = in_force()
    commitments = promises_of(plan.problem, plan.weeks, PromiseState.CONFIRMED)
    (c1,) = (promise for promise in commitments if promise.visit == C1)
    commitments = tuple(p.replace(state=PromiseState.DECLINED) if p is c1 else p for p in commitments)
    disruption = Urgent(id="u1", company="c1", minutes=10, due=MONDAY)
    done = replan(plan, aware(date(2026, 11, 22), 600), (disruption,), commitments, both)
    starts = {
        stop.id: (d, stop.start) for d, day in enumerate(week(done, "anna").days) if day for stop in day.stops
    }
    assert not (starts[C1][0] == 4 and c1.from_min <= starts[C1][1] <= c1.to_min)
    assert C1 not in {each.promise.visit for each in done.record.broken}


def test_an_urgent_visit_of_nobody_s_company_goes_to_whoever_can() -> None:
    of = programme()
    alone = assigned(of, anna="c1 c2 c3", bert="c4")
    orphan = Published(of, alone, times(of), plan_weeks(of, alone, times(of)))
    urgent = (Urgent(id="u1", company="c5", due=FRIDAY),)
    done = replan(orphan, aware(date(2026, 11, 22), 600), urgent, (), both)
    (cover,) = done.record.covers
    assert (cover.visit, cover.instead_of) == ("u1", "")
    with refused(NobodyCanTake, '"c5" has no buddy, and no colleague has room for "u1"'):
        replan(orphan, aware(date(2026, 11, 22), 600), urgent, (), none)


@pytest.mark.parametrize(
    ("disruption", "told"),
    [
        (Cancelled(visit="nix"), 'has the visit "nix"'),
        (Away(buddy="nix", first=FRIDAY, last=FRIDAY), 'is of the buddy "nix"'),
        (Urgent(id="u1", company="nix", due=FRIDAY), 'there is no company "nix"'),
        (Urgent(id=C1, company="c1", due=FRIDAY), f'there is a visit "{C1}" already'),
        (Missed(visit="team"), '"team" is an appointment of a fixed time'),
        (Urgent(id="u1", company="c1", due=date(2026, 11, 1)), "before every week that is published"),
    ],
)
def test_what_the_plan_does_not_have_is_refused(disruption: Disruption, told: str) -> None:
    with refused(UnknownDisruption, told):
        after(disruption)


def test_one_re_planning_follows_another() -> None:
    plan = in_force()
    first = after(Urgent(id="u1", company="c1", minutes=30, due=FRIDAY), plan=plan)
    then = type(plan)(plan.problem, plan.matching, plan.times, first.weeks, (first.record,))
    second = after(Cancelled(visit=C1), plan=then, at=aware(MONDAY, 900))
    assert "u1" in stops(week(second, "anna"))
    assert check_replanning(then, second.record, second.weeks) == []


def test_who_is_away_stays_away_whatever_else_comes_up() -> None:
    """Without colleagues all visits of Anna are left out, and the urgent one fits on no day of hers."""
    plan = in_force()
    first = after(Away(buddy="anna", first=MONDAY, last=FRIDAY), plan=plan, colleagues=none)
    assert stops(week(first, "anna")) == []
    then = type(plan)(plan.problem, plan.matching, plan.times, first.weeks, (first.record,))
    urgent = Urgent(id="u1", company="c1", minutes=30, due=FRIDAY)
    second = after(urgent, plan=then, at=aware(date(2026, 11, 24), 500), colleagues=none)
    assert stops(week(second, "anna")) == []
    assert "u1" in {left.id for left in week(second, "anna").unplanned}
    assert check_replanning(then, second.record, second.weeks) == []


def test_another_absence_leaves_the_week_of_an_earlier_one_alone() -> None:
    plan = in_force()
    first = after(Away(buddy="anna", first=FRIDAY, last=FRIDAY), plan=plan, colleagues=none)
    then = type(plan)(plan.problem, plan.matching, plan.times, first.weeks, (first.record,))
    next_tuesday = date(2026, 12, 1)
    second = after(Away(buddy="anna", first=next_tuesday, last=next_tuesday), plan=then, colleagues=none)
    assert week(second, "anna") == week(first, "anna")
    reopened = Reopened(then, second.record.moment, second.record.disruptions, second.record.promises)
    assert reopened.upset == {("anna", "2026-W49")}


def test_a_visit_due_again_outlives_the_one_that_was_missed() -> None:
    """c4 is missed on Monday and called off as well: the visit that is due again stays, also later on."""
    plan, c4 = in_force(), "c4-2026-W48-2"
    first = after(Missed(visit=c4), Cancelled(visit=c4), plan=plan, at=aware(MONDAY, 700))
    assert c4 + AGAIN in stops(week(first, "bert"))
    then = type(plan)(plan.problem, plan.matching, plan.times, first.weeks, (first.record,))
    second = after(Cancelled(visit=C2), plan=then, at=aware(MONDAY, 720))
    assert c4 + AGAIN in stops(week(second, "bert"))
    assert check_replanning(then, second.record, second.weeks) == []


disruptions = st.one_of(
    st.sampled_from([C1, C2, C3, "r1", "c5-2026-W48-1"]).map(lambda key: Cancelled(visit=key)),
    st.sampled_from([C1, C3, "c5-2026-W48-1"]).map(lambda key: Missed(visit=key)),
    st.builds(
        Urgent,
        id=st.just("u1"),
        company=st.sampled_from(["c1", "c3", "c5"]),
        minutes=st.integers(10, 200),
        due=st.just(FRIDAY),
    ),
    st.builds(
        lambda visit, day, opens, lasts: Moved(visit=visit, date=day, from_min=opens, to_min=opens + lasts),
        visit=st.sampled_from([C1, C3, "r1", "c5-2026-W48-1"]),
        day=st.dates(MONDAY, FRIDAY),
        opens=st.integers(300, 1000),
        lasts=st.sampled_from([0, 15, 60]),
    ),
    st.builds(Away, buddy=st.sampled_from(["anna", "bert"]), first=st.just(FRIDAY), last=st.just(FRIDAY)),
    st.builds(Late, buddy=st.sampled_from(["anna", "bert"]), minutes=st.integers(1, 200)),
)


@drawn(30)
@given(
    st.lists(disruptions, min_size=1, max_size=2, unique_by=lambda each: each.kind),
    st.integers(0, 4),
    st.integers(400, 1000),
    st.sampled_from(PromiseState),
)
def test_every_re_planning_passes_its_judge(
    given: list[Disruption], day: int, minute: int, state: PromiseState
) -> None:
    plan, moment = in_force(), aware(date(2026, 11, 23 + day), minute)
    try:
        done = after(*given, at=moment, plan=plan, state=state)
    except UnknownDisruption as refused:
        over = {"moved_to_the_past", "visit_is_over", "missed_too_early", "late_without_work"}
        assert refused.said.code in over | ({"no_week_of_visit"} if _contradict(given) else set())
        return
    assert check_replanning(plan, done.record, done.weeks) == []


def _contradict(given: list[Disruption]) -> bool:
    """Return whether a visit is cancelled and moved or missed as well."""
    cancelled = {each.visit for each in given if isinstance(each, Cancelled)}
    return any(each.visit in cancelled for each in given if isinstance(each, Moved | Missed))


def test_fewest_promises_are_broken_whatever_is_tried() -> None:
    """Every smaller set of promises is tried: the rest cannot be kept together with the urgent visit."""
    plan, at = in_force(), aware(FRIDAY, 470)
    urgent = (Urgent(id="u1", company="c2", minutes=250, due=FRIDAY),)
    done = after(*urgent, plan=plan, colleagues=none, at=at)
    commitments = promises_of(plan.problem, plan.weeks, PromiseState.CONFIRMED)
    mine = [promise for promise in commitments if promise.visit in (C1, C2, C3)]
    assert done.record.broken and done.record.proved
    for given_up in combinations(mine, len(done.record.broken) - 1):
        reopened = Reopened(plan, at, urgent, [p for p in commitments if p not in given_up])
        firm = reopened.build(("anna", WEEK), reopened.due["anna", WEEK], firm=True)
        assert solve_week(firm.instance).status is Status.INFEASIBLE


def test_urgent_and_missed_visits_without_a_place_are_named_with_their_reason() -> None:
    """Ten hours at c1 fit into no shift, and on Friday evening nobody has time for a second attempt."""
    urgent = after(Urgent(id="u1", company="c1", minutes=600, due=FRIDAY), colleagues=none).record
    assert [(each.id, each.company, each.reason.code) for each in urgent.unplaced or ()] == [
        ("u1", "c1", ReasonCode.NO_DAY_OPEN)
    ]
    missed = after(Missed(visit=C2), at=aware(FRIDAY, 1000), colleagues=none).record
    assert [each.id for each in missed.unplaced or ()] == [C2 + AGAIN]
    kept = after(Urgent(id="u1", company="c1", minutes=30, due=FRIDAY)).record
    assert kept.unplaced == ()
