"""Finds the cells of a workbook that have no value: errors such as `#REF!`, and formulas never computed.

The library that reads cells (calamine) takes both for empty, by which a priority or a buddy would be lost.
"""

import io
import posixpath
import zipfile
from collections.abc import Iterator, Mapping
from xml.etree import ElementTree

from data.tables.files.workbook_guard import WORKBOOK, column_number

LostValues = Mapping[tuple[int, int], str]
"""What stands in each such cell, by row and column from 1: the error, or the formula with its equals sign."""
RELATIONS = "xl/_rels/workbook.xml.rels"


def lost_values(content: bytes) -> dict[str, LostValues]:
    """Return the cells without a value of every sheet by its name; `content` has passed the guard."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return {name: dict(_lost_in(book, part)) for name, part in _parts_of_sheets(book)}


def _parts_of_sheets(book: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    there = set(book.namelist())
    if RELATIONS not in there:
        return
    targets = {
        each.get("Id", ""): each.get("Target", "") for each in ElementTree.fromstring(book.read(RELATIONS))
    }
    for each in ElementTree.fromstring(book.read(WORKBOOK)).iter():
        if _name(each) == "sheet":
            key = next((value for name, value in each.items() if name.endswith("}id")), "")
            part = posixpath.normpath(posixpath.join("/xl", targets.get(key, ""))).lstrip("/")
            if part in there:
                yield each.get("name", ""), part


def _lost_in(book: zipfile.ZipFile, part: str) -> Iterator[tuple[tuple[int, int], str]]:
    row = column = 0
    with book.open(part) as xml:
        for event, each in ElementTree.iterparse(xml, events=("start", "end")):
            name = _name(each)
            if event == "start" and name == "row":
                row, column = int(each.get("r") or row + 1), 0
            elif event == "end" and name == "c":
                column = column_number(each.get("r", "").rstrip("0123456789")) or column + 1
                if text := _lost(each):
                    yield (row, column), text
            elif event == "end" and name == "row":
                each.clear()


def _lost(cell: ElementTree.Element) -> str:
    """Return the error or the formula of a cell without a value, empty for any other."""
    inside = {_name(each): each.text or "" for each in cell}
    value = inside.get("v", "")
    if cell.get("t") == "e":
        return value or "#N/A"
    # A formula whose result is the empty text says so by its type.
    return f"={inside['f'] or '(…)'}" if "f" in inside and not value and cell.get("t") != "str" else ""


def _name(each: ElementTree.Element) -> str:
    return each.tag.rpartition("}")[2]
