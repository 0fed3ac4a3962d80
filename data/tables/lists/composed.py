"""Columns of lists that are several of ours, such as `PLZ Ort`, or a part of one, such as `Vorname`."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from data.tables.files.sheet import NOT_READ, Sheet
from data.tables.lists.naming import COMPOSED, SPAN_OF_DAYS
from data.tables.times import RANGE, WEEKDAY_NAMES, WEEKDAYS

JOINED = {"street", "name", "contact_name"}
"""Columns to which a part is added that stands in another one."""
Cells = Mapping[str, str]
"""The texts of a row by column."""
ADDRESS = re.compile(
    r"(?:(?P<street>.*?)[,;\n\s]*)(?:\bDE?[- ]?)?\b(?P<postcode>\d{5}|\d{4}(?=\s+\D))[\s,]+(?P<town>\D.*)",
    re.DOTALL | re.IGNORECASE,
)
POSTCODE_TOWN = re.compile(r"\s*(?:DE?[- ]?)?(\d{4,5})?[\s,;/-]*(.*)", re.DOTALL | re.IGNORECASE)
TOWN_POSTCODE = re.compile(r"(\D+?)[\s,;/(-]+(\d{5})\)?\s*")
DAY = "|".join(sorted(WEEKDAY_NAMES, key=len, reverse=True))
DAYS = re.compile(
    rf"(?P<days>(?:\b(?:{DAY})\b\.?\s*(?:[-–—,;/&+]|bis|und|u\.|to|and)?\s*)+)\s*:?", re.IGNORECASE
)


def expanded(sheet: Sheet, table: str) -> Sheet:
    """Return a sheet with our columns in place of composed ones; cells that it has of a column stay."""
    there = [name for name in sheet.header if name in COMPOSED.get(table, ()) or _days_of(name)]
    if not there:
        return sheet
    number_of = dict(zip(sheet.header, range(len(sheet.header)), strict=True))
    rules = [_rule(name) for name in dict.fromkeys(there)]
    added = [
        column
        for column in dict.fromkeys(column for _, columns in rules for column in _own(table, columns))
        if column not in sheet.header
    ]
    head = {column: sheet.written[number_of[_source(column, there, table)]] for column in added}
    rows = []
    for number, cells in sheet.rows:
        texts = {name: cells[i] if i < len(cells) else "" for name, i in number_of.items()}
        if table == "companies":
            texts["name"] = texts.get("contact_name", "")
        made: dict[str, str] = {}
        for make, _ in rules:
            made |= {key: text for key, text in make(texts | made).items() if text}
        made = {_named(table, key): text for key, text in made.items()}
        wide = [*cells, *[""] * (len(sheet.header) - len(cells))]
        kept = [
            made.get(name, cell) if name in JOINED or not cell else cell
            for name, cell in zip(sheet.header, wide, strict=False)
        ]
        rows.append((number, [*kept, *(made.get(column, "") for column in added)]))
    header = [NOT_READ if name in there else name for name in sheet.header]
    written = (*sheet.written, *(head[column] for column in added))
    return replace(sheet, header=[*header, *added], rows=rows, written=written)


def _postcode_town(cells: Cells) -> dict[str, str]:
    text = cells["postcode_town"]
    if behind := TOWN_POSTCODE.fullmatch(text):
        return {"postcode": behind[2], "town": behind[1]}
    match = POSTCODE_TOWN.fullmatch(text)
    return {"postcode": match[1] or "", "town": match[2].strip()} if match else {}


def _address(cells: Cells) -> dict[str, str]:
    match = ADDRESS.fullmatch(cells["address"].strip())
    if match:
        return {
            "street": match["street"].strip(" ,;\n"),
            "postcode": match["postcode"],
            "town": match["town"].strip(" ,;\n"),
        }
    if re.search(r"\d", cells["address"]):
        return {"street": cells["address"]}
    return {"town": cells["address"]}


def _house_number(cells: Cells) -> dict[str, str]:
    street, number = cells.get("street", ""), cells["house_number"]
    return {"street": f"{street} {number}"} if street and number else {}


def _name(cells: Cells) -> dict[str, str]:
    """Join first and last name, of which a list may call one just `Name`."""
    first, last = cells.get("first_name", ""), cells.get("last_name") or cells.get("name", "")
    return {"name": " ".join(filter(None, (first, last)))}


def _opening(cells: Cells) -> dict[str, str]:
    """Return the hours of each day: of those that are named before them, else of Monday to Friday."""
    text = cells["opening"].strip()
    if not text:
        return {}
    found: dict[str, str] = {}
    matches = list(DAYS.finditer(text))
    if not matches:
        return dict.fromkeys(WEEKDAYS[:5], text) | dict.fromkeys(WEEKDAYS[5:], "-")
    for match, after in zip(matches, [*matches[1:], None], strict=True):
        hours = text[match.end() : after.start() if after else None].strip(" ,;:|\n")
        for day in _days_in(match["days"]):
            found[WEEKDAYS[day]] = f"{found[WEEKDAYS[day]]} {hours}" if WEEKDAYS[day] in found else hours
    if not all(RANGE.search(hours) or not re.search(r"\d", hours) for hours in found.values()):
        return {WEEKDAYS[0]: text}
    return dict.fromkeys(WEEKDAYS, "-") | found


def _days_in(text: str) -> list[int]:
    """Return the days of a list of spans, such as `Mo-Do, Sa`."""
    tokens = re.findall(rf"\b(?:{DAY})\b|[-–—]|\bbis\b|\bto\b", text, re.IGNORECASE)
    days: list[int] = []
    span = False
    for token in tokens:
        number = WEEKDAY_NAMES.get(token.casefold())
        if number is None:
            span = True
        elif span and days:
            days += [(days[-1] + 1 + i) % 7 for i in range((number - days[-1]) % 7)]
            span = False
        else:
            days.append(number)
    return days


def _start(cells: Cells) -> dict[str, str]:
    parts = cells.get("start_date", ""), cells.get("start_time", "")
    return {"start": " ".join(filter(None, parts))}


MAKES: Mapping[str, Callable[[Cells], dict[str, str]]] = {
    "postcode_town": _postcode_town,
    "address": _address,
    "house_number": _house_number,
    "first_name": _name,
    "last_name": _name,
    "opening": _opening,
    "start_date": _start,
    "start_time": _start,
}
PARTS_OF: Mapping[str, Sequence[str]] = {
    "postcode_town": ("postcode", "town"),
    "address": ("street", "postcode", "town"),
    "house_number": (),
    "first_name": ("name",),
    "last_name": ("name",),
    "opening": WEEKDAYS,
    "start_date": ("start",),
    "start_time": ("start",),
}


def _rule(name: str) -> tuple[Callable[[Cells], dict[str, str]], Sequence[str]]:
    """Return what makes our columns of a composed one, and which they are."""
    if days := _days_of(name):
        return lambda cells: dict.fromkeys(days, cells[name]), days
    return MAKES[name], PARTS_OF[name]


def _days_of(name: str) -> tuple[str, ...]:
    """Return the columns of the days that share a column; none for any other name."""
    begin, *span = name.split(" ")
    return WEEKDAYS[int(span[0]) : int(span[1]) + 1] if begin == SPAN_OF_DAYS and len(span) == 2 else ()


def _named(table: str, column: str) -> str:
    """Return the column of a part: first and last names in a list of companies are those of the contact."""
    return "contact_name" if table == "companies" and column == "name" else column


def _own(table: str, columns: Sequence[str]) -> list[str]:
    return [_named(table, column) for column in columns]


def _source(column: str, there: Sequence[str], table: str) -> str:
    return next(name for name in there if column in _own(table, _rule(name)[1]))
