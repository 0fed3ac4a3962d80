"""Refined matchings against enumeration of all exchanges, and against everything that must not get worse."""

from collections.abc import Sequence
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given

from api.planning.programme import read_demo
from api.service.sources import default_sources
from data.model.policy import Objective, ObjectiveName, Policy
from data.model.problem import Care, Problem
from data.model.relation import Pin, Relation
from data.results.refinement import Reassigned, Routed
from data.results.solution import Matching
from data.travel.provider import times_of
from matching.judge.matching import check_matching
from matching.levels.lexicographic import NotSolvable
from matching.levels.objectives import terms_of
from matching.levels.pairs import pairs_of
from matching.levels.values import objective_values
from matching.refine.level_values import LevelValues
from matching.refine.refine import RefineOptions, check_refinement, refine
from matching.refine.route_price import Caseload
from matching.solve import match
from scheduling.plan.plan_weeks import process_pool
from scheduling.price.route_price import RoutedWeeks
from tests.builders import MAGDEBURG, buddy, company, problem, times
from tests.drawn import drawn
from tests.matching.programmes import programmes
from tests.matching.refine.route_prices import OneTour


def solved(of: Problem) -> Matching:
    try:
        return match(of, times(of))
    except (NotSolvable, ValueError):
        assume(False)
        raise


def ceilings(matching: Matching) -> dict[ObjectiveName, int]:
    """The limit of each level: no worse above expected travel, then the limit set when it was solved."""
    names = [level.name for level in matching.levels]
    above = names.index(ObjectiveName.TRAVEL_MIN) if ObjectiveName.TRAVEL_MIN in names else len(names)
    return {each.name: each.final if k < above else each.held_at for k, each in enumerate(matching.levels)}


@drawn(60)
@given(programmes())
def test_nothing_that_was_promised_gets_worse(of: Problem) -> None:
    before = solved(of)
    after, told = refine(of, times(of), before, OneTour(of, times(of)))
    assert check_matching(of, times(of), after) == []
    assert check_refinement(after, told) == []
    values = objective_values(of, times(of), after.pairs)
    assert all(values[name] <= most for name, most in ceilings(before).items())
    assert set(after.buddy_of) == set(before.buddy_of)
    held = {pair.company: pair.buddy for pair in before.pairs if pair.pinned}
    if not of.policy.rematch:
        held |= {pair.company: pair.buddy for pair in before.pairs if pair.kept}
    assert {company: after.buddy_of[company] for company in held} == held


@drawn(60)
@given(programmes())
def test_no_exchange_of_two_companies_is_left_that_saves_travel(of: Problem) -> None:
    before = solved(of)
    price, most = OneTour(of, times(of)), ceilings(before)
    after, _ = refine(of, times(of), before, price)

    def travel(buddy_of: dict[str, str]) -> int:
        return sum(price.tour(who, [c for c, b in buddy_of.items() if b == who]) for who in of.buddy)

    for one, other in combinations(sorted(after.buddy_of), 2):
        first, second = after.buddy_of[one], after.buddy_of[other]
        swapped = after.buddy_of | {one: second, other: first}
        if first != second and travel(swapped) < travel(after.buddy_of):
            assert not allowed(of, swapped, most)


def allowed(of: Problem, buddy_of: dict[str, str], most: dict[ObjectiveName, int]) -> bool:
    """Return whether all pairs of a choice are eligible, within all caseloads and levels."""
    pairs = pairs_of(of, times(of))
    rows = [pairs.index.get((who, company)) for company, who in buddy_of.items()]
    if None in rows:
        return False
    chosen = np.zeros(len(pairs.company), dtype=np.int64)
    chosen[rows] = 1
    taken = [pairs.loads[:, own] @ chosen[own] for own in pairs.of_buddy]
    fits = all(np.all(used <= limit) for used, limit in zip(taken, pairs.limits, strict=True))
    return fits and all(terms_of(name, pairs).value(chosen) <= limit for name, limit in most.items())


@given(programmes())
def test_the_fast_values_of_levels_are_the_exact_ones(of: Problem) -> None:
    pairs = pairs_of(of, times(of))
    names = list(ObjectiveName)
    fast = LevelValues(pairs, names)
    for seed in range(3):
        chosen = np.random.default_rng(seed).integers(0, 2, len(pairs.company))
        assert fast.values(chosen).tolist() == [terms_of(name, pairs).value(chosen) for name in names]


def crossed(**fields: Any) -> Problem:
    """Anna in the west has the eastern company and Ben in the east the western one, by their relations."""
    west, east = MAGDEBURG.replace(lon=11.4), MAGDEBURG.replace(lon=11.8)
    return problem(
        (buddy("anna", west, max_companies=1), buddy("ben", east, max_companies=1)),
        (company("c1", east), company("c2", west)),
        care=(Care(company="c1", minutes=60), Care(company="c2", minutes=60)),
        **fields,
    )


