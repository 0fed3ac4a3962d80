"""One row of the register: its values as files write them, and when and by whom it became so."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from data.model.findings import Finding
from data.model.problem import Point
from data.register.rows.kinds import KINDS, EntityKind
from data.tables.columns import COLUMNS
from data.tables.rows import Row, apply_default_week

Values = Mapping[str, str]
"""Texts by column, as the files of a programme write them; an empty cell has none."""


@dataclass(frozen=True)
class Whereabouts:
    """Where a row is: a point, and for a company its district (empty: outside all of them)."""

    point: Point
    district: str = ""


@dataclass(frozen=True, eq=False)
class RegisterRow:
    """A row by its entity and id.

    `values` holds all columns, personal ones and free texts too. `version` is the number of the change set
    that made it what it is, `position` its place in the order of entering.
    """

    entity: str
    id: str
    values: Values
    where: Whereabouts | None
    position: int
    version: int
    changed_at: datetime
    changed_by: str
    models: dict[object, Any] = field(default_factory=dict, repr=False)
    """What the row is in a problem, by what else that depends on; see `data.register.problem`."""

    @property
    def kind(self) -> EntityKind:
        """What the register knows of its entity."""
        return KINDS[self.entity]

    @cached_property
    def parsed(self) -> Mapping[str, Any]:
        """The value of every column of the files' table, shorthand at its emptiest."""
        return parsed(self.entity, self.values)

    def as_table_row(self, number: int, findings: list[Finding]) -> Row:
        """Return the row as the checks of tables take it, with a number that stands for it in findings."""
        row = Row(self.entity, number, dict(self.values), findings, key=self.id)
        for name, value in self.parsed.items():
            row[name] = value
        return row


def parsed(entity: str, values: Values) -> dict[str, Any]:
    """Return the value of every column of stored texts, all of which can be read."""
    row = Row(entity, 0, dict(values), [])
    columns = COLUMNS.get(entity, KINDS[entity].columns)
    for column in columns:
        row.read(column, column.fallback())
    if entity in ("buddies", "companies"):
        apply_default_week(row)
    if entity == "companies":
        row["visits_per_4_weeks"] = 0
    return {column.name: row[column.name] for column in columns}


def in_order(rows: Sequence[RegisterRow]) -> list[RegisterRow]:
    """Return rows in the order in which they were entered."""
    return sorted(rows, key=lambda row: (row.position, row.id))
