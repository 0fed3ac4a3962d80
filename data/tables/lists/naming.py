"""Which columns the headers of a list mean: by names in German and English, or as was said by hand."""

import re
from collections.abc import Mapping, Sequence
from functools import cache

from data.reference.words.folding import folded
from data.reference.words.headers import Headers, headers_of
from data.tables.columns import COLUMNS, NEEDED_FILES
from data.tables.files.sheet import NOT_READ, Naming
from data.tables.times import WEEKDAY_NAMES

ByHand = Mapping[tuple[str, str], str]
"""Columns by the label of a table (its file, as in findings) and a header as it is written; or `NOT_READ`."""
PLACE = ("postcode_town", "address", "house_number")
COMPOSED: Mapping[str, tuple[str, ...]] = {
    "buddies": (*PLACE, "first_name", "last_name", "opening"),
    "companies": (*PLACE, "first_name", "last_name", "opening"),
    "appointments": ("start_date", "start_time"),
}
"""What a table may have in place of its columns: several in one cell, or one in several cells."""
SPAN_OF_DAYS = "days"
"""With this begins the name of a column for several days."""
SPAN = re.compile(r"([^\W\d]+)\.?\s*(?:-|–|—|bis|to)\s*([^\W\d]+)\.?")
NUMBERS = {"nr", "nummer", "no", "hnr"}


def headers_in(table: str) -> Headers:
    """Return the names of the columns of a table, and of what is composed of them."""
    return headers_of(table, tuple(each.name for each in COLUMNS[table]), COMPOSED.get(table, ()))


def naming_of(table: str, label: str = "", by_hand: ByHand | None = None) -> Naming:
    """Return the naming of a table's columns; what is said by hand of the file `label` goes first.

    Raises ValueError where a column is named that the table does not have.
    """
    said = {folded(header): name for (file, header), name in (by_hand or {}).items() if file == label}
    known = headers_in(table)
    if wrong := sorted(set(said.values()) - known.names.keys() - {NOT_READ}):
        raise ValueError(f"{table} has no column {', '.join(wrong)}")
    meant, weekly = known.meant, "opening" in COMPOSED.get(table, ())

    def named(headers: Sequence[str]) -> list[str]:
        found = [
            said.get(folded(each)) or meant(each) or (_span_of_days(each) if weekly else "")
            for each in headers
        ]
        return [
            "house_number" if _is_house_number(found, headers, i) else name for i, name in enumerate(found)
        ]

    return named


def _span_of_days(header: str) -> str:
    """Return the name of a column that holds the hours of several days: `Mo-Do` is `days 0 3`."""
    match = SPAN.fullmatch(header.strip().casefold())
    days = [WEEKDAY_NAMES.get(name, -1) for name in match.groups()] if match else []
    return f"{SPAN_OF_DAYS} {days[0]} {days[1]}" if days and 0 <= days[0] < days[1] else ""


def _is_house_number(found: Sequence[str], headers: Sequence[str], i: int) -> bool:
    """Return whether a header `Nr.` stands right of a street."""
    return found[i] == "id" and i > 0 and found[i - 1] == "street" and folded(headers[i]) in NUMBERS


def naming_of_either(headers: Sequence[str]) -> list[str]:
    """Name the columns of companies or buddies, whichever knows more of these headers."""
    return max((naming_of(table)(headers) for table in NEEDED_FILES), key=lambda names: sum(map(bool, names)))


@cache
def other_names(table: str) -> Mapping[str, str]:
    """Return every name of the columns of a table in lists, with the column."""
    names = headers_in(table).names
    return {name: each.name for each in COLUMNS[table] for name in names[each.name]}
