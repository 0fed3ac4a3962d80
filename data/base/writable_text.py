"""Text as every kind of file may hold it."""

import re

FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufeff\ufffe\uffff]")
"""What XML, HTML, PDF or calendars forbid or warn of: control characters but tab and line ends, byte order
marks, and code points that are no characters."""


def writable(text: str) -> str:
    """Return a text without the characters that some kind of file forbids."""
    return FORBIDDEN.sub("", text)
