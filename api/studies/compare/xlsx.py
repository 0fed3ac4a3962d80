"""`comparison.xlsx`: totals, parts and changed pairs, one sheet each, in one language."""

import io
from collections.abc import Iterator, Sequence
from typing import Any

from api.export.tables.sheet import Column, Kind, Style, workbook, write_table
from api.studies.compare.comparison import Comparison, Difference
from api.studies.compare.tables import PARTS, move_rows, part_name, part_title
from api.studies.compare.words import Unit, label, name_of, unit_of, verdict_words
from api.studies.outcome.outcome import Figure, FigureName, Part
from api.words.language import Language
from api.words.reasons import Naming
from api.words.speaker import Speaker

MEASURES = (
    "companies", "served", "specialists", "spoken_to",
    "care_min", "expected_travel_min", "visits", "unplanned",
)  # fmt: skip
OF_LANGUAGES = ("specialists", "spoken_to")


def comparison_workbook(comparison: Comparison, named: Naming, language: Language) -> bytes:
    """Return the workbook; the same comparison gives the same bytes, and no text becomes a formula."""
    out, say = io.BytesIO(), Speaker(language)
    with workbook(out, say.t("sheet_scenarios")) as book:
        style = Style(book)
        sheets = [(say.t("sheet_totals"), *_totals(comparison, say))]
        for field in PARTS:
            sheets.append((part_title(field, language), *_parts(comparison, field, named, say)))
        sheets.append((say.t("sheet_moves"), *_moves(comparison, named, say)))
        for name, columns, rows in sheets:
            page = book.add_worksheet(name)
            page.freeze_panes(1, 1)
            page.set_landscape()
            page.fit_to_pages(1, 0)
            page.repeat_rows(0)
            write_table(page, style, columns, rows)
    return out.getvalue()


Sheet = tuple[list[Column], list[list[Any]]]


def _totals(comparison: Comparison, say: Speaker) -> Sheet:
    words = [say.t(f"column_{word}") for word in ("value", "bound", "difference", "proof")]
    columns = [Column(say.t("column_figure"), 48)]
    for at, outcome in enumerate(comparison.outcomes):
        name = name_of(outcome, say.language)
        columns += [Column(f"{name}: {word}", 16, Kind.DECIMAL) for word in words[: 3 if at else 2]]
        columns += [Column(f"{name}: {words[3]}", 24)] if at else []
    return columns, list(_total_rows(comparison, say.language))


def _total_rows(comparison: Comparison, language: Language) -> Iterator[list[Any]]:
    first, *others = comparison.outcomes
    for name, figure in first.figure.items():
        row: list[Any] = [label(name, language), *_values(figure)]
        for outcome, against in zip(others, comparison.against, strict=True):
            made = {each.name: each for each in against.differences}
            row += [*_values(outcome.figure.get(name)), *_delta(made.get(name), language)]
        yield row


def _values(figure: Figure | None) -> list[float | None]:
    if figure is None:
        return [None, None]
    return [_scaled(figure.name, figure.value), _scaled(figure.name, figure.bound)]


def _delta(difference: Difference | None, language: Language) -> list[Any]:
    if difference is None:
        return [None, None]
    return [_scaled(difference.name, difference.delta), verdict_words(difference.verdict, language)]


def _scaled(name: FigureName, value: int | None) -> float | None:
    """Return a value in the unit of its label."""
    unit = unit_of(name)
    return value if value is None or unit is Unit.COUNT else value / unit.value


def _parts(comparison: Comparison, field: str, named: Naming, say: Speaker) -> Sheet:
    measures = [each for each in MEASURES if field != "languages" or each in OF_LANGUAGES]
    columns = [Column(part_title(field, say.language), 30)]
    for outcome in comparison.outcomes:
        name = name_of(outcome, say.language)
        columns += [Column(f"{name}: {say.t(f'measure_{each}')}", 14, Kind.NUMBER) for each in measures]
    held: list[dict[str, Part]] = [
        {part.key: part for part in getattr(outcome, field)} for outcome in comparison.outcomes
    ]
    rows = []
    for key in sorted({key for parts in held for key in parts}):
        row: list[Any] = [part_name(field, key, named, say.language)]
        for parts in held:
            row += _measured(parts.get(key), measures)
        rows.append(row)
    return columns, rows


def _measured(part: Part | None, measures: Sequence[str]) -> list[int | None]:
    return [None if part is None else getattr(part, measure) for measure in measures]


def _moves(comparison: Comparison, named: Naming, say: Speaker) -> Sheet:
    heads = [say.t(f"column_{each}") for each in ("scenario", "company", "before", "after")]
    rows: list[list[Any]] = [
        [name_of(outcome, say.language), *row]
        for outcome in comparison.outcomes
        for row in move_rows(outcome, named, say.language)
    ]
    return [Column(head, 34) for head in heads], rows
