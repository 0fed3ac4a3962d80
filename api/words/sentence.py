"""Sentences: what a message's code says in a language, with its fields filled in."""

import gettext
from collections.abc import Mapping
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from data.base.message import Message

FOLDER = Path(__file__).parent / "catalogues"
COUNT = "count"
"""The field that decides between singular and plural."""


def languages() -> tuple[str, ...]:
    """Return the languages that have a catalogue."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.po")))


def sentence(said: Message, language: str) -> str:
    """Return what a message says; a code that a catalogue lacks is shown as it is, with its fields."""
    fields = dict(said.fields)
    count = fields.get(COUNT)
    known = catalogue(language)
    if isinstance(count, int):
        from babel.numbers import format_decimal

        pattern = known.ngettext(said.code, said.code, count)
        fields[COUNT] = format_decimal(count, locale=language)
    else:
        pattern = known.gettext(said.code)
    if pattern == said.code:
        return str(said)
    return pattern.format_map({name: _shown(value, language) for name, value in fields.items()})


def has_sentence(said: Message, language: str) -> bool:
    """Return whether the catalogue of a language knows a code."""
    return bool(said.code) and catalogue(language).gettext(said.code) != said.code


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


def _shown(value: Any, language: str) -> str:
    """Return a field as text; a number stands as somebody would type it."""
    if isinstance(value, Message):
        return sentence(value, language)
    return ", ".join(_shown(each, language) for each in value) if isinstance(value, tuple) else str(value)


@cache
def catalogue(language: str) -> gettext.GNUTranslations:
    """Return the catalogue of a language; Babel is loaded when something is to be said."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with (FOLDER / f"{language}.po").open("rb") as file:
        read = read_po(file, locale=language, abort_invalid=True)
    compiled = BytesIO()
    write_mo(compiled, read)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
