"""The figures for planners and viewers: counts of companies and specialists without names or ids.

Each table shows a single dimension, so two tables share nothing but the totals. Cells for few companies are
merged as in `small_cells` beside this, which also explains what that protects from. Care and visits are shown
for cells of the served companies or unions of them, and the specialists who are spoken to for unions of those
and of the cells of specialists, because these figures reveal something about who is served.

A planner can run many scenarios and subtract their figures. So those of a scenario are protected by what the
stored programme has: its `min_cell`, its companies (invented ones protect nobody) and the rows in which it
has them. What the matching decides is rounded as in `random_rounding`. And a scenario that treats some
companies differently shows only the tables in which these are whole cells: a table by sector, with and
without the companies of one district, would cross the two.
"""

from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import partial

from api.run.aggregated.contributions import NOT_MATCHED, WHOLE, Counted, Measure, by_row
from api.run.aggregated.small_cells import Keys, Spread, coarsest, merged
from api.run.run import Run
from data.base.entity import Entity
from data.model.problem import Problem
from matching.eligibility.needs import active_companies


class Dimension(StrEnum):
    """The rows of a table; `sector` is the section, the first letter of the WZ 2008 code."""

    DISTRICT = "district"
    SECTOR = "sector"
    HOST = "host"
    LANGUAGE = "language"


class Cell(Entity):
    """One figure, for one row of a table or for several that are too small to show alone."""

    keys: Keys
    value: int


class AggregateTable(Entity):
    """Each measure by one dimension, as cells; a hidden measure has no cells.

    Cells add up to their total, except that a scenario's are rounded. By language only specialists are
    counted, as a company has several languages; alternatives are one key, `ru/uk`.
    """

    by: Dimension
    cells: dict[Measure, tuple[Cell, ...]]


class Aggregates(Entity):
    """All tables of one run, the totals (None: hidden), and the least number of companies in a cell."""

    min_cell: int
    totals: dict[Measure, int | None]
    tables: tuple[AggregateTable, ...]


BUILT_ON: dict[Measure, tuple[Measure, ...]] = {
    Measure.COMPANIES: (),
    Measure.SERVED: (Measure.COMPANIES,),
    Measure.CARE_MIN: (Measure.SERVED,),
    Measure.VISITS: (Measure.SERVED,),
    Measure.SPECIALISTS: (Measure.COMPANIES,),
    Measure.SPOKEN_TO: (Measure.SERVED, Measure.SPECIALISTS),
}
"""The measures about which each measure says something: it is shown only if they are."""
KEYED: dict[Dimension, Callable[[Problem, str], str]] = {
    Dimension.DISTRICT: lambda problem, company: problem.company[company].district,
    Dimension.SECTOR: lambda problem, company: problem.company[company].sector[:1],
    Dimension.HOST: lambda problem, company: problem.company[company].host,
}
"""The row of a company in each table but that of languages."""


def aggregates(run: Run) -> Aggregates:
    """Count a run that has a matching, by district, sector, host and language.

    `Policy.min_cell` is the least number of companies in a cell. Raises ValueError for a run without a
    matching.
    """
    if run.matching is None:
        raise ValueError("the run has no matching: there is nothing to count")
    return _Tables(Counted(run, run.problem), rounds=False).all(frozenset())


def aggregates_of_scenario(run: Run, stored: Problem, singled_out: frozenset[str]) -> Aggregates:
    """Count what a scenario makes of a stored problem; it treats the companies `singled_out` differently."""
    return _Tables(Counted(run, stored), rounds=True).all(singled_out)


def cells_of_companies(problem: Problem, by: Dimension) -> tuple[Keys, ...]:
    """Return the rows of a problem's table of active companies, merged until each cell stands for enough."""
    ones = dict.fromkeys(active_companies(problem), 1)
    part = by_row(ones, partial(KEYED[by], problem))
    spread = Spread(part, {})
    enough = partial(spread.stands_for_enough, least=problem.policy.min_cell)
    return merged([(key,) for key in sorted(part)], enough, spread.companies)


