"""The frontier equals enumeration, is monotone, and passes its judge."""

import threading
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.model.policy import CoverageWeight, Policy
from data.model.problem import Care, Problem
from data.model.relation import Relation
from data.positions.position import Position, with_positions
from matching.eligibility.needs import coverage_weight
from matching.judge.frontier import check_frontier
from matching.levels.lexicographic import NotSolvable
from matching.levels.pairs import Pairs, pairs_of
from matching.positions.frontier import FrontierCancelled, FrontierOptions, field_of_positions, frontier
from matching.positions.search import Search
from tests.builders import HALLE, MAGDEBURG, STENDAL, buddy, company, problem, times
from tests.drawn import drawn
from tests.matching.programmes import buddies, programmes

NEAR = Policy(max_one_way_min=20)


def field(of: Problem, positions: list[Position], keep: bool = False) -> Problem:
    return with_positions(of, positions, keep)


def most_served(pairs: Pairs) -> int:
    """Return the most weight of all feasible assignments, by enumeration."""
    of, forced = pairs.problem, pairs.kept | pairs.pinned
    weight = [of.company[key].priority * coverage_weight(of, key) for key in pairs.companies]
    policy = of.policy
    keeping = {c: r.buddy for c, r in pairs.present.items() if (r.buddy, c) in pairs.index}
    least = 0
    if policy.rematch and policy.max_changed_relations is not None:
        least = max(0, len(keeping) - policy.max_changed_relations)

    def best(c: int, left: np.ndarray, kept: int) -> int:
        if c == len(weight):
            return 0 if kept >= least else -(10**9)
        key = pairs.companies[c]
        found = best(c + 1, left, kept) if key not in forced else -(10**9)
        for k in np.flatnonzero(pairs.company == c).tolist():
            after = left.copy()
            after[pairs.buddy[k]] -= pairs.loads[:, k]
            if np.all(after >= 0):
                same = keeping.get(key) == pairs.buddies[pairs.buddy[k]]
                found = max(found, weight[c] + best(c + 1, after, kept + same))
        return found

    return best(0, pairs.limits.copy(), 0)


def best_by_trying(of: Problem, positions: list[Position], count: int) -> int:
    """Return the most that any `count` positions serve, bundles whole."""
    units: dict[str, list[Position]] = {}
    for position in positions:
        units.setdefault(position.bundle or f"alone {position.id}", []).append(position)
    found = []
    for size in range(len(units) + 1):
        for chosen in combinations(units.values(), size):
            if sum(map(len, chosen)) <= count:
                ids = {position.id for unit in chosen for position in unit}
                gone = {position.id for position in positions} - ids
                part = of.replace(buddies=tuple(b for b in of.buddies if b.id not in gone))
                found.append(most_served(pairs_of(part, times(of))))
    return max(found)


@drawn(40)
@given(programmes(), st.data(), st.booleans(), st.sampled_from((None, 0, 1)))
def test_every_point_is_what_trying_all_choices_finds(of, data, keep, changed):
    of = of.replace(policy=of.policy.replace(max_changed_relations=changed))
    count = data.draw(st.integers(1, 3))
    made = [
        Position(buddy=data.draw(buddies(f"p{k}")), bundle=data.draw(st.sampled_from(("", "", "x"))))
        for k in range(count)
    ]
    whole = field(of, made, keep)
    try:
        pairs_of(whole, times(whole))
    except ValueError:  # a company is pinned to two buddies
        return
    try:
        found = frontier(whole, times(whole), made, count)
    except NotSolvable:
        return
    assert check_frontier(whole, times(whole), made, found) == []
    for point in found.points:
        right = best_by_trying(whole, made, point.count)
        assert point.bound >= right
        assert point.served == right


def test_two_positions_far_apart_serve_what_each_serves():
    of = problem(
        (buddy("anna"),),
        (
            *(company(f"m{k}", priority=2) for k in range(3)),
            *(company(f"s{k}", point=STENDAL, district="15090", priority=3) for k in range(3)),
        ),
        policy=NEAR,
    )
    made = [
        Position(buddy=buddy("pm", max_companies=2)),
        Position(buddy=buddy("ps", base=STENDAL, districts=("15090",), max_companies=2)),
    ]
    whole = field(of, made)
    found = frontier(whole, times(whole), made, 3)
    # none; two in Stendal at 3; two in Magdeburg at 2 in addition: 0, 2 × 3, 2 × 3 + 2 × 2
    assert [point.served for point in found.points] == [0, 6, 10, 10]
    assert [point.bound for point in found.points] == [0, 6, 10, 10]
    assert [point.marginal for point in found.points] == [0, 6, 4, 0]
    assert found.points[1].positions == ("ps",)
    # 40 hours are a full position: 65,000 euros a year each
    assert [point.cost_cents for point in found.points] == [0, 6_500_000, 13_000_000, 13_000_000]
    assert found.present == ()


def test_a_bundle_is_funded_whole_or_not_at_all():
    of = problem(
        (buddy("anna"),),
        (
            company("m", priority=2),
            company("s", point=STENDAL, district="15090", priority=5),
            company("h", point=HALLE, district="15002", priority=5),
        ),
        policy=NEAR,
    )
    made = [
        Position(buddy=buddy("pm")),
        Position(buddy=buddy("ps", base=STENDAL, districts=("15090",)), bundle="x"),
        Position(buddy=buddy("ph", base=HALLE, districts=("15002",)), bundle="x"),
    ]
    whole = field(of, made)
    found = frontier(whole, times(whole), made, 3)
    assert [point.served for point in found.points] == [0, 2, 10, 12]
    assert [point.positions for point in found.points[1:3]] == [("pm",), ("ph", "ps")]


