"""The shared part of a study reveals no single company and no small group, also by subtraction."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.service.sources import default_sources
from api.studies.hire.result import HireStudy
from api.studies.hire.study import hire_study
from api.studies.planners.reduced import shared_frontier, shared_hire, shared_stress
from api.studies.stress.study import StressOptions, stress
from data.model.policy import CoverageWeight
from data.results.explanation import Resolved
from data.results.frontier import Frontier, FrontierPoint
from tests.api.studies.stress.stressed import WEEKS, small

SOURCES = default_sources()

COMPANIES = 9
"""The companies of the small programme; no cell may have fewer than 3 of them."""


def frontier(*companies: int) -> Frontier:
    """Points that serve these numbers of companies, each of weight 2."""
    points = [
        FrontierPoint(
            count=count,
            positions=tuple(f"p{n}" for n in range(count)),
            served=2 * served,
            bound=18,
            marginal=0,
            companies=served,
            specialists=served,
            cost_cents=count,
            buddy_of=tuple((f"c{n}", "p0") for n in range(served)),
        )
        for count, served in enumerate(companies)
    ]
    return Frontier(
        problem_hash="",
        positions_hash="",
        travel_estimate="",
        unit=CoverageWeight.COMPANIES,
        whole=18,
        present=("anna", "ben"),
        points=tuple(points),
    )


@pytest.mark.parametrize(
    ("companies", "stay"),
    [
        ((0, 3, 6, 9), [0, 1, 2, 3]),
        ((0, 2, 4, 6), [0, 2]),  # 2 are too few, and 6 are only 2 more than 4
        ((0, 5, 8, 9), [0, 1, 3]),  # 8 leave out one
        ((0, 4, 4, 4), [0, 1, 2, 3]),  # a difference of zero reveals nothing
    ],
)  # fmt: skip
def test_points_that_tell_of_few_are_left_out(companies: tuple[int, ...], stay: list[int]) -> None:
    shared = shared_frontier(frontier(*companies), small())
    assert [point.count for point in shared.points] == stay


@given(st.lists(st.integers(0, COMPANIES), min_size=1, max_size=8))
def test_no_difference_of_neighbours_stands_for_few(companies: list[int]) -> None:
    shared = shared_frontier(frontier(*companies), small())
    assert all(point.buddy_of == () for point in shared.points)
    assert "anna" not in shared.model_dump_json() and len(shared.present) == 2
    served = [point.companies for point in shared.points]
    told = [*served, *(COMPANIES - each for each in served)]
    told += [abs(b - a) for a, b in pairwise(served)]
    assert not any(0 < each < 3 for each in told)
    gains = [point.marginal for point in shared.points]
    assert sum(gains) == (shared.points[-1].served - shared.points[0].served if served else 0)


def test_districts_where_few_gain_are_not_listed() -> None:
    study = hire_study(small(), SOURCES.travel, None)
    place = study.places[0]

    def of(gained: int, displaced: int) -> HireStudy:
        resolved = Resolved(
            price=place.hire.resolved.price,
            gained=tuple(f"g{n}" for n in range(gained)),
            displaced=tuple(f"d{n}" for n in range(displaced)),
            proved=True,
        )
        return study.replace(places=(place.replace(hire=place.hire.replace(resolved=resolved)),))

    told = [(g, d) for g in (0, 2, 3) for d in (0, 1, 3) if shared_hire(of(g, d), small()).places]
    assert told == [(3, 0), (3, 3)]
    hire = shared_hire(of(3, 3), small()).places[0].hire
    assert (hire.base_at, hire.resolved.gained, hire.resolved.displaced, hire.resolved.price) == (
        "",
        (),
        (),
        (),
    )


def test_few_draws_are_not_shared(tmp_path: Path) -> None:
    few = stress(tmp_path, small(), SOURCES, (), None, StressOptions(WEEKS[:1], 2), None, lambda *at: None)
    assert shared_stress(few, small()) is None
    enough = few.replace(draws=20)
    shared = shared_stress(enough, small())
    assert shared is not None and shared.scenarios[0].draws == ()
    assert shared.scenarios[0].spreads == few.scenarios[0].spreads
    many = small().replace(policy=small().policy.replace(min_cell=10))
    assert shared_stress(enough, many) is None
