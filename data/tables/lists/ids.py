"""Ids for rows of lists that have none: made of what the row says, the same at every reading."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

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


@dataclass(frozen=True)
class KnownRow:
    """Somebody who is known before a list is read: name and town."""

    name: str
    town: str


Known = Mapping[str, Mapping[str, KnownRow]]
"""Those who are known, by table and id."""
NOBODY: Known = MappingProxyType({})


def make_ids(tables: Mapping[str, Sequence[Row]], known: Known = NOBODY) -> None:
    """Give rows without an id one, and note it: `baeckerei-mueller`, with its town if several have that name.

    Whoever is known by that name, and no other town, keeps the id. A buddy's is the first two letters of both
    names, so that no stored plan holds the name itself.
    """
    taken = {folded(row.text["id"]) for rows in tables.values() for row in rows if row.text.get("id")}
    for table, rows in tables.items():
        _keep_ids(rows, known.get(table, {}), taken)
    elsewhere = {table: {folded(key) for key in rows} for table, rows in known.items()}
    everybody = {key for keys in elsewhere.values() for key in keys}
    for table, columns in MADE_OF.items():
        lacking = [row for row in tables[table] if not row.text.get("id")]
        made = [(row, _of(table, row, columns)) for row in lacking]
        often = Counter(key for _, key in made)
        for row, key in ((row, key) for row, key in made if key):
            apart = key
            if table != "buddies" and (often[key] > 1 or _is_elsewhere(row, known.get(table, {}).get(key))):
                apart = slug(" ".join([key, *(row.text.get(name, "") for name in TOLD_APART_BY[:1])])) or key
            own = set() if table == "buddies" else elsewhere.get(table, set())
            free = _free(apart, taken | (everybody - own))
            taken.add(folded(free))
            row.instead("id", free)
            row.repaired("id", message("id_made"), message("read_as_text", value=free))


def _keep_ids(rows: Sequence[Row], known: Mapping[str, KnownRow], taken: set[str]) -> None:
    """Give rows the ids of those who are known by their name, if only one is."""
    by_name: dict[str, list[str]] = defaultdict(list)
    for key, other in known.items():
        if other.name:
            by_name[folded(other.name)].append(key)
    lacking = [row for row in rows if row.text.get("name") and not row.text.get("id")]
    often = Counter(folded(row.text["name"]) for row in lacking)
    for row in lacking:
        form = folded(row.text["name"])
        fits = [key for key in by_name.get(form, ()) if _same_town(row, known[key])]
        if len(fits) == 1 and often[form] == 1 and folded(fits[0]) not in taken:
            taken.add(folded(fits[0]))
            row.instead("id", fits[0])
            row.repaired("id", message("id_made"), message("read_as_text", value=fits[0]))


def _is_elsewhere(row: Row, other: KnownRow | None) -> bool:
    """Return whether somebody known is another one of the same name, in another town."""
    if other is None or folded(other.name) != folded(row.text.get("name", "")):
        return False
    return not _same_town(row, other)


def _same_town(row: Row, other: KnownRow) -> bool:
    town = row.text.get("town", "")
    return not town or not other.town or folded(town) == folded(other.town)


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
