"""Ids of new rows that bring none: companies count on from the last one, other rows within their company."""

import re
from collections.abc import Iterable, Mapping

from data.base.ids import OWNED
from data.register.rows.kinds import EntityKind
from data.register.rows.register import Register

LETTERS = {
    "hosts": "h", "buddies": "b", "companies": "c", "places": "p", "requests": "r", "appointments": "t",
}  # fmt: skip
DIGITS = 4
TOGETHER = {"pins": ("pins", "bans"), "bans": ("pins", "bans")}
"""Entities whose rows are counted together: a pin that becomes a ban keeps its id."""


class Keys:
    """The next free id of each kind, while a change set is made."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._last: dict[tuple[str, str], int] = {}

    def next(self, kind: EntityKind, values: Mapping[str, str]) -> str:
        """Return the id of a new row with these values."""
        if kind.owner:
            prefix = values.get(kind.owner, "") + OWNED
            return f"{prefix}{self._count(kind.name, prefix)}"
        letter = LETTERS[kind.name]
        return f"{letter}{self._count(kind.name, letter):0{DIGITS}d}"

    def _count(self, entity: str, prefix: str) -> int:
        together = TOGETHER.get(entity, (entity,))
        entity = together[0]
        if (entity, "") not in self._last:
            self._last[entity, ""] = 0
            for each in together:
                self._read(entity, self._register.rows[each])
        self._last[entity, prefix] = self._last.get((entity, prefix), 0) + 1
        return self._last[entity, prefix]

    def taken(self, entity: str, key: str) -> None:
        """Count an id that a new row brings itself."""
        self._count_in(entity, key)

    def _read(self, entity: str, keys: Iterable[str]) -> None:
        for key in keys:
            self._count_in(entity, key)

    def _count_in(self, entity: str, key: str) -> None:
        if match := re.fullmatch(r"(.*?)(\d{1,9})", key):
            at = (entity, match[1])
            self._last[at] = max(self._last.get(at, 0), int(match[2]))
