"""One column of a table: how its cells are read; type, limits and default are those of the entity's field."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from pydantic.fields import FieldInfo

from data.base.entity import Entity
from data.base.field_types import highest, holds_several, lowest, names, plain_type
from data.base.ids import IdOf, KeyOf
from data.base.message import Message, message
from data.tables.cells import ID, IDS, TEXT, YES_NO, Kind, whole, words
from data.tables.times import DATE

ANYONE = ("buddies", "companies", "places")
REFERS: dict[IdOf | KeyOf | None, tuple[str, ...]] = {
    KeyOf.HOST: ("hosts",),
    IdOf.BUDDY: ("buddies",),
    IdOf.COMPANY: ("companies",),
    IdOf.PLACE: ANYONE,
    IdOf.ANYONE: ANYONE,
}
"""The tables whose ids a field of such a type holds."""
KINDS = {str: TEXT, bool: YES_NO, date: DATE}


@dataclass(frozen=True)
class Column:
    """One column: its kind, and the default text for an empty cell.

    `needed` columns must exist and be filled. `refers` names the files whose ids the cell holds. `about` says
    which sentence of the catalogues is its meaning: usually `table.column`. `field` is that of the entity.
    """

    name: str
    kind: Kind
    default: str = ""
    needed: bool = False
    refers: tuple[str, ...] = ()
    about: str = ""
    field: str = ""

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
    most: int | None = None,
) -> Column:
    """Return the column of an entity's field, of the same name unless `column` says another.

    A field without a default is needed. `kind` is for cells with a notation of their own; above `most`
    a number is taken for a typing error where the entity itself has no upper limit.
    """
    field = entity.model_fields[name]
    kind = kind or _kind(field, unit, most)
    default = "" if field.is_required() or not _said(field.default) else kind.write(field.default)
    refers = REFERS.get(names(field), ()) if name != "id" else ()
    return Column(column or name, kind, default, field.is_required(), refers, field=name)


def _said(default: Any) -> bool:
    return default not in (None, "", ())


def _kind(field: FieldInfo, unit: str, most: int | None) -> Kind:
    """Return how the cells of a field's type are read."""
    plain = plain_type(field)
    if names(field):
        return IDS if holds_several(field) else ID
    if issubclass(plain, StrEnum):
        return words(plain)
    if plain in KINDS:
        return KINDS[plain]
    top = highest(field) if most is None else most
    if top is None:
        raise ValueError("a column of numbers needs a highest one, by its field or by `most`")
    return whole(lowest(field) or 0, top, unit)
