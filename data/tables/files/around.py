"""What stands around a table in a sheet: other tables beside it, sums at its foot, its header once more."""

import re
from collections.abc import Sequence

from data.base.message import Message, message

SUMS = r"(zwischen|gesamt|end)?summe|(ins)?gesamt|(sub|grand )?total|sum|anzahl( der)?|σ|∑"
SUMMED = "betriebe|buddys|firmen|unternehmen|companies|buddies|zeilen"
NOTES = (
    r"stand|quelle|legende|hinweise?|anmerkung(en)?|erstellt|gedruckt|druckdatum|ausgedruckt|datum|bearbeiter|seite"
    r"|notiz|source|as of|printed|created|page|note|legend"
)
FOOT = re.compile(
    rf"({SUMS})\s*:?\s*({SUMMED})?\W*\d*|({NOTES})\b\s*(:.*|(am|von|on)\b.*|\d.*)|\*.*",
    re.IGNORECASE | re.DOTALL,
)
"""What the first cell of a row says that sums up a table, or tells about it."""
FIGURE = re.compile(r"[\d.,:/%€\s+-]*(std\.?|h|min\.?|km|eur)?", re.IGNORECASE)
FIRST_OF_A_TABLE = frozenset({"id", "name", "company", "buddy", "host", "who"})
"""Columns with which a table of its own begins, even if this one lacks them."""


def columns_beside(
    written: Sequence[str], names: Sequence[str], rows: Sequence[Sequence[str]]
) -> frozenset[int]:
    """Return the columns of other tables in the same rows, apart from this one by empty columns.

    Columns beyond an empty one belong to the table if all of them are known and new to it, and if no table
    begins with them.
    """
    parts = _parts(written, rows)
    if len(parts) < 2:
        return frozenset()
    known = [{names[i] for i in part if names[i]} for part in parts]
    main = max(range(len(parts)), key=lambda k: len(known[k]))
    inside, beside = set(known[main]), set[int]()
    for k, part in enumerate(parts):
        if k == main or not any(written[i] for i in part):
            continue
        new = known[k] - inside
        whole = all(names[i] in new for i in part if written[i])
        if whole and (k < main or not new & FIRST_OF_A_TABLE):
            inside |= new
        else:
            beside |= part
    return frozenset(beside)


def _parts(written: Sequence[str], rows: Sequence[Sequence[str]]) -> list[set[int]]:
    """Return the columns that are not empty, as runs of neighbours."""
    parts: list[set[int]] = []
    before_empty = True
    for i, head in enumerate(written):
        empty = not head and not any(i < len(cells) and cells[i].strip() for cells in rows)
        if not empty:
            if before_empty:
                parts.append(set())
            parts[-1].add(i)
        before_empty = empty
    return parts


def foot_or_header(cells: Sequence[str], header: Sequence[str]) -> Message | None:
    """Return why a row is none of the table's: it sums it up, tells about it, or is its header once more."""
    first = next((i for i, cell in enumerate(cells) if cell), None)
    if first is None:
        return None
    if first < len(header) and cells[first] == header[first]:
        again = list(cells[: len(header)]) == list(header) and not any(cells[len(header) :])
        return message("header_again") if again else None
    if FOOT.fullmatch(cells[first]) and all(FIGURE.fullmatch(cell) for cell in cells[first + 1 :]):
        return message("foot_of_table")
    return None
