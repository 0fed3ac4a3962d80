"""The figures of scenarios: what a planner gets, who may run many of them and subtract."""

from dataclasses import replace as replaced
from itertools import product

import pytest

from api.run.aggregated.aggregates import Dimension, aggregates, aggregates_of_scenario, cells_of_companies
from api.run.aggregated.contributions import Measure
from api.run.run import Run
from data.model.policy import Policy
from data.model.problem import Care, Problem
from data.results.solution import Pair
from tests.api.run.aggregated.test_aggregates import Firm, cells, programme
from tests.builders import company

HALLE, MAGDEBURG, STENDAL = "15002", "15003", "15090"
SERVED: Firm = (0, 0, True, 1, True)
OPEN: Firm = (0, 0, False, 1, False)


def at(firm: Firm, district: int, sector: int = 0) -> Firm:
    return (district, sector, *firm[2:])


def with_invented(of: Run, count: int, **fields: str) -> Run:
    """The run with companies that a scenario has added, all served."""
    made = [company(f"made-{n}", **fields) for n in range(count)]
    changed = of.problem.replace(
        companies=(*of.problem.companies, *made),
        care=(*of.problem.care, *(Care(company=each.id, minutes=60) for each in made)),
    )
    pairs = [Pair(company=each.id, buddy="anna", one_way_min=1, travel_min=2, care_min=60) for each in made]
    assert of.matching is not None
    return replaced(of, problem=changed, matching=of.matching.replace(pairs=(*of.matching.pairs, *pairs)))


def test_the_threshold_is_that_of_the_stored_programme() -> None:
    """A scenario with `min_cell = 1` shows the one company of Stendal no more than the programme does."""
    of = programme([SERVED] * 4 + [at(SERVED, 2)])
    open_rules = replaced(of, problem=of.problem.replace(policy=Policy(min_cell=1)))
    found = aggregates_of_scenario(open_rules, of.problem, frozenset())
    assert found.min_cell == 3
    assert cells(found, Dimension.DISTRICT, Measure.COMPANIES) == {(HALLE, STENDAL): 5}


def test_invented_companies_protect_nobody() -> None:
    """With two invented companies in Stendal there are three, but one of them exists."""
    of = programme([SERVED] * 4 + [at(SERVED, 2)])
    found = aggregates_of_scenario(with_invented(of, 2, district=STENDAL), of.problem, frozenset())
    assert cells(found, Dimension.DISTRICT, Measure.COMPANIES) == {(HALLE, STENDAL): 7}


def test_invented_companies_are_counted_exactly_where_they_stand() -> None:
    of = programme([SERVED] * 4)
    found = aggregates_of_scenario(with_invented(of, 2, district=MAGDEBURG), of.problem, frozenset())
    assert cells(found, Dimension.DISTRICT, Measure.SERVED)[(MAGDEBURG,)] == 2
    assert found.totals[Measure.SERVED] == 6


def test_companies_stay_in_the_rows_in_which_the_programme_has_them() -> None:
    """A scenario that moves Halle's companies to another sector moves none of the table's."""
    of = programme([at(SERVED, d, d % 2) for d in (0, 0, 0, 1, 1, 1)])
    moved = [c.replace(sector="Q87", district=STENDAL) for c in of.problem.companies]
    after = replaced(of, problem=of.problem.replace(companies=tuple(moved)))
    found = aggregates_of_scenario(after, of.problem, frozenset())
    assert cells(found, Dimension.SECTOR, Measure.COMPANIES) == {("C",): 3, ("F",): 3}
    assert cells(found, Dimension.DISTRICT, Measure.COMPANIES) == {(HALLE,): 3, (MAGDEBURG,): 3}


def without(of: Run, gone: frozenset[str]) -> Run:
    kept = tuple(each for each in of.problem.companies if each.id not in gone)
    assert of.matching is not None
    pairs = tuple(pair for pair in of.matching.pairs if pair.company not in gone)
    left = tuple(each for each in of.matching.unassigned if each.company not in gone)
    changed = of.problem.replace(
        companies=kept,
        care=tuple(each for each in of.problem.care if each.company not in gone),
        specialists=tuple(each for each in of.problem.specialists if each.company not in gone),
    )
    return replaced(of, problem=changed, matching=of.matching.replace(pairs=pairs, unassigned=left))


def test_a_group_that_is_treated_otherwise_crosses_no_other_table() -> None:
    """Halle's four leave, one of them in construction: a table by sector before and after would tell it."""
    of = programme([at(SERVED, 0, 0)] * 3 + [at(SERVED, 0, 1)] + [at(SERVED, 1, n % 2) for n in range(8)])
    gone = frozenset(c.id for c in of.problem.companies if c.district == HALLE)
    found = aggregates_of_scenario(without(of, gone), of.problem, gone)
    assert cells(found, Dimension.DISTRICT, Measure.COMPANIES) == {(HALLE,): 0, (MAGDEBURG,): 8}
    assert found.totals[Measure.COMPANIES] == 8
    for by in (Dimension.SECTOR, Dimension.LANGUAGE):
        assert next(each for each in found.tables if each.by is by).cells == {}


def test_nothing_is_shown_if_few_are_treated_otherwise_or_all_but_few() -> None:
    of = programme([SERVED] * 9)
    keys = sorted(of.problem.company)
    for few in (keys[:2], keys[:7]):
        found = aggregates_of_scenario(of, of.problem, frozenset(few))
        assert set(found.totals.values()) == {None} and not any(each.cells for each in found.tables)
    assert aggregates_of_scenario(of, of.problem, frozenset(keys)).totals[Measure.COMPANIES] == 9


def test_what_matching_decides_is_rounded_and_what_it_does_not_is_exact() -> None:
    """Seven of ten served: 6 or 9, with care of 60 minutes each to a multiple of 3 × 60; totals are exact."""
    of = programme([SERVED] * 7 + [OPEN] * 3)
    found = aggregates_of_scenario(of, of.problem, frozenset())
    assert cells(found, Dimension.DISTRICT, Measure.COMPANIES) == {(HALLE,): 10}
    assert cells(found, Dimension.DISTRICT, Measure.SPECIALISTS) == {(HALLE,): 10}
    assert cells(found, Dimension.DISTRICT, Measure.SERVED)[(HALLE,)] in (6, 9)
    assert cells(found, Dimension.DISTRICT, Measure.CARE_MIN)[(HALLE,)] in (360, 540)
    assert found.totals == aggregates(of).totals


def test_a_rounded_part_is_no_more_than_its_whole() -> None:
    """Whatever is drawn, four of four served are 3 or 4, not 6."""
    shown = set()
    for n, m in product(range(8), range(8)):
        of = programme([at(SERVED, 0)] * 4)
        rows = tuple(c.replace(employees=8 * n + m + 1) for c in of.problem.companies)
        changed: Problem = of.problem.replace(companies=rows)
        found = aggregates_of_scenario(replaced(of, problem=changed), changed, frozenset())
        shown.add(cells(found, Dimension.DISTRICT, Measure.SERVED)[(HALLE,)])
    assert shown == {3, 4}


@pytest.mark.parametrize(("sizes", "merged"), [((5, 4, 3), 3), ((5, 4, 1), 2), ((2, 2, 1), 1)])
def test_the_groups_to_choose_from_are_the_cells_of_companies(sizes: tuple[int, ...], merged: int) -> None:
    of = programme([at(SERVED, d) for d, size in enumerate(sizes) for _ in range(size)])
    assert len(cells_of_companies(of.problem, Dimension.DISTRICT)) == merged
