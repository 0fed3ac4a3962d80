"""Text as every kind of file may hold it."""

import re

FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufeff\ufffe\uffff]")
"""What XML, HTML, PDF or calendars forbid or warn of: control characters but tab and line ends, byte order
marks, and code points that are no characters."""
OF_LINES = "\t\n\r"
_HALVES = re.compile("[\ud800-\udfff]")
"""Halves of a pair of UTF-16, which no text in UTF-8 holds."""


def writable(text: str) -> str:
    """Return a text without the characters that some kind of file forbids."""
    return FORBIDDEN.sub("", text)


def unwritable_in(text: str, lines: bool) -> tuple[str, ...]:
    """Return the code points of a text that it may not hold, each once, such as `U+0000`.

    Tabs and line ends are among them unless it may have several `lines`.
    """
    found = FORBIDDEN.findall(text) + _HALVES.findall(text)
    found += [] if lines else [sign for sign in text if sign in OF_LINES]
    return tuple(dict.fromkeys(f"U+{ord(sign):04X}" for sign in found))
