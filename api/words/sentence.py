"""Sentences: what a message's code says in a language, with its fields filled in."""

from typing import Any

from api.words.catalogue import has_text
from api.words.speaker import COUNT, Speaker
from data.base.message import Message


def sentence(said: Message, language: str) -> str:
    """Return what a message says; a code that a catalogue lacks is shown as it is, with its fields."""
    fields = {name: value if name == COUNT else _shown(value, language) for name, value in said.fields}
    filled = Speaker(language).filled(said.code, fields)
    return str(said) if filled is None else filled


def has_sentence(said: Message, language: str) -> bool:
    """Return whether the catalogue of a language knows a code."""
    return has_text(said.code, language)


def _shown(value: Any, language: str) -> str:
    """Return a field as text; a number stands as somebody would type it, a truth value as yes or no."""
    if isinstance(value, Message):
        return sentence(value, language)
    if isinstance(value, tuple):
        between = "; " if any(isinstance(each, Message) for each in value) else ", "
        return between.join(_shown(each, language) for each in value)
    if isinstance(value, bool):
        return Speaker(language).t("yes" if value else "no")
    return str(value)
