"""The values of rows as JSON: a model for each entity, made of its columns."""

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Annotated, Any

from fastapi.exceptions import RequestValidationError
from pydantic import AfterValidator, ConfigDict, Field, RootModel, ValidationError, create_model

from api.http.frame.schemas import Schema
from api.words.sentence import sentence
from data.base.errors import BuddyplanError
from data.base.message import message
from data.model.problem import Point
from data.register.rows.kinds import HOME, HOMES, KINDS, EntityKind
from data.register.rows.row import RegisterRow
from data.tables.column import Column
from data.tables.columns import COLUMNS

LONGEST_TEXT = 2000
SINGULAR = {
    "hosts": "Host", "buddies": "Buddy", "companies": "Company", "specialists": "Group", "care": "Care",
    "relations": "Relation", "requests": "Request", "appointments": "Appointment", "places": "Place",
    "availability": "Availability", "terms": "Term", "bases": "Base", "pins": "Pin", "bans": "Ban",
    "history": "Contact", "policy": "Policy",
}  # fmt: skip
"""What one row of each entity is called."""


class SentValues(RootModel[dict[str, str | int | float | bool | None]]):
    """Values by column, as the files have them; numbers and yes or no as such.

    Which columns an entity has is described by schemas such as `NewCompany` and `CompanyValues`.
    """


class RowShown(Schema):
    """A row with its values by column; `point` and `district` are found by its address."""

    entity: str = Field(examples=["companies"])
    id: str = Field(examples=["c0001"])
    version: int = Field(examples=[3], description="For If-Match")
    changed_at: datetime
    changed_by: str
    name: str = Field(description="Of the company, buddy, host or place; empty for other rows")
    point: Point | None = None
    district: str = Field(default="", examples=["15002"])
    values: dict[str, str | int | float | bool] = Field(examples=[{"employees": 24}])


@cache
def model_of(entity: str, new: bool) -> type[Schema]:
    """Return the model of an entity's values: of a row to enter with the files' shorthand, else without."""
    kind = KINDS[entity]
    columns = COLUMNS.get(entity, kind.columns) if new else kind.columns
    name = f"New{SINGULAR[entity]}" if new else f"{SINGULAR[entity]}Values"

    def describe(schema: dict[str, Any]) -> None:
        for column in columns:
            schema["properties"][column.name]["description"] = _meaning(column)

    config = ConfigDict(json_schema_extra=describe)
    base = type("Described", (Schema,), {"model_config": config, "__module__": __name__})
    fields: dict[str, Any] = {column.name: (_type(column) | None, None) for column in columns}
    return create_model(name, __base__=base, __doc__=NEW if new else VALUES, **fields)


def value_schemas() -> dict[str, Any]:
    """Return the schemas of the values of every entity, by name, for the description of the API."""
    models = [model_of(entity, new) for entity in KINDS for new in (True, False)]
    return {model.__name__: model.model_json_schema() for model in models}


VALUES = "Values by column; null clears one, and then its default holds. Texts are written as in the files."
NEW = "A row to enter, by the columns of the files; what is left out has its default."


def new_texts(entity: str, values: Mapping[str, Any]) -> dict[str, str]:
    """Return the values of a row to enter as texts; raises `RequestValidationError` for a wrong type."""
    return _texts(entity, model_of(entity, True), values)


def changed_texts(entity: str, values: Mapping[str, Any]) -> dict[str, str]:
    """Return the values that a change sets as texts, empty ones to clear a column; raises as `new_texts`."""
    return _texts(entity, model_of(entity, False), values)


def _texts(entity: str, model: type[Schema], values: Mapping[str, Any]) -> dict[str, str]:
    try:
        given = model.model_validate(values)
    except ValidationError as error:
        wrong = [each | {"loc": ("body", *each["loc"])} for each in error.errors()]
        raise RequestValidationError(wrong) from None
    columns = {column.name: column for column in COLUMNS.get(entity, KINDS[entity].columns)}
    sent = {name: getattr(given, name) for name in given.model_fields_set}
    return {name: "" if value is None else _text(columns[name], value) for name, value in sent.items()}


def values_json(kind: EntityKind, values: Mapping[str, str]) -> dict[str, Any]:
    """Return the texts of a row as JSON values."""
    return {name: _json(kind.column[name], text) for name, text in values.items()}


def shown(row: RegisterRow, with_home: bool) -> RowShown:
    """Return a row as it is answered; a buddy's home and deputies only to those who keep the buddy's rows."""
    hidden = HOME | {"deputies"} if row.entity in HOMES and not with_home else frozenset[str]()
    values = {name: text for name, text in row.values.items() if name not in hidden}
    return RowShown(
        entity=row.entity,
        id=row.id,
        version=row.version,
        changed_at=row.changed_at,
        changed_by=row.changed_by,
        name=row.values.get("name", ""),
        point=row.where.point if row.where and not (row.entity in HOMES and not with_home) else None,
        district=row.where.district if row.where else "",
        values=values_json(row.kind, values),
    )


def _type(column: Column) -> Any:
    if column.kind.json is str:
        return Annotated[str, Field(max_length=LONGEST_TEXT), AfterValidator(_one_line)]
    return column.kind.json


def _meaning(column: Column) -> str:
    about = f"{sentence(column.meaning, 'en')} ({column.kind.says})"
    return f"{about}; default: {column.default}" if column.default else about


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