def test_who_is_kept_serves_at_every_point():
    of = problem((buddy("anna", max_companies=1),), (company("a", priority=5), company("b")), policy=NEAR)
    made = [Position(buddy=buddy("p"))]
    whole = field(of, made, keep=True)
    found = frontier(whole, times(whole), made, 1)
    assert [point.served for point in found.points] == [5, 8]
    assert [point.cost_cents for point in found.points] == [0, 6_500_000]
    assert found.present == ("anna",)


def test_what_counts_is_the_coverage_weight():
    of = problem(
        (buddy("anna"),),
        (company("a", priority=1), company("b", priority=2)),
        policy=NEAR.replace(coverage_weight=CoverageWeight.CARE_HOURS),
    )
    made = [Position(buddy=buddy("p"))]
    whole = field(of, made)
    found = frontier(whole, times(whole), made, 1)
    # without care rows each company weighs 1
    assert found.whole == 3
    assert found.points[1].served == 3


def test_the_same_input_gives_the_same_frontier_in_any_order_of_positions():
    of = problem((buddy("anna"),), tuple(company(f"c{k}", priority=1 + k % 5) for k in range(8)))
    made = [Position(buddy=buddy(f"p{k}", max_companies=2)) for k in range(4)]
    whole = field(of, made)
    one = frontier(whole, times(whole), made, 3)
    assert one == frontier(whole, times(whole), made[::-1], 3)


def test_a_cancelled_search_has_no_frontier():
    of = problem((buddy("anna"),), (company("a"),))
    made = [Position(buddy=buddy("p"))]
    cancel = threading.Event()
    cancel.set()
    whole = field(of, made)
    with pytest.raises(FrontierCancelled):
        frontier(whole, times(whole), made, 1, cancel=cancel)


def test_progress_ends_at_one():
    of = problem((buddy("anna"),), (company("a"),))
    made = [Position(buddy=buddy("p"))]
    whole, heard = field(of, made), list[float]()
    frontier(whole, times(whole), made, 2, progress=heard.append)
    assert heard == sorted(heard)
    assert heard[-1] == 1


def test_what_cannot_be_asked_for_is_refused():
    of = problem((buddy("anna"),), (company("a"),))
    made = [Position(buddy=buddy("p"))]
    with pytest.raises(ValueError, match="at least 1, got 0"):
        frontier(field(of, made), times(of), made, 0)
    with pytest.raises(ValueError, match="position p is not in the problem"):
        frontier(of, times(of), made, 1)
    with pytest.raises(ValueError, match="position anna: the id is taken"):
        with_positions(of, [Position(buddy=buddy("anna"))], keep=True)
    with pytest.raises(ValueError, match="steps must be at least 1"):
        FrontierOptions(steps=0)


def test_the_judge_finds_what_is_wrong():
    of = problem((buddy("anna"),), (company("a"), company("b", point=STENDAL)), policy=NEAR)
    made = [Position(buddy=buddy("p", base=MAGDEBURG)), Position(buddy=buddy("q"))]
    whole = field(of, made)
    found = frontier(whole, times(whole), made, 2)
    zero, one, two = found.points

    def rules(**changes: object) -> set[str]:
        wrong = found.replace(points=(zero, one.replace(**changes), two))
        return {violation.rule for violation in check_frontier(whole, times(whole), made, wrong)}

    free = one.positions[0]
    assert rules() == set()
    assert "served" in rules(served=2)
    assert "bound" in rules(bound=2)
    assert "too_far" in rules(buddy_of=(("a", free), ("b", free)))
    assert "positions" in rules(positions=("p", "q"))
    assert "funded" in rules(positions=())
    assert "one_buddy" in rules(buddy_of=(("a", "p"), ("a", "q")))
    assert "unknown" in rules(positions=("x",))
    assert "cost_cents" in rules(cost_cents=1)
    assert "marginal" in rules(marginal=7)


def test_which_relations_may_end_is_chosen_too():
    """One may end: Anna serves b of weight 5 instead of a of weight 1, and the position serves the other."""
    of = problem(
        (buddy("anna", max_companies=1),),
        (company("a", priority=1), company("b", priority=5)),
        policy=NEAR.replace(rematch=True, max_changed_relations=1),
        relations=(Relation(company="a", buddy="anna"),),
    )
    made = [Position(buddy=buddy("p", max_companies=1))]
    whole = field(of, made, keep=True)
    assert [(p.served, p.bound) for p in frontier(whole, times(whole), made, 1).points] == [(5, 5), (6, 6)]
    strict = whole.replace(policy=whole.policy.replace(max_changed_relations=0))
    assert [(p.served, p.bound) for p in frontier(strict, times(strict), made, 1).points] == [(1, 1), (6, 6)]


@pytest.mark.parametrize(
    "limits", [{"max_care_min": 700}, {"max_care_min": 10**12, "week_work_min": 175, "desk_work_min": 0}]
)
def test_a_caseload_is_filled_to_the_minute(limits):
    """By care or by contract (4 × 175): 300 + 250 one by one; 250 + 250 + 200 uses all 700."""
    care = {"a": 300, "b": 250, "c": 250, "d": 200, "e": 170}
    of = problem(
        (buddy("anna"),),
        tuple(company(key) for key in care),
        care=tuple(Care(company=key, minutes=minutes, every_weeks=4) for key, minutes in care.items()),
        policy=NEAR.replace(coverage_weight=CoverageWeight.CARE_HOURS),
    )
    made = [Position(buddy=buddy("p", **limits))]
    whole = field(of, made)
    pairs = pairs_of(whole, times(whole))
    served = Search(field_of_positions(pairs, made)).of_units([0]).served
    assert served == 3 * 700
