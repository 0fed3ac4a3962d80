"""Aggregates as tables for people: each row has all its figures, as fine-grained as all measures allow."""

from bisect import bisect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import reduce

from api.run.aggregates import AggregateTable, Dimension, Measure
from api.run.small_cells import Keys, coarsest
from api.words.catalogue import has_text
from api.words.speaker import Speaker

MEASURES: dict[Measure, str] = {
    Measure.COMPANIES: "coverage_companies",
    Measure.SERVED: "coverage_served",
    Measure.CARE_MIN: "coverage_care",
    Measure.VISITS: "coverage_visits",
    Measure.SPECIALISTS: "coverage_specialists",
    Measure.SPOKEN_TO: "coverage_spoken",
}
"""Text keys, in the order of the columns."""
WHOLE = {Measure.SERVED: Measure.COMPANIES, Measure.SPOKEN_TO: Measure.SPECIALISTS}
"""The measure of which another measure is a part."""
SHADES = (50, 75, 90, 97)
"""The percentages at which the next darker shade begins on the map; most companies are served."""


@dataclass(frozen=True)
class Titles:
    """The names of a table's rows."""

    speaker: Speaker
    host: Callable[[str], str]
    district: Callable[[str], str]

    def of(self, by: Dimension, key: str) -> str:
        """Return the name of a key of a dimension."""
        if not key:
            return self.speaker.t("coverage_unknown")
        match by:
            case Dimension.DISTRICT:
                return self.district(key)
            case Dimension.HOST:
                return self.host(key)
            case Dimension.SECTOR:
                return self.speaker.t(f"sector_{key}") if has_text(f"sector_{key}") else key
            case Dimension.LANGUAGE:
                return self.speaker.either(map(self.speaker.language_name, key.split("/")))


@dataclass(frozen=True)
class Figure:
    """A figure as text and, if it is part of a whole, its share in words and from 0 to 100."""

    text: str
    share: str = ""
    percent: int | None = None


@dataclass(frozen=True)
class Row:
    """A row's name, and a figure for each measure."""

    keys: Keys
    titles: tuple[str, ...]
    figures: tuple[Figure, ...]


@dataclass(frozen=True)
class Table:
    """A table by one dimension; `measures` are text keys."""

    by: Dimension
    measures: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Total:
    """A figure of the whole programme; `key` is a text key."""

    key: str
    figure: Figure


def table_of(table: AggregateTable, titles: Titles) -> Table:
    """Return a table of those measures that may be shown, its largest rows first.

    Each measure merges different small cells; the rows are the finest that are unions of every measure's
    cells.
    """
    shown = [measure for measure in MEASURES if table.cells.get(measure)]
    partitions = [tuple(cell.keys for cell in table.cells[measure]) for measure in shown]
    rows = reduce(coarsest, partitions) if partitions else ()
    values = {measure: [_value(table, measure, keys) for keys in rows] for measure in shown}
    made = [
        Row(
            keys=keys,
            titles=tuple(sorted(titles.of(table.by, key) for key in keys)),
            figures=tuple(
                _figure(measure, values[measure][n], values.get(WHOLE.get(measure, measure), [0])[n], titles)
                for measure in shown
            ),
        )
        for n, keys in enumerate(rows)
    ]
    size = dict(zip(rows, values[shown[0]], strict=True)) if shown else {}
    made.sort(key=lambda row: (-size[row.keys], row.titles))
    return Table(table.by, tuple(MEASURES[measure] for measure in shown), tuple(made))


def totals_of(totals: Mapping[Measure, int | None], titles: Titles) -> list[Total]:
    """Return the totals that may be shown, in the order of the columns."""
    known = {measure: value for measure, value in totals.items() if value is not None}
    return [
        Total(key, _figure(measure, known[measure], known.get(WHOLE.get(measure, measure), 0), titles))
        for measure, key in MEASURES.items()
        if measure in known
    ]


def _value(table: AggregateTable, measure: Measure, keys: Keys) -> int:
    return sum(cell.value for cell in table.cells[measure] if set(cell.keys) <= set(keys))


def _figure(measure: Measure, value: int, whole: int, titles: Titles) -> Figure:
    say = titles.speaker
    if measure is Measure.CARE_MIN:
        return Figure(say.hours(value))
    if measure not in WHOLE or not whole:
        return Figure(say.number(value))
    return Figure(say.number(value), say.share(value, whole), 100 * value // whole)


@dataclass(frozen=True)
class DistrictShare:
    """A district's shade, from 0 to 4, and its share in words, rounded down."""

    shade: int
    share: str


def shares_of_districts(table: Table, say: Speaker) -> dict[str, DistrictShare]:
    """Return the served share of each district by its name; merged districts all get their row's share."""
    if "coverage_served" not in table.measures:
        return {}
    column = table.measures.index("coverage_served")
    found: dict[str, DistrictShare] = {}
    for row in table.rows:
        figure = row.figures[column]
        percent = figure.percent or 0
        shade = bisect(SHADES, percent)
        found |= dict.fromkeys(row.titles, DistrictShare(shade, say.percent(percent)))
    return found
