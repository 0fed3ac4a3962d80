"""Text of one kind from every program: Unicode in its composed form (NFC), and no signs that nobody sees."""

import re
import unicodedata

_JOINING = "\u0600-\u1fff\u2600-\U0010ffff"
"""Scripts and emoji whose shape a joiner between two signs changes."""
UNSEEN = re.compile(
    "[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
    f"|(?<![{_JOINING}])[\u200c\u200d]|[\u200c\u200d](?![{_JOINING}])"
)
"""Control characters, blanks of no width and marks of direction; joiners where they join nothing."""


def composed(text: str) -> str:
    """Return a text in Unicode's composed form, so that one that looks the same is the same."""
    return unicodedata.normalize("NFC", text)


def unseen_in(text: str) -> tuple[str, ...]:
    """Return the code points of a text that nobody sees, each once, such as `U+200B`."""
    if text.isascii() and text.isprintable():  # most cells, and ten times as fast as looking for each sign
        return ()
    return tuple(dict.fromkeys(f"U+{ord(sign):04X}" for sign in UNSEEN.findall(text)))


def without_unseen(text: str) -> str:
    """Return a text without the signs that nobody sees."""
    if text.isascii() and text.isprintable():
        return text
    return composed(UNSEEN.sub("", text))
