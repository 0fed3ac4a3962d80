"""Eligible pairs of a whole programme agree with the rules checked pair by pair."""

from hypothesis import given

from data.model.problem import Problem
from matching.eligibility.needs import active_companies
from matching.eligibility.pairs_allowed import find_eligible
from matching.eligibility.rules import Rules
from tests.builders import HALLE, STENDAL, buddy, company, problem, times
from tests.drawn import drawn
from tests.matching.programmes import programmes


@drawn(100)
@given(programmes())
def test_arrays_and_rules_agree_on_every_pair(of: Problem):
    travel = times(of)
    found, rules = find_eligible(of, travel), Rules(of, travel)
    assert found.companies == active_companies(of)
    for who in found.buddies:
        for firm in found.companies:
            row, column = found.buddy_row[who], found.company_column[firm]
            broken = [code for code, mask in found.masks.items() if mask[row, column]]
            assert broken == [reason.code for reason in rules.broken(who, firm)]
            assert found.broken[row, column] == len(broken)
            assert found.may(who, firm) == (rules.excluded(who, firm) is None)


def test_nearest_miss_first_by_rules_broken_then_by_the_way():
    of = problem(
        buddies=(
            buddy("near_but_two_rules", base=HALLE, districts=("15003",), max_one_way_min=10),
            buddy("far", base=STENDAL, districts=("15003",), max_one_way_min=200),
            buddy("near", districts=("15003",), max_one_way_min=200),
        ),
        companies=(company("c", district="15090"),),
    )
    # from Magdeburg 0 min, from Stendal 100 × (0.476 + 0.227) = 70 min, from Halle 100 min
    assert find_eligible(of, times(of)).nearest("c") == ["near", "far", "near_but_two_rules"]
