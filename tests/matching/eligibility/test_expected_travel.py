"""The estimate of routed travel, on sums computed by hand."""

from typing import Any

import numpy as np

from data.model.problem import Care
from data.model.vocabulary import CareMode
from matching.eligibility.expected_travel import Coefficients, expected_travel
from matching.eligibility.pairs_allowed import find_eligible
from tests.builders import MAGDEBURG, buddy, company, problem, times

HALF = Coefficients(version="test", round_trip_permille=500, near_leg_permille=1000, neighbours=2)


def travel(east: dict[str, int], care: tuple[Care, ...], **fields: Any) -> dict[str, int]:
    """Expected travel of companies so many minutes east of the only buddy's base."""
    firms = tuple(
        company(key, point=MAGDEBURG.replace(lon=round(MAGDEBURG.lon + minutes / 100, 3)))
        for key, minutes in east.items()
    )
    of = problem((buddy("anna"),), firms, care=care, **fields)
    eligibility = find_eligible(of, times(of))
    figures = expected_travel(of, times(of), eligibility, HALF)
    return dict(zip(eligibility.companies, figures[0].tolist(), strict=True))


def test_a_share_of_the_round_trip_and_a_leg_from_the_nearest_neighbours():
    care = (Care(company="a", every_weeks=2),)
    found = travel({"a": 20, "b": 24, "c": 30, "d": 60}, care)
    # two visits, each 0.5 × 2 × 20 for the round trip + the mean of the legs 4 and 10: 2 × (20 + 7)
    assert found == {"a": 54, "b": 0, "c": 0, "d": 0}


def test_without_a_neighbour_a_visit_is_a_trip_of_its_own():
    assert travel({"a": 20}, (Care(company="a", every_weeks=4),)) == {"a": 40}


def test_neighbours_are_companies_that_the_buddy_could_look_after():
    care = (Care(company="a", every_weeks=4),)
    assert travel({"a": 20, "too_far": 80}, care) == {"a": 40, "too_far": 0}


def test_calls_cost_no_travel_and_fractions_of_visits_are_rounded_half_up():
    call = Care(company="a", mode=CareMode.CALL, every_weeks=1)
    rare = Care(company="a", every_weeks=16)
    assert travel({"a": 21}, (call, rare)) == {"a": 11}  # 42 / 4 = 10.5


def test_the_name_changes_with_every_figure():
    assert HALF.name != HALF.replace(neighbours=3).name
    assert HALF.name.startswith("test ")


def test_pairs_that_break_a_rule_have_none():
    of = problem((buddy("b", max_one_way_min=5),), (company("c"),), care=(Care(company="c"),))
    far = problem((buddy("b", districts=("15002",)),), (company("c"),), care=(Care(company="c"),))
    for each in (of, far):
        assert np.all(expected_travel(each, times(each), find_eligible(each, times(each))) == 0)
