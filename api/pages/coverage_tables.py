"""Aggregates as tables for people: a row for each key; a figure that stands for several rows is a note."""

from bisect import bisect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from string import ascii_lowercase

from api.run.aggregated.aggregates import AggregateTable, Dimension
from api.run.aggregated.contributions import WHOLE, Measure
from api.run.aggregated.small_cells import Keys
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
    """A figure as text and, if it is part of a whole, its share in words and from 0 to 100.

    `note` is the mark of the note that has the figure, where it stands for several rows.
    """

    text: str
    share: str = ""
    percent: int | None = None
    note: str = ""


@dataclass(frozen=True)
class Row:
    """A row's name, and a figure for each measure."""

    key: str
    title: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True)
class Note:
    """The figures of several rows together, each with the text key of its measure."""

    mark: str
    titles: tuple[str, ...]
    figures: tuple[tuple[str, Figure], ...]


@dataclass(frozen=True)
class Table:
    """A table by one dimension; `measures` are text keys."""

    by: Dimension
    measures: tuple[str, ...]
    rows: tuple[Row, ...]
    notes: tuple[Note, ...]


@dataclass(frozen=True)
class Total:
    """A figure of the whole programme; `key` is a text key."""

    key: str
    figure: Figure


def table_of(table: AggregateTable, titles: Titles) -> Table:
    """Return a table of those measures that may be shown, its largest rows first.

    Each measure merges different small cells; only its own figure of such rows goes to a note.
    """
    shown = [measure for measure in MEASURES if table.cells.get(measure)]
    cell_of = {measure: _cells_by_key(table, measure) for measure in shown}
    keys = sorted({key for cells in cell_of.values() for key in cells})
    together = sorted({cell for cells in cell_of.values() for cell in cells.values() if len(cell) > 1})
    marks = {cell: mark_of(number) for number, cell in enumerate(together)}

    def figure(measure: Measure, cell: Keys | None) -> Figure:
        if cell is None:
            return Figure("")
        value = _value(table, measure, cell)
        return _figure(measure, value, _value(table, WHOLE.get(measure, measure), cell), titles)

    def in_row(measure: Measure, key: str) -> Figure:
        cell = cell_of[measure].get(key)
        return Figure("", note=marks[cell]) if cell in marks else figure(measure, cell)

    made = [
        Row(key, titles.of(table.by, key), tuple(in_row(measure, key) for measure in shown)) for key in keys
    ]
    size = {key: _size(table, shown, key) for key in keys}
    made.sort(key=lambda row: (-size[row.key], row.title))
    notes = tuple(
        Note(
            marks[cell],
            tuple(sorted(titles.of(table.by, key) for key in cell)),
            tuple((MEASURES[m], figure(m, cell)) for m in shown if cell in cell_of[m].values()),
        )
        for cell in together
    )
    return Table(table.by, tuple(MEASURES[measure] for measure in shown), tuple(made), notes)


def mark_of(number: int) -> str:
    """Return the mark of a note: a, b … z, aa, ab …"""
    letters = ascii_lowercase
    first, last = divmod(number, len(letters))
    return (mark_of(first - 1) if first else "") + letters[last]


def _cells_by_key(table: AggregateTable, measure: Measure) -> dict[str, Keys]:
    return {key: cell.keys for cell in table.cells[measure] for key in cell.keys}


def _size(table: AggregateTable, shown: list[Measure], key: str) -> int:
    """Return the first figure of a row, 0 if it is not shown alone."""
    return next((cell.value for cell in table.cells[shown[0]] if cell.keys == (key,)), 0) if shown else 0


def totals_of(totals: Mapping[Measure, int | None], titles: Titles) -> list[Total]:
    """Return the totals that may be shown, in the order of the columns."""
    known = {measure: value for measure, value in totals.items() if value is not None}
    return [
        Total(key, _figure(measure, known[measure], known.get(WHOLE.get(measure, measure), 0), titles))
        for measure, key in MEASURES.items()
        if measure in known
    ]


def _value(table: AggregateTable, measure: Measure, keys: Keys) -> int:
    return sum(cell.value for cell in table.cells.get(measure, ()) if set(cell.keys) <= set(keys))


def _figure(measure: Measure, value: int, whole: int, titles: Titles) -> Figure:
    say = titles.speaker
    if measure is Measure.CARE_MIN:
        return Figure(say.hours(value))
    if measure not in WHOLE or not whole:
        return Figure(say.number(value))
    return Figure(say.number(value), say.share(value, whole), 100 * value // whole)


@dataclass(frozen=True)
class DistrictShare:
    """A district's shade, from 0 to 4, and its share in words, rounded down; `note` is as in the table."""

    shade: int
    share: str
    note: str = ""


def shares_of_districts(table: Table, say: Speaker) -> dict[str, DistrictShare]:
    """Return the served share of each district by its name, as the table has it: alone, or from a note."""
    served = MEASURES[Measure.SERVED]
    if served not in table.measures:
        return {}
    column, found = table.measures.index(served), dict[str, DistrictShare]()
    for row in table.rows:
        if not row.figures[column].note:
            found[row.title] = _shade(row.figures[column], say)
    for note in table.notes:
        for key, figure in note.figures:
            if key == served:
                found |= dict.fromkeys(note.titles, _shade(figure, say, note.mark))
    return found


def _shade(figure: Figure, say: Speaker, note: str = "") -> DistrictShare:
    percent = figure.percent or 0
    return DistrictShare(bisect(SHADES, percent), say.percent(percent), note)
