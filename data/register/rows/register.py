"""The register of one programme at one moment: immutable, so that it can be shared and compared."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property

from data.model.policy import Policy
from data.register.rows.kinds import KINDS, OWNERS
from data.register.rows.policy import POLICY, policy_in
from data.register.rows.row import RegisterRow

Rows = Mapping[str, RegisterRow]
BEFORE_ALL = datetime(1970, 1, 1, tzinfo=UTC)
Key = tuple[str, str]
"""An entity and the id of one of its rows."""


@dataclass(frozen=True, eq=False)
class Register:
    """All rows of a programme by entity and id, as the change set of a number left them (0: none yet)."""

    programme: str
    number: int
    change_set: str
    rows: Mapping[str, Rows]

    @cached_property
    def policy(self) -> Policy:
        """The programme's policy; the usual one as long as nothing of it was changed."""
        row = self.row(POLICY, POLICY)
        return policy_in(row.values)[0] if row else Policy()

    def of(self, entity: str) -> Iterable[RegisterRow]:
        """Return the rows of an entity."""
        return self.rows[entity].values()

    def row(self, entity: str, key: str) -> RegisterRow | None:
        """Return a row by its id, None if there is none."""
        return self.rows[entity].get(key)

    def is_stored(self, entity: str, key: str) -> bool:
        """Return whether a row was entered once: the usual policy is there without."""
        row = self.row(entity, key)
        return row is not None and row.version > 0

    @cached_property
    def last_position(self) -> int:
        """The place of the row that was entered last, 0 if there is none."""
        return max((row.position for rows in self.rows.values() for row in rows.values()), default=0)

    def about(self, keys: Collection[str]) -> list[RegisterRow]:
        """Return the rows that belong to some companies, buddies or places: care, relations, availability, …

        They are looked for anew each time: an index would have to be made for every change.
        """
        return [
            row
            for entity, owner in OWNERS.items()
            for row in self.of(entity)
            if row.values[owner] in keys or row.values.get("buddy", "") in keys
        ]

    def naming(self, keys: Collection[Key]) -> list[RegisterRow]:
        """Return the rows that name some others in one of their columns."""
        return [
            row
            for kind in KINDS.values()
            for column in kind.columns
            if (ids := {key for entity, key in keys if entity in column.refers})
            for row in self.of(kind.name)
            if not ids.isdisjoint(row.values.get(column.name, "").split())
        ]

    def with_rows(
        self, number: int, change_set: str, changed: Iterable[RegisterRow], removed: Iterable[Key]
    ) -> "Register":
        """Return the register with some rows entered or changed and others gone."""
        made, gone = tuple(changed), tuple(removed)
        touched = {*(row.entity for row in made), *(entity for entity, _ in gone)}
        rows = {entity: dict(self.rows[entity]) for entity in touched}
        for entity, key in gone:
            rows[entity].pop(key, None)
        for row in made:
            rows[row.entity][row.id] = row
        return Register(self.programme, number, change_set, {**self.rows, **rows})


def empty(programme: str) -> Register:
    """Return a register without rows, but for the policy, of which everything is as usual."""
    rows: dict[str, Rows] = {entity: {} for entity in KINDS}
    rows[POLICY] = {POLICY: RegisterRow(POLICY, POLICY, {"id": POLICY}, None, 0, 0, BEFORE_ALL, "")}
    return Register(programme, 0, "", rows)
