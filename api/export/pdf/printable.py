"""Replaces what no font can show."""

from collections.abc import Callable
from typing import Any
from unicodedata import category, normalize

MISSING = "□"
Fits = Callable[[str], bool]


def changed(told: Any, change: Callable[[str], str]) -> Any:
    """Return lists and dicts with each text in them changed."""
    if isinstance(told, dict):
        return {key: changed(value, change) for key, value in told.items()}
    if isinstance(told, list):
        return [changed(value, change) for value in told]
    return change(told) if isinstance(told, str) else told


def printable(text: str, fits: Fits) -> str:
    """Return a text with □ for each character that does not fit after those before it."""
    if fits(text):
        return text
    shown = ""
    for sign in text:
        shown += sign if fits(shown + sign) else MISSING
    return shown


def without_marks(text: str, fits: Fits) -> str:
    """Return a text without combining marks, with □ for each character that does not fit by itself.

    Whether a font has a mark depends on the letter below it, also where that is in the text before.
    """
    letters = (sign for sign in normalize("NFC", text) if not category(sign).startswith("M"))
    return "".join(sign if fits(sign) else MISSING for sign in letters)
