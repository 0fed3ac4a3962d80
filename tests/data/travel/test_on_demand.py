"""Times on demand answer as the whole table does, in every way in which it is read."""

from datetime import date

import numpy as np
from hypothesis import given

from data.model.policy import Policy
from data.model.problem import Problem
from data.travel.on_demand import times_on_demand
from matching.eligibility.needs import active_companies
from matching.explain.candidates import Placing, candidates
from tests.builders import HALLE, STENDAL, Manhattan, buddy, company, problem, times
from tests.drawn import drawn
from tests.matching.programmes import programmes


def test_cells_rows_columns_and_parts_are_those_of_the_table() -> None:
    of = problem(
        (buddy("anna"),), (company("x", HALLE), company("y", STENDAL)), policy=Policy(travel_percent=110)
    )
    whole, asked = times(of), times_on_demand(of, Manhattan())
    assert asked.ids == whole.ids and asked.source == whole.source
    assert asked.minutes("anna", "x") == whole.minutes("anna", "x") > 0
    assert asked.metres("x", "y") == whole.metres("x", "y") > 0
    some = np.array([2, 0])
    for at in ((0, some), (some, 1), np.ix_(some, [0, 1, 2]), np.ix_([], some)):
        assert np.array_equal(asked.travel_min[at], whole.travel_min[at])


@drawn(30)
@given(programmes())
def test_candidates_do_not_depend_on_how_times_are_asked_for(of: Problem) -> None:
    day = date(2026, 11, 23)
    for key in active_companies(of)[:1]:
        found = [
            candidates(Placing(of, ways, key), day) for ways in (times(of), times_on_demand(of, Manhattan()))
        ]
        assert found[0] == found[1]
