"""A budget: the funded buddies serve most of all choices within it, and the judge checks the sum."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from data.base.status import ReasonCode, Status
from data.model.cost import yearly_cents
from data.model.policy import Objective, ObjectiveName, Policy
from data.model.problem import Problem
from data.model.relation import Pin, Relation
from matching.eligibility.needs import coverage_weight
from matching.judge.matching import check_matching
from matching.levels.lexicographic import NotSolvable
from matching.levels.pairs import pairs_of
from matching.positions.budget import still_funded
from matching.solve import match
from tests.builders import STENDAL, buddy, company, problem, times
from tests.drawn import drawn
from tests.matching.positions.test_frontier import most_served
from tests.matching.programmes import programmes

SERVED = Policy(objectives=(Objective(name=ObjectiveName.UNSERVED),), max_one_way_min=20)
FULL = 6_500_000


def two_towns(**policy: object) -> Problem:
    """Anna in Magdeburg has two companies of priority 2, Ben in Stendal one of priority 3."""
    return problem(
        (buddy("anna"), buddy("ben", base=STENDAL, districts=("15090",))),
        (
            company("m1", priority=2),
            company("m2", priority=2),
            company("s1", point=STENDAL, district="15090", priority=3),
        ),
        policy=SERVED.replace(**policy),
    )


def test_a_buddy_costs_the_share_of_a_full_position():
    # 30 of 40 hours: 3/4 of 65,000 euros
    assert yearly_cents(buddy("anna", week_work_min=1800), Policy()) == 4_875_000
    # 1 of 2,400 minutes: 2708.33 cents
    assert yearly_cents(buddy("anna", week_work_min=1), Policy()) == 2708


def test_the_budget_pays_those_who_serve_most():
    of = two_towns(budget_cents_per_year=FULL)
    found = match(of, times(of))
    assert found.funded == ("anna",)
    assert found.buddy_of == {"m1": "anna", "m2": "anna"}
    # 3 is left out; with Ben alone it would be 2 + 2
    assert (found.levels[0].value, found.levels[0].bound) == (3, 3)
    (left_out,) = found.unassigned
    reasons = {each.buddy: each.reason.code for each in left_out.buddies}
    assert reasons["ben"] is ReasonCode.OVER_BUDGET
    assert check_matching(of, times(of), found) == []


def test_who_was_paid_stays_paid_and_others_fit_in_besides():
    of = two_towns(budget_cents_per_year=FULL)
    assert still_funded(of, {"ben"}) == {"ben"}
    assert still_funded(of, {"anna"}) == {"anna"}
    assert still_funded(of.replace(policy=SERVED.replace(budget_cents_per_year=2 * FULL)), ()) is None
    assert still_funded(two_towns(), {"anna"}) is None
    half = of.replace(buddies=tuple(each.replace(week_work_min=1200) for each in of.buddies))
    assert still_funded(half.replace(policy=of.policy), {"ben"}) is None


def test_a_budget_that_pays_all_changes_nothing():
    of = two_towns(budget_cents_per_year=2 * FULL)
    found = match(of, times(of))
    assert found.funded is None
    assert len(found.pairs) == 3
    assert check_matching(of, times(of), found) == []


def test_neither_a_kept_relation_nor_a_pin_gets_past_the_budget():
    of = two_towns(budget_cents_per_year=FULL).replace(
        relations=(Relation(company="s1", buddy="ben"),), pins=(Pin(buddy="ben", company="s1"),)
    )
    found = match(of, times(of))
    assert found.funded == ("anna",)
    assert "s1" not in found.buddy_of
    assert check_matching(of, times(of), found) == []


def test_who_is_paid_keeps_what_is_kept():
    of = problem(
        (buddy("anna", max_companies=1), buddy("ben", max_companies=1)),
        (company("a", priority=1), company("b", priority=5)),
        policy=SERVED.replace(budget_cents_per_year=FULL),
        relations=(Relation(company="a", buddy="anna"),),
    )
    # Anna would keep a (1), Ben can take b (5)
    assert match(of, times(of)).funded == ("ben",)


def test_the_judge_adds_up_what_is_paid():
    of = two_towns(budget_cents_per_year=FULL)
    found = match(of, times(of))

    def rules(funded: tuple[str, ...] | None) -> set[str]:
        return {v.rule for v in check_matching(of, times(of), found.replace(funded=funded))}

    assert "budget" in rules(("anna", "ben"))
    assert "budget" in rules(None)
    assert "budget" in rules(())
    assert "budget" in rules(("anna", "nobody"))
    assert "over_budget" in rules(("ben",))


@drawn(40)
@given(programmes(), st.sampled_from((0, 200_000, 500_000, 6_600_000, 7_000_000, 14_000_000)), st.booleans())
def test_no_choice_within_the_budget_serves_more(of, budget, rematch):
    policy = SERVED.replace(
        **{
            name: getattr(of.policy, name)
            for name in ("coverage_weight", "language_required", "max_one_way_min")
        },
        rematch=rematch,
        budget_cents_per_year=budget,
    )
    of = of.replace(policy=policy)
    try:
        found = match(of, times(of))
    except (NotSolvable, ValueError):
        return
    assert check_matching(of, times(of), found) == []
    best = 0
    for size in range(len(of.buddies) + 1):
        for chosen in combinations(of.buddies, size):
            if sum(yearly_cents(each, policy) for each in chosen) <= budget:
                funded = [each.id for each in chosen]
                best = max(best, most_served(pairs_of(of, times(of), funded=funded)))
    served = sum(of.company[p.company].priority * coverage_weight(of, p.company) for p in found.pairs)
    assert served == best
    assert found.levels[0].status is Status.OPTIMAL


@drawn(40)
@given(programmes(), st.sampled_from((0, 200_000, 500_000, 6_600_000, 7_000_000)))
def test_all_levels_hold_before_the_judge(of, budget):
    of = of.replace(policy=of.policy.replace(budget_cents_per_year=budget))
    try:
        found = match(of, times(of))
    except (NotSolvable, ValueError):
        return
    assert check_matching(of, times(of), found) == []