class _Tables:
    """The tables of what was counted; `rounds`: those of a scenario."""

    def __init__(self, counted: Counted, rounds: bool) -> None:
        self._counted, self._rounds = counted, rounds
        self._least = counted.stored.policy.min_cell
        self._stored_cells = {by: cells_of_companies(counted.stored, by) for by in KEYED}

    def all(self, singled_out: frozenset[str]) -> Aggregates:
        """Return every total and table in which the companies singled out are enough, and whole cells."""
        active = frozenset(active_companies(self._counted.stored))
        inside, outside = singled_out & active, active - singled_out
        if inside and outside and min(len(inside), len(outside)) < self._least:
            hidden = dict.fromkeys(Measure)
            return Aggregates(min_cell=self._least, totals=hidden, tables=tuple(map(_hidden, Dimension)))
        tells_apart = bool(inside and outside)
        totals = self._totals()
        tables = [
            _hidden(by) if tells_apart and not self._whole_cells(by, inside, outside) else self._table(by)
            for by in KEYED
        ]
        spoken = totals[Measure.SPOKEN_TO] is not None
        tables.append(_hidden(Dimension.LANGUAGE) if tells_apart else self._by_language(spoken))
        return Aggregates(min_cell=self._least, totals=totals, tables=tuple(tables))

    def _totals(self) -> dict[Measure, int | None]:
        """Return each total that stands for enough, as do the totals that it says something about."""
        found: dict[Measure, int | None] = {}
        for measure, about in BUILT_ON.items():
            whole = self._counted.spread(measure, lambda company: "")
            shown = whole.stands_for_enough(("",), self._least) and all(found[m] is not None for m in about)
            found[measure] = whole.sum_of(("",)) if shown else None
        return found

    def _whole_cells(self, by: Dimension, inside: frozenset[str], outside: frozenset[str]) -> bool:
        """Return whether no cell of the stored companies has some inside and some outside."""
        row = partial(KEYED[by], self._counted.stored)
        sides = [set(map(row, side)) for side in (inside, outside)]
        return not any(all(side.intersection(cell) for side in sides) for cell in self._stored_cells[by])

    def _table(self, by: Dimension) -> AggregateTable:
        row = self._counted.row_of(KEYED[by])
        spread = {measure: self._counted.spread(measure, row) for measure in Measure}
        stored = self._stored_cells[by]
        known = {key for cell in stored for key in cell}
        rest = {*spread[Measure.COMPANIES].part, *spread[Measure.COMPANIES].invented} - known
        cells: dict[Measure, tuple[Keys, ...]] = {}
        size = spread[Measure.COMPANIES].companies

        def settle(measure: Measure, among: tuple[Keys, ...]) -> None:
            enough = partial(spread[measure].stands_for_enough, least=self._least)
            cells[measure] = merged(among, enough, size)

        settle(Measure.COMPANIES, (*stored, *((key,) for key in sorted(rest))))
        settle(Measure.SERVED, cells[Measure.COMPANIES])
        settle(Measure.CARE_MIN, cells[Measure.SERVED])
        settle(Measure.VISITS, cells[Measure.SERVED])
        settle(Measure.SPECIALISTS, cells[Measure.COMPANIES])
        both = cells[Measure.SERVED] and cells[Measure.SPECIALISTS]
        settle(Measure.SPOKEN_TO, coarsest(cells[Measure.SERVED], cells[Measure.SPECIALISTS]) if both else ())
        return self._shown(by, spread, cells)

    def _by_language(self, spoken: bool) -> AggregateTable:
        """Specialists who are spoken to are shown by language only if their total is shown."""
        spread = self._counted.by_language()
        cells: dict[Measure, tuple[Keys, ...]] = {}
        keys = {*spread[Measure.SPECIALISTS].part, *spread[Measure.SPECIALISTS].invented}
        among: tuple[Keys, ...] = tuple((key,) for key in sorted(keys))
        size = spread[Measure.SPECIALISTS].companies
        for measure, held in spread.items():
            enough = partial(held.stands_for_enough, least=self._least)
            among = cells[measure] = merged(among, enough, size)
        if not spoken:
            cells[Measure.SPOKEN_TO] = ()
        return self._shown(Dimension.LANGUAGE, spread, cells)

    def _shown(
        self, by: Dimension, spread: Mapping[Measure, Spread], cells: Mapping[Measure, tuple[Keys, ...]]
    ) -> AggregateTable:
        shown = {
            measure: tuple(Cell(keys=keys, value=self._value(measure, spread, keys)) for keys in held)
            for measure, held in cells.items()
        }
        return AggregateTable(by=by, cells=shown)

    def _value(self, measure: Measure, spread: Mapping[Measure, Spread], keys: Keys) -> int:
        """Return a figure, rounded if it is a scenario's and matching decides it; at most its whole."""
        if not self._rounds or measure in NOT_MATCHED:
            return spread[measure].sum_of(keys)
        value = self._counted.rounded(spread[measure], keys, self._least)
        whole = WHOLE.get(measure)
        return min(value, spread[whole].sum_of(keys)) if whole else value


def _hidden(by: Dimension) -> AggregateTable:
    return AggregateTable(by=by, cells={})
