"""What planners and viewers see of a run: correct sums, no name or id, and no figure about few companies."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.run.aggregated.aggregates import Aggregates, AggregateTable, Dimension, aggregates
from api.run.aggregated.contributions import Measure
from api.run.run import Run
from api.service.sources import default_sources
from data.base.status import ReasonCode, Status
from data.model.identity import Identities
from data.model.policy import Policy
from data.model.problem import Care, SpecialistGroup
from data.results.reason import Reason
from data.results.solution import Matching, Pair, Unassigned
from tests.api.runs import run
from tests.builders import buddy, company, problem, speaks, times
from tests.drawn import drawn

DISTRICTS, SECTORS = ("15002", "15003", "15090"), ("C10", "F", "Q87")
Firm = tuple[int, int, bool, int, bool]
"""District, sector, whether served, specialists, and whether they speak the buddy's language."""


def programme(firms: list[Firm], least: int = 3) -> Run:
    """A run of these companies with one buddy, who speaks Arabic."""
    keys = [f"firm-{n:02}" for n in range(len(firms))]
    asked = problem(
        (buddy("anna", languages=speaks(ar="C1"), host="chamber"),),
        tuple(
            company(key, district=DISTRICTS[firm[0]], sector=SECTORS[firm[1]], host="chamber")
            for key, firm in zip(keys, firms, strict=True)
        ),
        care=tuple(Care(company=key, minutes=60) for key in keys),
        specialists=tuple(
            SpecialistGroup(company=key, languages=("ar",) if firm[4] else ("uk", "ru"), count=firm[3])
            for key, firm in zip(keys, firms, strict=True)
            if firm[3]
        ),
        policy=Policy(min_cell=least),
    )
    pairs = tuple(
        Pair(
            company=key, buddy="anna", one_way_min=1, travel_min=2, care_min=60,
            common_languages=("ar",) if firm[4] else (),
        )
        for key, firm in zip(keys, firms, strict=True)
        if firm[2]
    )  # fmt: skip
    matching = Matching(
        problem_hash=asked.hash,
        seed=1,
        status=Status.FEASIBLE,
        levels=(),
        pairs=pairs,
        unassigned=tuple(
            Unassigned(company=key, reason=Reason(code=ReasonCode.NO_ELIGIBLE_BUDDY))
            for key, firm in zip(keys, firms, strict=True)
            if not firm[2]
        ),
    )
    return Run(asked, Identities(), times(asked), default_sources(), matching)


def table(of: Aggregates, by: Dimension) -> AggregateTable:
    return next(held for held in of.tables if held.by is by)


def cells(of: Aggregates, by: Dimension, measure: Measure) -> dict[tuple[str, ...], int]:
    return {cell.keys: cell.value for cell in table(of, by).cells[measure]}


def test_every_figure_of_a_programme_large_enough() -> None:
    """Four served in 15002 with 2 specialists each, three unserved in 15090 with one each."""
    found = aggregates(programme([(0, 0, True, 2, True)] * 4 + [(2, 1, False, 1, False)] * 3))
    assert found.totals == {
        Measure.COMPANIES: 7,
        Measure.SERVED: 4,
        Measure.CARE_MIN: 240,  # 4 × 60
        Measure.VISITS: 0,
        Measure.SPECIALISTS: 11,  # 4 × 2 + 3 × 1
        Measure.SPOKEN_TO: 8,
    }
    assert cells(found, Dimension.DISTRICT, Measure.SERVED) == {("15002",): 4, ("15090",): 0}
    assert cells(found, Dimension.SECTOR, Measure.SPECIALISTS) == {("C",): 8, ("F",): 3}
    assert cells(found, Dimension.HOST, Measure.CARE_MIN) == {("chamber",): 240}
    assert cells(found, Dimension.LANGUAGE, Measure.SPOKEN_TO) == {("ar",): 8, ("ru/uk",): 0}


def test_planned_visits_are_those_of_the_weeks() -> None:
    """Nothing is hidden at a minimum of one: the small run visits the bakery and the garage once each."""
    of = run()
    open_run = run(problem=of.problem.replace(policy=Policy(min_cell=1)))
    assert cells(aggregates(open_run), Dimension.DISTRICT, Measure.VISITS) == {
        ("15002",): 1, ("15003",): 1, ("15090",): 0,
    }  # fmt: skip


def test_a_district_with_one_unserved_company_is_shown_with_another() -> None:
    """15002 has one unserved and 15003 two: three together; their companies are shown separately."""
    served, unserved = (0, 0, True, 0, False), (0, 0, False, 0, False)
    there = [(1, *firm[1:]) for firm in (served, served, served, unserved, unserved)]
    rest = [(2, 0, True, 0, False)] * 3
    found = aggregates(programme([served] * 4 + [unserved, *there, *rest]))
    assert cells(found, Dimension.DISTRICT, Measure.COMPANIES) == {
        ("15002",): 5,
        ("15003",): 5,
        ("15090",): 3,
    }
    assert cells(found, Dimension.DISTRICT, Measure.SERVED) == {("15002", "15003"): 7, ("15090",): 3}


