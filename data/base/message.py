"""What is to be said: a code with typed fields; `api.words.sentence` makes a sentence of it at the edge."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any


@dataclass(frozen=True)
class Message:
    """A code, and its fields by name: texts and numbers as they are, lists of ids, or a part of its own."""

    code: str
    fields: "tuple[tuple[str, Value], ...]" = ()

    def __str__(self) -> str:
        """Return code and fields, for logs and for those who read an error without a catalogue."""
        return " ".join((self.code, *(f"{name}={value}" for name, value in self.fields)))


Value = str | int | float | tuple[str, ...] | Message | tuple[Message, ...]


def message(code: str, /, **fields: object) -> Message:
    """Return what a code says with these fields; a path, a date or an error becomes its text."""
    return Message(code, tuple((name, _plain(value)) for name, value in fields.items()))


def _plain(value: object) -> Value:
    if isinstance(value, Enum):
        return str(value.value)
    return value if isinstance(value, str | int | float | tuple | Message) else str(value)


def fields_json(said: Message) -> dict[str, Any]:
    """Return a message's fields as JSON data; a message inside is an object with its code and fields."""
    return {name: _json(value) for name, value in said.fields}


def message_of(code: str, fields: Mapping[str, Any]) -> Message:
    """Return the message that `fields_json` was made of."""
    return Message(code, tuple((name, _value(value)) for name, value in fields.items()))


def _json(value: Any) -> Any:
    if isinstance(value, Message):
        return {"code": value.code, "fields": fields_json(value)}
    return [_json(each) for each in value] if isinstance(value, tuple) else value


def _value(value: Any) -> Any:
    if isinstance(value, dict):
        return message_of(value["code"], value["fields"])
    return tuple(map(_value, value)) if isinstance(value, list) else value