RELATIONS = (Relation(company="c1", buddy="anna"), Relation(company="c2", buddy="ben"))
ONLY_SERVED = Policy(
    objectives=(
        Objective(name=ObjectiveName.UNSERVED),
        Objective(name=ObjectiveName.TRAVEL_MIN, tolerance=1000),
    )
)


def refined(of: Problem, before: Matching) -> tuple[dict[str, str], int, int]:
    """The buddy of each company afterwards, and the routed minutes before and after."""
    after, told = refine(of, times(of), before, OneTour(of, times(of)))
    return after.buddy_of, told.routed_before.travel_min, told.routed.travel_min


def by_hand(of: Problem, anna: str, ben: str) -> Matching:
    """A matching with all figures and levels, created by pinning."""
    pins = (Pin(buddy="anna", company=anna), Pin(buddy="ben", company=ben))
    made = match(of.replace(pins=pins), times(of))
    return made.replace(problem_hash=of.hash, pairs=tuple(p.replace(pinned=False) for p in made.pairs))


def test_two_companies_change_places() -> None:
    of = crossed(policy=ONLY_SERVED)
    # 40 minutes each way, twice; afterwards both are on site
    assert refined(of, by_hand(of, "c1", "c2")) == ({"c1": "ben", "c2": "anna"}, 160, 0)


def test_relations_that_are_kept_stay_whatever_they_cost() -> None:
    of = crossed(policy=ONLY_SERVED, relations=RELATIONS)
    assert refined(of, match(of, times(of))) == ({"c1": "anna", "c2": "ben"}, 160, 160)


def test_pins_stay_and_a_limit_on_changed_relations_holds() -> None:
    pinned = crossed(policy=ONLY_SERVED, pins=(Pin(buddy="anna", company="c1"),))
    assert refined(pinned, match(pinned, times(pinned)))[0] == {"c1": "anna", "c2": "ben"}
    for most, saved in ((1, 160), (2, 0)):
        policy = ONLY_SERVED.replace(rematch=True, max_changed_relations=most)
        of = crossed(policy=policy, relations=RELATIONS)
        assert refined(of, by_hand(of, "c1", "c2"))[2] == saved


def test_an_exchange_that_leaves_a_visit_out_is_no_gain() -> None:
    of = crossed(policy=ONLY_SERVED)

    class OneVisitLess(OneTour):
        def routed(self, caseloads: Sequence[Caseload]) -> list[Routed]:
            plain = super().routed(caseloads)
            lost = [caseload == ("anna", ("c2",)) for caseload in caseloads]
            return [each._replace(left_out=int(less)) for each, less in zip(plain, lost, strict=True)]

    before = by_hand(of, "c1", "c2")
    after, told = refine(of, times(of), before, OneVisitLess(of, times(of)))
    assert (after.buddy_of, told.moved) == (before.buddy_of, ())


def test_cancelled_and_out_of_work_keep_what_was_found() -> None:
    of = crossed(policy=ONLY_SERVED)
    before, price = by_hand(of, "c1", "c2"), OneTour(of, times(of))
    cancelled = refine(of, times(of), before, price, cancelled=lambda: True)
    assert (cancelled[0].buddy_of, cancelled[1].stopped) == (before.buddy_of, "cancelled")
    assert refine(of, times(of), before, price, RefineOptions(work=1))[1].stopped == "work"


def test_options_check_themselves() -> None:
    with pytest.raises(ValueError, match="seconds must be positive, got 0"):
        RefineOptions(seconds=0)


def test_the_judge_finds_what_a_refinement_claims_wrongly() -> None:
    of = crossed(policy=ONLY_SERVED)
    after, told = refine(of, times(of), by_hand(of, "c1", "c2"), OneTour(of, times(of)))
    wrong = {
        "judged_expected_travel": told.replace(expected_min=told.expected_min + 1),
        "judged_no_better": told.replace(routed=Routed(161, 2, 0)),
        "judged_moved_companies": told.replace(moved=()),
        "judged_reassigned": told.replace(moved=(Reassigned(company="c1", before="ben", after="anna"),)),
    }
    for code, claim in wrong.items():
        assert code in {violation.code for violation in check_refinement(after, claim)}


def test_the_same_bytes_for_one_and_two_processes() -> None:
    of = read_demo(6, 90, 1, 4).problem
    assert of is not None
    of = of.replace(relations=())
    where = times_of(of, default_sources().travel)
    before, answers = match(of, where), []
    for workers in (1, 2):
        with process_pool(workers) as pool:
            price = RoutedWeeks(of, before, where, pool)
            answers.append(refine(of, where, before, price, RefineOptions(work=20)))
    assert answers[0] == answers[1]
    assert check_matching(of, where, answers[0][0]) == []