def test_two_unserved_in_all_are_shown_nowhere() -> None:
    found = aggregates(programme([(0, 0, True, 0, False)] * 5 + [(1, 1, False, 0, False)] * 2))
    hidden = {Measure.SERVED, Measure.CARE_MIN, Measure.VISITS, Measure.SPOKEN_TO}
    assert {measure for measure, total in found.totals.items() if total is None} == hidden
    for held in found.tables:
        assert not any(held.cells.get(measure) for measure in hidden)


def test_many_specialists_of_one_company_are_about_one_company() -> None:
    found = aggregates(programme([(0, 0, True, 9, True)] + [(1, 0, True, 0, False)] * 5))
    assert found.totals[Measure.SPECIALISTS] is None
    assert cells(found, Dimension.LANGUAGE, Measure.SPECIALISTS) == {}


def test_no_id_or_name_is_in_the_figures() -> None:
    of = run()
    text = aggregates(run(problem=of.problem.replace(policy=Policy(min_cell=1)))).model_dump_json()
    people = [*of.problem.buddy, *of.problem.company, *(one.name for one in of.identities.people)]
    assert [word for word in people if word in text] == []


def test_a_run_without_a_matching_has_no_figures() -> None:
    with pytest.raises(ValueError, match="no matching"):
        aggregates(run(matching=None))


firms = st.lists(
    st.tuples(st.integers(0, 2), st.integers(0, 2), st.booleans(), st.integers(0, 2), st.booleans()),
    min_size=1,
    max_size=9,
)


@drawn(60)
@given(firms)
def test_cells_add_up_and_never_stand_for_few(drawn: list[Firm]) -> None:
    """Every cell of every table is recomputed from the companies themselves."""
    found = aggregates(programme(drawn))
    assert found == aggregates(programme(drawn))
    for by, at, names in ((Dimension.DISTRICT, 0, DISTRICTS), (Dimension.SECTOR, 1, "CFQ")):
        for measure, held in table(found, by).cells.items():
            if held:
                assert sum(cell.value for cell in held) == found.totals[measure]
            for cell in held:
                among = [firm for firm in drawn if names[firm[at]] in cell.keys]
                sides = contributors(measure, among)
                assert cell.value == sides[0][1]
                assert all(count == 0 or count >= 3 for count, _ in sides)


def contributors(measure: Measure, among: list[Firm]) -> list[tuple[int, int]]:
    """The number of companies behind a figure, and its sum; then the same for what subtraction reveals."""
    with_people = [firm for firm in among if firm[3]]
    spoken = [firm for firm in with_people if firm[2] and firm[4]]
    unspoken = [firm for firm in with_people if firm not in spoken]
    served = [firm for firm in among if firm[2]]
    return {
        Measure.COMPANIES: [(len(among), len(among))],
        Measure.SERVED: [(len(served), len(served)), (len(among) - len(served), 0)],
        Measure.CARE_MIN: [(len(served), 60 * len(served))],
        Measure.VISITS: [(0, 0)],
        Measure.SPECIALISTS: [(len(with_people), sum(firm[3] for firm in with_people))],
        Measure.SPOKEN_TO: [(len(spoken), sum(firm[3] for firm in spoken)), (len(unspoken), 0)],
    }[measure]


@drawn(40)
@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2), st.booleans()), min_size=6, max_size=9))
def test_an_attacker_with_all_tables_cannot_tell_that_few_are_unserved(
    drawn: list[tuple[int, int, bool]],
) -> None:
    """The attacker tries every possible distribution of companies and served ones, and keeps what fits.

    Two tables of companies and served, with their totals: cross tables of up to nine companies, by counts.
    """
    found = aggregates(programme([(*firm, 0, False) for firm in drawn]))
    served = cells(found, Dimension.DISTRICT, Measure.SERVED)
    sizes = cells(found, Dimension.DISTRICT, Measure.COMPANIES)
    for keys, size in sizes.items():
        here = [firm for firm in drawn if DISTRICTS[firm[0]] in keys]
        for true in (sum(firm[2] for firm in here), sum(not firm[2] for firm in here)):
            if 0 < true < 3:
                assert keys not in served
                possible = [count for count in range(size + 1) if fits(found, keys, count)]
                assert max(possible) >= 3
                assert size - min(possible) >= 3


def fits(found: Aggregates, keys: tuple[str, ...], count: int) -> bool:
    """Whether this many served in one cell of companies agree with every published cell of both tables."""
    total = found.totals[Measure.SERVED]
    sizes = cells(found, Dimension.DISTRICT, Measure.COMPANIES)
    others = [cell for cell in sizes if cell != keys]
    for guess in product(*(range(sizes[cell] + 1) for cell in others)):
        served = dict(zip(others, guess, strict=True)) | {keys: count}
        if total is not None and sum(served.values()) != total:
            continue
        if all(
            sum(n for cell, n in served.items() if set(cell) <= set(published)) == value
            for published, value in cells(found, Dimension.DISTRICT, Measure.SERVED).items()
        ):
            # Sectors constrain only the total: for margins of one total there is always a cross table.
            return True
    return False
