"""`comparison.xlsx`: totals, parts and changed pairs, one sheet each, in German or in English."""

import io
from collections.abc import Iterator, Sequence
from typing import Any

from api.export.tables.sheet import Column, Kind, Style, workbook, write_table
from api.studies.compare.comparison import Comparison, Difference
from api.studies.compare.tables import PARTS, move_rows, part_name
from api.studies.compare.words import FIGURES, VERDICTS, Unit, label, name_of
from api.studies.outcome.outcome import Figure, FigureName, Part
from api.words.reasons import Language, Naming

MEASURES: tuple[tuple[str, str, str], ...] = (
    ("companies", "Betriebe", "companies"),
    ("served", "mit Buddy", "with a buddy"),
    ("specialists", "Fachkräfte", "specialists"),
    ("spoken_to", "mit gemeinsamer Sprache", "with a shared language"),
    ("care_min", "Betreuung min", "care min"),
    ("expected_travel_min", "Fahrt erwartet min", "expected travel min"),
    ("visits", "Besuche", "visits"),
    ("unplanned", "nicht geplant", "not planned"),
)
OF_LANGUAGES = ("specialists", "spoken_to")


def comparison_workbook(comparison: Comparison, named: Naming, language: Language) -> bytes:
    """Return the workbook; the same comparison gives the same bytes, and no text becomes a formula."""
    out, english = io.BytesIO(), language == "en"
    with workbook(out, "Scenarios" if english else "Szenarien") as book:
        style = Style(book)
        sheets = [("Totals" if english else "Summen", *_totals(comparison, language))]
        for field, title in PARTS.items():
            sheets.append((title[english], *_parts(comparison, field, named, language)))
        sheets.append(("Who moves" if english else "Wer wechselt", *_moves(comparison, named, language)))
        for name, columns, rows in sheets:
            page = book.add_worksheet(name)
            page.freeze_panes(1, 1)
            page.set_landscape()
            page.fit_to_pages(1, 0)
            page.repeat_rows(0)
            write_table(page, style, columns, rows)
    return out.getvalue()


Sheet = tuple[list[Column], list[list[Any]]]


def _totals(comparison: Comparison, language: Language) -> Sheet:
    english = language == "en"
    words = (
        ("value", "bound", "difference", "proof")
        if english
        else ("Wert", "Schranke", "Unterschied", "Beweis")
    )
    columns = [Column("Figure" if english else "Größe", 48)]
    for at, outcome in enumerate(comparison.outcomes):
        name = name_of(outcome, language)
        columns += [Column(f"{name}: {word}", 16, Kind.DECIMAL) for word in words[: 3 if at else 2]]
        columns += [Column(f"{name}: {words[3]}", 24)] if at else []
    return columns, list(_total_rows(comparison, language))


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
    words = VERDICTS[difference.verdict][language == "en"]
    return [_scaled(difference.name, difference.delta), words]


def _scaled(name: FigureName, value: int | None) -> float | None:
    """Return a value in the unit of its label."""
    unit = FIGURES[name][1]
    return value if value is None or unit is Unit.COUNT else value / unit.value


def _parts(comparison: Comparison, field: str, named: Naming, language: Language) -> Sheet:
    english = language == "en"
    measures = [each for each in MEASURES if field != "languages" or each[0] in OF_LANGUAGES]
    columns = [Column(PARTS[field][english], 30)]
    for outcome in comparison.outcomes:
        name = name_of(outcome, language)
        columns += [Column(f"{name}: {each[2 if english else 1]}", 14, Kind.NUMBER) for each in measures]
    held: list[dict[str, Part]] = [
        {part.key: part for part in getattr(outcome, field)} for outcome in comparison.outcomes
    ]
    rows = []
    for key in sorted({key for parts in held for key in parts}):
        row: list[Any] = [part_name(field, key, named, language)]
        for parts in held:
            row += _measured(parts.get(key), [each[0] for each in measures])
        rows.append(row)
    return columns, rows


def _measured(part: Part | None, measures: Sequence[str]) -> list[int | None]:
    return [None if part is None else getattr(part, measure) for measure in measures]


def _moves(comparison: Comparison, named: Naming, language: Language) -> Sheet:
    english = language == "en"
    heads = (
        ("Scenario", "Company", "Before", "After")
        if english
        else ("Szenario", "Betrieb", "vorher", "nachher")
    )
    rows: list[list[Any]] = [
        [name_of(outcome, language), *row]
        for outcome in comparison.outcomes
        for row in move_rows(outcome, named, language)
    ]
    return [Column(head, 34) for head in heads], rows
