"""One column of a table: how its cells are read; type, limits and default are those of the entity's field."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any, get_args

from pydantic.fields import FieldInfo

from data.base.entity import Entity
from data.base.ids import IdOf, id_kind
from data.base.message import Message, message
from data.tables.cells import ID, IDS, TEXT, YES_NO, Kind, whole, words
from data.tables.times import DATE

ANYONE = ("buddies", "companies", "places")
REFERS: dict[IdOf | None, tuple[str, ...]] = {
    IdOf.BUDDY: ("buddies",),
    IdOf.COMPANY: ("companies",),
    IdOf.PLACE: ANYONE,
    IdOf.ANYONE: ANYONE,
}
"""The tables whose ids a field of such a type holds."""


@dataclass(frozen=True)
class Column:
    """One column: its kind, and the default text for an empty cell.

    `needed` columns must exist and be filled. `refers` names the files whose ids the cell holds. `about` says
    which sentence of the catalogues is its meaning: usually `table.column`.
    """

    name: str
    kind: Kind
    default: str = ""
    needed: bool = False
    refers: tuple[str, ...] = ()
    about: str = ""

    @property
    def meaning(self) -> Message:
        """What the column says about a row."""
        return message(f"meaning_{self.about}")

    def fallback(self) -> Any:
        """Return the value of an empty cell."""
        return self.kind.read(self.default) if self.default else self.kind.empty


def table_of(table: str, *columns: Column) -> tuple[Column, ...]:
    """Return the columns of a table, each with the code of its meaning."""
    return tuple(replace(each, about=each.about or f"{table}.{each.name}") for each in columns)


def column_of(
    entity: type[Entity],
    name: str,
    kind: Kind | None = None,
    *,
    column: str = "",
    unit: str = "",
    highest: int | None = None,
    refers: tuple[str, ...] = (),
) -> Column:
    """Return the column of an entity's field, of the same name unless `column` says another.

    A field without a default is needed. `kind` is for cells with a notation of their own; above `highest`
    a number is taken for a typing error where the entity itself has no upper limit.
    """
    field = entity.model_fields[name]
    kind = kind or _kind(field, unit, highest)
    default = "" if field.is_required() or not _said(field.default) else kind.write(field.default)
    whose = id_kind(field.annotation, field.metadata) if name != "id" else None
    return Column(column or name, kind, default, field.is_required(), refers or REFERS.get(whose, ()))


def _said(default: Any) -> bool:
    return default not in (None, "", ())


def _kind(field: FieldInfo, unit: str, highest: int | None) -> Kind:
    """Return how the cells of a field's type are read."""
    inner = [each for each in get_args(field.annotation) if each is not type(None)]
    plain = field.annotation if field.annotation and not inner else inner[0]
    if id_kind(field.annotation, field.metadata):
        return IDS if inner else ID
    if plain is bool:
        return YES_NO
    if plain is date:
        return DATE
    if isinstance(plain, type) and issubclass(plain, StrEnum):
        return words(plain)
    if plain is str:
        return TEXT
    low, high = (_limit(field, sign) for sign in ("ge", "le"))
    return whole(low or 0, high if highest is None else highest, unit)


def _limit(field: FieldInfo, sign: str) -> Any:
    """Return the lowest (`ge`) or highest (`le`) value of a field; None: it has no such limit."""
    marks = [*field.metadata]
    for inner in get_args(field.annotation):
        for mark in getattr(inner, "__metadata__", ()):
            marks += mark.metadata if isinstance(mark, FieldInfo) else [mark]
    return next((getattr(mark, sign) for mark in marks if hasattr(mark, sign)), None)
