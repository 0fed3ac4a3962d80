"""Values as the register keeps them: in one notation, and readable; where a row is on the map."""

from collections.abc import Collection, Mapping
from typing import Any

from data.base.message import message
from data.geo.gazetteer import Gazetteer
from data.model.findings import Finding, meant
from data.model.problem import Point
from data.register.rows.kinds import EntityKind
from data.register.rows.row import Whereabouts
from data.tables.places import locate
from data.tables.rows import Row, apply_default_week


def read_values(
    kind: EntityKind, key: str, values: Mapping[str, str], number: int, findings: list[Finding]
) -> Row:
    """Return given values as a row that reports what cannot be read; `key` is the id of the row."""
    texts = {name: text.strip() for name, text in values.items() if text and text.strip()}
    row = Row(kind.name, number, texts, findings, key=key)
    for name in texts.keys() - kind.column.keys():
        remedy = meant(name, kind.column, message("columns_are", columns=tuple(kind.column)))
        row.error(name, message("no_such_column"), remedy)
    for column in kind.columns:
        row.read(column, column.fallback())
    if kind.name in ("buddies", "companies"):
        apply_default_week(row)
    return row


def canonical(kind: EntityKind, row: Row, as_they_are: Collection[str] = ()) -> dict[str, str]:
    """Return the filled cells of a row in the notation in which they are kept.

    A cell that cannot be read is left out, but for the columns that are to stay as they are.
    """
    written = {name for name in kind.column if row.written(name) and name not in row.broken}
    kept = {name: kind.column[name].kind.write(row[name]) for name in sorted(written)}
    broken = row.broken & kind.column.keys() & set(as_they_are)
    return kept | {name: row.written(name) for name in sorted(broken) if row.written(name)}


def whereabouts(kind: EntityKind, row: Row, gazetteer: Gazetteer) -> Whereabouts | None:
    """Return where a row is, None if it does not tell, which it then reports; a base at a place is there."""
    if kind.name == "bases" and row["place"]:
        return None
    point = locate(row, gazetteer)
    if point is None:
        return None
    return Whereabouts(point, district_of(kind, row, point, gazetteer))


def district_of(kind: EntityKind, row: Row, point: Point, gazetteer: Gazetteer) -> str:
    """Return the district of a company, empty for others; a company outside all of them reports it."""
    if kind.name != "companies":
        return ""
    district = gazetteer.district_of(point)
    if not district:
        column = "lat" if row.written("lat") else "town"
        row.warn(column, message("outside_districts"), message("check_place"))
    return district or ""


def same_value(kind: EntityKind, name: str, one: str, other: str) -> bool:
    """Return whether two texts of a column mean the same; an empty one means the default."""
    return one == other or _value(kind, name, one) == _value(kind, name, other)


def _value(kind: EntityKind, name: str, text: str) -> Any:
    column = kind.column[name]
    return column.kind.read(text) if text else column.fallback()
