"""An empty workbook for an office's own lists: a sheet a table, with choices and one example row."""

import io
from datetime import date, datetime
from pathlib import Path
from typing import Any

from api.export.tables.sheet import workbook
from api.files.atomic_file import write_whole
from api.words.language import Language
from api.words.sentence import sentence
from api.words.speaker import Speaker
from data.base.errors import BuddyplanError
from data.base.message import message
from data.reference.words.examples import example_of
from data.reference.words.headers import names_of_column, names_of_table
from data.reference.words.values import words_of
from data.tables.column import Column
from data.tables.columns import COLUMNS
from data.tables.lists.ids import MADE_OF
from data.tables.times import DATE, MOMENT

FIRST = ("companies", "buddies")
"""The sheets that a small office needs come first."""
ROWS = 5_000
"""So many rows below the header offer choices."""
MOST_OFFERED = 255
"""Signs that a list of choices may have in a workbook."""
WIDTHS = {DATE: 13, MOMENT: 18}


class TemplateNotWritten(BuddyplanError):
    """The file for a template exists, or is no workbook by its name."""


def write_list_template(file: Path, language: Language) -> None:
    """Write a workbook with the tables' names, columns and words in a language.

    Raises `TemplateNotWritten` for a file that exists or does not end in `.xlsx`.
    """
    if file.suffix.lower() != ".xlsx":
        raise TemplateNotWritten(message("template_no_xlsx", file=file))
    if file.exists():
        raise TemplateNotWritten(message("template_exists", file=file))
    out = io.BytesIO()
    with workbook(out) as book:
        style = _Style(book)
        for table in sorted(COLUMNS, key=lambda name: (*FIRST, name).index(name)):
            _write_sheet(book.add_worksheet(names_of_table(table, language)[0]), table, language, style)
    write_whole(file, out.getvalue())


class _Style:
    """The formats of the workbook: of headers (bold: needed), and of cells of text, days and moments."""

    def __init__(self, book: Any) -> None:
        shared = {"bottom": 1, "text_wrap": True, "valign": "top"}
        self.header = book.add_format(shared)
        self.needed = book.add_format(shared | {"bold": True})
        self.text = book.add_format({"num_format": "@"})
        self.day = book.add_format({"num_format": "dd.mm.yyyy"})
        self.moment = book.add_format({"num_format": "dd.mm.yyyy hh:mm"})
        shared = {"italic": True, "font_color": "#666666"}
        self.example = book.add_format(shared | {"num_format": "@"})
        self.example_day = book.add_format(shared | {"num_format": "dd.mm.yyyy"})
        self.example_moment = book.add_format(shared | {"num_format": "dd.mm.yyyy hh:mm"})

    def of(self, column: Column) -> Any:
        """Return the format of a column's cells: postcodes, ids and figures stay as they are typed."""
        return {DATE: self.day, MOMENT: self.moment}.get(column.kind, self.text)


def _write_sheet(sheet: Any, table: str, language: Language, style: _Style) -> None:
    sheet.freeze_panes(1, 0)
    example = example_of(table, language)
    for j, column in enumerate(COLUMNS[table]):
        header = names_of_column(table, column.name, language)[0]
        sheet.set_column(j, j, WIDTHS.get(column.kind, max(12, len(header) + 2)), style.of(column))
        needed = _needed(table, column)
        sheet.write_string(0, j, header, style.needed if needed else style.header)
        sheet.write_comment(0, j, _explained(table, column, language), {"x_scale": 2})
        if offered := _offered(column, language):
            sheet.data_validation(
                1, j, ROWS, j, {"validate": "list", "source": offered, "error_type": "warning"}
            )
        if text := example.get(column.name, ""):
            _write_example(sheet, j, text, column, style)


def _needed(table: str, column: Column) -> bool:
    """Return whether a cell must be filled; an id is made of the name where there is one."""
    if "name" in MADE_OF.get(table, ()):
        return column.name == "name" or (column.needed and column.name != "id")
    return column.needed


def _explained(table: str, column: Column, language: Language) -> str:
    """Return what a column means, and what an empty cell says."""
    say = Speaker(language)
    lines = [sentence(column.meaning, language)]
    if _needed(table, column):
        lines.append(say.t("template_needed"))
    elif column.name == "id":
        lines.append(say.t("template_id_made"))
    elif column.default:
        first = words_of(column.kind.vocabulary, column.default, language)[:1]
        lines.append(say.t("template_default", default=(first or (column.default,))[0]))
    return "\n".join(lines)


def _offered(column: Column, language: Language) -> list[str]:
    """Return the words that a cell may hold, empty where they are too many for a list or are figures."""
    kind = column.kind
    offered = [words_of(kind.vocabulary, word, language)[0] for word in kind.choices]
    return offered if len(",".join(offered)) <= MOST_OFFERED else []


def _write_example(sheet: Any, j: int, text: str, column: Column, style: _Style) -> None:
    if column.kind is DATE:
        sheet.write_datetime(1, j, date.fromisoformat(text), style.example_day)
    elif column.kind is MOMENT:
        sheet.write_datetime(1, j, datetime.fromisoformat(text), style.example_moment)
    else:
        sheet.write_string(1, j, text, style.example)
