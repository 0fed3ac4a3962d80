"""The figures for planners and viewers: counts of companies and specialists without names or ids.

Each table shows a single dimension, so two tables share nothing but the totals. Cells for few companies are
merged as in `api.run.small_cells`, which also explains what that protects from. Care and visits are shown for
cells of the served companies or unions of them, and the specialists who are spoken to for unions of those and
of the cells of specialists, because these figures reveal something about who is served.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from functools import partial

from api.run.figures import shared_languages
from api.run.planned_days import planned_days
from api.run.run import Run
from api.run.small_cells import Keys, Spread, coarsest, merged
from data.base.entity import Entity
from matching.eligibility.needs import active_companies

Parts = dict[str, dict[str, int]]


class Dimension(StrEnum):
    """The rows of a table; `sector` is the section, the first letter of the WZ 2008 code."""

    DISTRICT = "district"
    SECTOR = "sector"
    HOST = "host"
    LANGUAGE = "language"


class Measure(StrEnum):
    """What is counted; care is in minutes per four weeks, visits are those in the planned weeks."""

    COMPANIES = "companies"
    SERVED = "served"
    CARE_MIN = "care_min"
    VISITS = "visits"
    SPECIALISTS = "specialists"
    SPOKEN_TO = "spoken_to"


class Cell(Entity):
    """One figure, for one row of a table or for several that are too small to show alone."""

    keys: Keys
    value: int


class AggregateTable(Entity):
    """Each measure by one dimension, as cells that add up to its total; a hidden measure has no cells.

    By language only specialists are counted, as a company has several languages; alternatives are one key,
    `ru/uk`.
    """

    by: Dimension
    cells: dict[Measure, tuple[Cell, ...]]


class Aggregates(Entity):
    """All tables of one run, the totals (None: hidden), and the least number of companies in a cell."""

    min_cell: int
    totals: dict[Measure, int | None]
    tables: tuple[AggregateTable, ...]


def aggregates(run: Run) -> Aggregates:
    """Count a run that has a matching, by district, sector, host and language.

    `Policy.min_cell` is the least number of companies in a cell. Raises ValueError for a run without a
    matching.
    """
    counted = _Counted(run)
    least = run.problem.policy.min_cell
    companies = {company.id: company for company in run.problem.companies}
    keyed: dict[Dimension, Callable[[str], str]] = {
        Dimension.DISTRICT: lambda company: companies[company].district,
        Dimension.SECTOR: lambda company: companies[company].sector[:1],
        Dimension.HOST: lambda company: companies[company].host,
    }
    tables = [
        _table(by, {measure: counted.spread(measure, key) for measure in Measure}, least)
        for by, key in keyed.items()
    ]
    totals = {
        measure: sum(cell.value for cell in cells) if cells else None
        for measure, cells in tables[0].cells.items()
    }
    spoken = totals[Measure.SPOKEN_TO] is not None
    tables.append(_by_language(counted.by_language(), least, spoken))
    return Aggregates(min_cell=least, totals=totals, tables=tuple(tables))


def _table(by: Dimension, spread: Mapping[Measure, Spread], least: int) -> AggregateTable:
    rows = tuple((key,) for key in sorted(spread[Measure.COMPANIES].part))
    cells: dict[Measure, tuple[Keys, ...]] = {}

    def settle(measure: Measure, among: tuple[Keys, ...]) -> None:
        cells[measure] = merged(
            among,
            lambda keys: spread[measure].stands_for_enough(keys, least),
            spread[Measure.COMPANIES].sum_of,
        )

    settle(Measure.COMPANIES, rows)
    settle(Measure.SERVED, cells[Measure.COMPANIES])
    settle(Measure.CARE_MIN, cells[Measure.SERVED])
    settle(Measure.VISITS, cells[Measure.SERVED])
    settle(Measure.SPECIALISTS, cells[Measure.COMPANIES])
    both = cells[Measure.SERVED] and cells[Measure.SPECIALISTS]
    settle(Measure.SPOKEN_TO, coarsest(cells[Measure.SERVED], cells[Measure.SPECIALISTS]) if both else ())
    return _shown(by, spread, cells)


def _by_language(spread: Mapping[Measure, Spread], least: int, spoken: bool) -> AggregateTable:
    """Specialists who are spoken to are shown by language only if their total is shown."""
    cells: dict[Measure, tuple[Keys, ...]] = {}
    among: tuple[Keys, ...] = tuple((key,) for key in sorted(spread[Measure.SPECIALISTS].part))
    for measure, held in spread.items():
        enough = partial(held.stands_for_enough, least=least)
        among = cells[measure] = merged(among, enough, spread[Measure.SPECIALISTS].sum_of)
    if not spoken:
        cells[Measure.SPOKEN_TO] = ()
    return _shown(Dimension.LANGUAGE, spread, cells)


def _shown(
    by: Dimension, spread: Mapping[Measure, Spread], cells: Mapping[Measure, tuple[Keys, ...]]
) -> AggregateTable:
    return AggregateTable(
        by=by,
        cells={
            measure: tuple(Cell(keys=keys, value=spread[measure].sum_of(keys)) for keys in held)
            for measure, held in cells.items()
        },
    )


class _Counted:
    """What each active company contributes to each measure."""

    def __init__(self, run: Run) -> None:
        if run.matching is None:
            raise ValueError("the run has no matching: there is nothing to count")
        active = active_companies(run.problem)
        served = run.matching.buddy_of
        shared = shared_languages(run.problem, run.matching)
        self._part: dict[Measure, dict[str, int]] = {
            Measure.COMPANIES: dict.fromkeys(active, 1),
            Measure.SERVED: {company: 1 for company in active if company in served},
            Measure.CARE_MIN: {pair.company: pair.care_min for pair in run.matching.pairs},
            Measure.VISITS: _visits(run, set(active)),
        }
        self._rest = {Measure.SERVED: {company: 1 for company in active if company not in served}}
        self._groups = [
            (group, bool(shared[company] & set(group.languages)))
            for company in active
            for group in run.problem.specialists_of[company]
        ]
        specialists = [(group.company, group.count) for group, _ in self._groups]
        spoken = [(group.company, group.count) for group, understood in self._groups if understood]
        unspoken = [(group.company, group.count) for group, understood in self._groups if not understood]
        self._part[Measure.SPECIALISTS] = _summed(specialists)
        self._part[Measure.SPOKEN_TO] = _summed(spoken)
        self._rest[Measure.SPOKEN_TO] = _summed(unspoken)

    def spread(self, measure: Measure, key: Callable[[str], str]) -> Spread:
        """Return a measure over the rows that companies belong to."""
        return Spread(_by(self._part[measure], key), _by(self._rest.get(measure, {}), key))

    def by_language(self) -> dict[Measure, Spread]:
        """Return specialists, and those who are spoken to, by language."""
        parts: dict[str, Parts] = {side: defaultdict(dict) for side in ("all", "spoken", "unspoken")}
        for group, understood in self._groups:
            key = "/".join(sorted(group.languages))
            for side in ("all", "spoken" if understood else "unspoken"):
                held = parts[side][key]
                held[group.company] = held.get(group.company, 0) + group.count
        return {
            Measure.SPECIALISTS: Spread(parts["all"], {}),
            Measure.SPOKEN_TO: Spread(parts["spoken"], parts["unspoken"]),
        }


def _visits(run: Run, active: set[str]) -> dict[str, int]:
    """Return planned visits by company, without appointments."""
    legs = (leg for day in planned_days(run) for leg in day.legs if not leg.appointment)
    return _summed((leg.stop.place, 1) for leg in legs if leg.stop.place in active)


def _summed(amounts: Iterable[tuple[str, int]]) -> dict[str, int]:
    total: dict[str, int] = defaultdict(int)
    for company, amount in amounts:
        total[company] += amount
    return dict(total)


def _by(amounts: Mapping[str, int], key: Callable[[str], str]) -> Parts:
    parts: Parts = defaultdict(dict)
    for company, amount in amounts.items():
        if amount:
            parts[key(company)][company] = amount
    return dict(parts)
