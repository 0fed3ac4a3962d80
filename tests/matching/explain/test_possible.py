"""What a change makes possible: by itself and together, against trying every choice."""

from itertools import product
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from data.model.problem import Care, Problem
from data.model.relation import Relation
from matching.eligibility.caseload import caseload_limits, pair_load, total_loads
from matching.eligibility.needs import active_companies, coverage_weight, present_main
from matching.eligibility.rules import Rules
from matching.explain.possible import Reach, possible
from matching.program.highs import Limits
from tests.builders import HALLE, buddy, company, problem, times
from tests.drawn import drawn
from tests.matching.explain.test_candidates import pairs_by_hand
from tests.matching.programmes import programmes


def fits(of: Problem, buddy_of: dict[str, str], asked: set[str]) -> bool:
    """Whether all these buddies are within their limits."""
    pairs = pairs_by_hand(of, buddy_of)
    loads = total_loads((pair.buddy, pair_load(pair.care_min, pair.travel_min)) for pair in pairs)
    return all(
        used <= most
        for who in asked
        for used, most in zip(loads.get(who, (0, 0, 0)), caseload_limits(of.buddy[who]), strict=True)
    )


def by_hand(of: Problem) -> tuple[set[str], set[str], int]:
    """The companies without a buddy, those that somebody has room for, and the most weight taken at once."""
    rules = Rules(of, times(of))
    held = {key: r.buddy for key, r in present_main(of).items() if r.buddy in of.buddy}
    lacking = [key for key in active_companies(of) if key not in held]
    able = {
        key: [
            who
            for who in of.buddy
            if rules.excluded(who, key) is None and fits(of, {**held, key: who}, {who})
        ]
        for key in lacking
    }
    alone, best = {key for key in lacking if able[key]}, 0
    for choice in product(*([None, *able[key]] for key in lacking)):
        taken = {key: who for key, who in zip(lacking, choice, strict=True) if who}
        if fits(of, {**held, **taken}, set(taken.values())):
            best = max(best, sum(of.company[key].priority * coverage_weight(of, key) for key in taken))
    return set(lacking), alone, best


@drawn(60)
@given(programmes())
def test_companies_that_somebody_could_take_are_those_of_brute_force(of: Problem):
    lacking, alone, best = by_hand(of)
    reach = Reach(of, times(of))
    assert set(reach.without_buddy) == lacking and reach.alone == alone
    found = reach.takeable(Limits())
    assert (found.without_buddy, found.alone, found.proved) == (len(lacking), len(alone), True)
    assert (found.together > 0) == (best > 0) and found.together <= len(alone)


@drawn(30)
@given(programmes(), st.booleans())
def test_pairs_that_change_are_those_of_the_rules(of: Problem, longer: bool):
    changed = of.replace(
        buddies=tuple(each.replace(max_one_way_min=60 if longer else 5, languages=()) for each in of.buddies)
    )
    found = possible(Reach(of, times(of)), Reach(changed, times(changed)), Limits())
    allowed = [
        {
            (key, who)
            for key in active_companies(each)
            for who in each.buddy
            if Rules(each, times(each)).excluded(who, key) is None
        }
        for each in (of, changed)
    ]
    gained, lost = allowed[1] - allowed[0], allowed[0] - allowed[1]
    assert (found.eligible_count, found.excluded_count) == (len(gained), len(lost))
    assert {(each.company, each.buddy) for each in found.eligible} == gained
    assert {(each.company, each.buddy) for each in found.excluded} == lost


def office(most: int, **fields: Any) -> Problem:
    """Anna with room for so many companies, three of which nobody looks after, and Ben, who is far away."""
    firms = (*(company(key) for key in ("x", "y", "z")), company("mine"))
    care = tuple(Care(company=firm.id, minutes=60) for firm in firms)
    relations = (Relation(company="mine", buddy="anna"),)
    people = (buddy("anna", max_companies=most), buddy("ben", base=HALLE, max_one_way_min=20))
    return problem(people, firms, care=care, relations=relations, **fields)


def test_one_more_place_takes_one_more_company():
    before, after = (Reach(of, times(of)) for of in (office(1), office(2)))
    found = possible(before, after, Limits())
    assert (found.before.alone, found.before.together) == (0, 0)
    # Each of the three by itself, but only one of them.
    assert (found.after.without_buddy, found.after.alone, found.after.together) == (3, 3, 1)
    assert (found.gained_count, found.gained, found.lost) == (3, ("x", "y", "z"), ())
    assert found.eligible_count == found.excluded_count == 0


def test_nobody_is_told_of_who_is_not_seen():
    of = office(2)
    found = Reach(of, times(of), seen={"ben", "x", "y", "z"}).takeable(Limits())
    assert (found.without_buddy, found.alone, found.together) == (3, 0, 0)
    assert Reach(of, times(of), seen={"anna", "x"}).alone == {"x"}
