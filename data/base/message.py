"""What is to be said: a code with typed fields; `api.words.sentence` makes a sentence of it at the edge."""

from dataclasses import dataclass
from enum import Enum


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
