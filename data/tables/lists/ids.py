"""Ids for rows of lists that have none: made of what the row says, the same at every reading."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from data.base.message import message
from data.base.plain_text import composed
from data.reference.words.folding import GERMAN, folded
from data.tables.rows import Row

MADE_OF: Mapping[str, tuple[str, ...]] = {
    "hosts": ("name",),
    "buddies": ("name",),
    "companies": ("name",),
    "places": ("name",),
    "requests": ("company", "kind", "due"),
    "appointments": ("company", "place", "start"),
}
"""The columns of which the id of a row is made, if it has none."""
TOLD_APART_BY = ("town", "postcode", "street")
LONGEST = 60


def make_ids(tables: Mapping[str, Sequence[Row]]) -> None:
    """Give rows without an id one, and note it: `baeckerei-mueller`, with its town if several have that name.

    A buddy's is the first two letters of both names, so that no stored plan holds the name itself.
    """
    taken = {folded(row.text["id"]) for rows in tables.values() for row in rows if row.text.get("id")}
    for table, columns in MADE_OF.items():
        lacking = [row for row in tables[table] if not row.text.get("id")]
        made = [(row, _of(table, row, columns)) for row in lacking]
        often = Counter(key for _, key in made)
        for row, key in ((row, key) for row, key in made if key):
            apart = key
            if often[key] > 1 and table != "buddies":
                apart = slug(" ".join([key, *(row.text.get(name, "") for name in TOLD_APART_BY[:1])])) or key
            free = _free(apart, taken)
            taken.add(folded(free))
            row.instead("id", free)
            row.repaired("id", message("id_made"), message("read_as_text", value=free))


def slug(text: str) -> str:
    """Return a text as an id: lower case, umlauts written out, hyphens for everything else."""
    plain = composed(text).casefold().translate(GERMAN)
    return re.sub(r"[\W_]+", "-", plain).strip("-")[:LONGEST].strip("-")


def _of(table: str, row: Row, columns: Sequence[str]) -> str:
    said = " ".join(row.text.get(name, "") for name in columns)
    if table != "buddies":
        return slug(said)
    last, comma, first = said.partition(",")
    words = slug(f"{first} {last}" if comma else said).split("-")
    return "".join(word[:2] for word in (words[0], *words[1:][-1:]))


def _free(key: str, taken: set[str]) -> str:
    """Return the id, with the first number that makes it one of its own."""
    number, free = 1, key
    while folded(free) in taken:
        number += 1
        free = f"{key}-{number}"
    return free
