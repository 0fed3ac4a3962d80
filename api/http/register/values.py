"""The values of rows as JSON: a model for each entity, made of its columns."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Annotated, Any

from pydantic import AfterValidator, Field, create_model

from api.http.frame.schemas import Schema
from api.words.sentence import sentence
from data.base.errors import BuddyplanError
from data.base.message import message
from data.model.problem import Point
from data.register.kinds import HOME, KINDS, EntityKind
from data.register.row import RegisterRow
from data.tables.column import Column
from data.tables.columns import COLUMNS

LONGEST_TEXT = 2000
SINGULAR = {
    "hosts": "Host", "buddies": "Buddy", "companies": "Company", "specialists": "Group", "care": "Care",
    "relations": "Relation", "requests": "Request", "appointments": "Appointment", "places": "Place",
    "availability": "Availability", "pins": "Pin", "bans": "Ban", "history": "Contact", "policy": "Policy",
}  # fmt: skip
"""What one row of each entity is called."""


class RowShown(Schema):
    """What every row says besides its values; `point` and `district` are found by its address."""

    id: str = Field(examples=["c0001"])
    version: int = Field(examples=[3], description="For If-Match")
    changed_at: datetime
    changed_by: str
    name: str = Field(description="Of the company, buddy, host or place; empty for other rows")
    point: Point | None = None
    district: str = Field(default="", examples=["15002"])


@dataclass(frozen=True)
class Models:
    """The models of one entity: the values as shown and changed, those of a new row, and a row as shown."""

    values: type[Schema]
    new: type[Schema]
    row: type[RowShown]


@cache
def models_of(entity: str) -> Models:
    """Return the models of an entity."""
    kind, name = KINDS[entity], SINGULAR[entity]
    values = create_model(f"{name}Values", __base__=Schema, __doc__=VALUES, **_fields(kind.columns))
    columns = COLUMNS.get(entity, kind.columns)
    new = create_model(f"New{name}", __base__=Schema, __doc__=NEW, **_fields(columns))
    row = create_model(f"{name}Row", __base__=RowShown, __doc__=f"One row of {entity}.", values=(values, ...))
    return Models(values, new, row)


VALUES = "Values by column; null clears one, and then its default holds. Texts are written as in the files."
NEW = "A row to enter, by the columns of the files; what is left out has its default."


def texts_of(entity: str, given: Schema) -> dict[str, str]:
    """Return the values that a request sets as texts of files; empty ones clear their column."""
    columns = {column.name: column for column in COLUMNS.get(entity, KINDS[entity].columns)}
    sent = {name: getattr(given, name) for name in given.model_fields_set}
    return {name: "" if value is None else _text(columns[name], value) for name, value in sent.items()}


def values_json(kind: EntityKind, values: Mapping[str, str]) -> dict[str, Any]:
    """Return the texts of a row as JSON values."""
    return {name: _json(kind.column[name], text) for name, text in values.items()}


def shown(row: RegisterRow, with_home: bool) -> RowShown:
    """Return a row as it is answered; a buddy's home only to those who keep the buddy's rows."""
    models = models_of(row.entity)
    hidden = HOME if row.entity == "buddies" and not with_home else frozenset[str]()
    values = {name: text for name, text in row.values.items() if name not in hidden}
    return models.row(
        id=row.id,
        version=row.version,
        changed_at=row.changed_at,
        changed_by=row.changed_by,
        name=row.values.get("name", ""),
        point=row.where.point if row.where and not (row.entity == "buddies" and not with_home) else None,
        district=row.where.district if row.where else "",
        values=models.values(**values_json(row.kind, values)),  # type: ignore[call-arg]
    )


def _fields(columns: tuple[Column, ...]) -> dict[str, Any]:
    return {column.name: (_type(column) | None, _field(column)) for column in columns}


def _type(column: Column) -> Any:
    if column.kind.json is str:
        return Annotated[str, Field(max_length=LONGEST_TEXT), AfterValidator(_one_line)]
    return column.kind.json


def _field(column: Column) -> Any:
    about = f"{sentence(column.meaning, 'en')} ({column.kind.says})"
    return Field(default=None, description=f"{about}; default: {column.default}" if column.default else about)


def _one_line(text: str) -> str:
    if any(not char.isprintable() for char in text):
        raise BuddyplanError(message("not_one_line"))
    return text


def _text(column: Column, value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, float) and column.kind.decimals else str(value)


def _json(column: Column, text: str) -> Any:
    if column.kind.json is bool:
        return column.kind.read(text)
    return column.kind.json(text)
