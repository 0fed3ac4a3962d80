"""A message as it is stored and sent: its code, and its fields as JSON data."""

from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from data.base.entity import Entity
from data.base.message import Message, fields_json, message, message_of


class StoredMessage(Entity):
    """A code with its fields; a message within is an object with its own code and fields."""

    code: str
    fields: dict[str, Any] = Field(default_factory=dict)

    @property
    def said(self) -> Message:
        """The message."""
        return message_of(self.code, self.fields)


def stored(said: Message) -> StoredMessage:
    """Return a message to store."""
    return StoredMessage(code=said.code, fields=fields_json(said))


def _of_earlier(kept: object) -> object:
    return {"code": "as_stored", "fields": {"text": kept}} if isinstance(kept, str) else kept


KeptMessage = Annotated[StoredMessage, BeforeValidator(_of_earlier)]
"""A message in a file; a sentence that an earlier version kept there is said as it is."""


def message_text(said: Message | None) -> str:
    """Return a message as JSON, empty if there is none."""
    return stored(said).model_dump_json() if said else ""


def read_message(text: str) -> Message | None:
    """Return a message from its JSON; a sentence that an earlier version stored is said as it is."""
    if not text:
        return None
    if text.startswith("{"):
        return StoredMessage.model_validate_json(text).said
    return message("as_stored", text=text)
