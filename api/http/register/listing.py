"""Lists of rows: searched by name, town, postcode and id, filtered by column, sorted by column."""

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from data.base.errors import BuddyplanError
from data.base.message import message
from data.model.findings import allowed_are
from data.register.rows.kinds import HOME, HOMES, EntityKind
from data.register.rows.register import Register
from data.register.rows.row import RegisterRow

SEARCHED = ("name", "seat", "town", "postcode", "address", "enterprise", "sector", "tags", "contact_name")
UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
NAMED = ("company", "buddy", "who", "place", "host")
"""Columns with the id of somebody else, whose name is searched too."""


def found(
    register: Register, rows: Iterable[RegisterRow], query: str, keeps: Callable[[RegisterRow], bool]
) -> list[RegisterRow]:
    """Return the rows in which every word of a query occurs, however it is spelt: `gemuesebau` too.

    `keeps` says whether the reader keeps a row: a buddy's home is searched for those alone.
    """
    words = [spellings(word) for word in query.split()]
    if not words:
        return list(rows)
    return [
        row for row in rows if _holds(haystack(register, row, row.entity not in HOMES or keeps(row)), words)
    ]


def _holds(text: str, words: Sequence[frozenset[str]]) -> bool:
    return all(any(spelt in text for spelt in word) for word in words)


def haystack(register: Register, row: RegisterRow, with_home: bool) -> str:
    """Return the text of a row that is searched, in all its spellings, made once for each row."""
    made = "searched", with_home
    own = row.models.get(made)
    if own is None:
        names = [name for name in SEARCHED if with_home or name not in HOME]
        own = row.models[made] = _spelt((row.id, *(row.values.get(name, "") for name in names)))
    others = [other for name in NAMED if (other := _named(register, row.values.get(name, "")))]
    return " ".join((own, *(_spelt((other.id, other.values.get("name", ""))) for other in others)))


def _named(register: Register, key: str) -> RegisterRow | None:
    entities = ("companies", "buddies", "places", "hosts")
    return next((row for entity in entities if (row := register.row(entity, key))), None) if key else None


def _spelt(texts: Iterable[str]) -> str:
    return " ".join(spelt for text in texts if text for spelt in sorted(spellings(text)))


def spellings(text: str) -> frozenset[str]:
    """Return a text in lower case without accents, its umlauts as two letters and as one."""
    lowered = unicodedata.normalize("NFC", text).casefold().replace("ß", "ss")
    return frozenset(_bare(each) for each in (lowered, lowered.translate(UMLAUTS)))


def _bare(text: str) -> str:
    parts = unicodedata.normalize("NFKD", text)
    return "".join(char for char in parts if not unicodedata.combining(char))


def filtered(rows: Iterable[RegisterRow], kind: EntityKind, wanted: dict[str, str]) -> list[RegisterRow]:
    """Return the rows whose columns have these texts; one of several ids in a column is enough.

    `district` is that in which a row lies. Raises `BuddyplanError` for an unknown column.
    """
    for name in wanted:
        if name != "district" and name not in kind.column:
            raise BuddyplanError(
                message("no_filter", column=name, allowed=allowed_are(tuple(sorted(kind.column))))
            )
    return [row for row in rows if all(_fits(row, kind, *each) for each in wanted.items())]


def _fits(row: RegisterRow, kind: EntityKind, name: str, text: str) -> bool:
    if name == "district" and name not in kind.column:
        return row.where is not None and row.where.district == text
    written = row.values.get(name) or kind.column[name].default
    return written == text or text in written.split()


def ordered(rows: Iterable[RegisterRow], kind: EntityKind, column: str) -> list[RegisterRow]:
    """Return rows sorted by a column (`-name`: backwards), then by id; empty cells come last.

    Raises `BuddyplanError` for an unknown column.
    """
    name = column.removeprefix("-")
    if name not in ("", "id", "changed_at") and name not in kind.column:
        raise BuddyplanError(
            message("no_filter", column=name, allowed=allowed_are(tuple(sorted(kind.column))))
        )
    by_id = sorted(rows, key=lambda row: row.id)
    if name in ("", "id"):
        return by_id[::-1] if column.startswith("-") else by_id
    filled = [row for row in by_id if name == "changed_at" or row.values.get(name)]
    empty = [row for row in by_id if not (name == "changed_at" or row.values.get(name))]
    return [*sorted(filled, key=lambda row: _rank(row, kind, name), reverse=column.startswith("-")), *empty]


def _rank(row: RegisterRow, kind: EntityKind, name: str) -> Any:
    if name == "changed_at":
        return row.version
    text = row.values[name]
    number = kind.column[name].kind.json in (int, float)
    return float(text) if number else min(spellings(text))
