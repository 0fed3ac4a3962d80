"""Fold what people write, so that spellings of one word are the same."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
BRACKETS = re.compile(r"[(\[{]([^)\]}]*)[)\]}]")
UNITS = {
    "min": "min", "minuten": "min", "minutes": "min", "mins": "min",
    "h": "h", "std": "h", "stunden": "h", "hours": "h",
    "m": "m", "meter": "m", "metern": "m", "metres": "m", "meters": "m",
    "km": "km", "kilometer": "km", "kilometern": "km", "kilometres": "km",
}  # fmt: skip
LAST_WORD = re.compile(r"(.*?\w)[\s,/]+(?:in\s+)?(\w+)\W*", re.IGNORECASE | re.DOTALL)


@lru_cache(maxsize=16_384)
def folded(text: str) -> str:
    """Return a word without case, blanks, signs and accents, umlauts written out; signs alone stay."""
    plain = unicodedata.normalize("NFC", text).casefold().translate(GERMAN)
    bare = unicodedata.normalize("NFKD", plain)
    return "".join(sign for sign in bare if sign.isalnum()) or plain.strip()


def without_umlauts(text: str) -> str:
    """Return the folded form of a word whose umlauts were lost: `Trager` for `Träger`."""
    bare = unicodedata.normalize("NFKD", text)
    return folded("".join(sign for sign in bare if not unicodedata.combining(sign)))


def header_forms(text: str) -> Iterator[tuple[str, str]]:
    """Yield the forms of a header with the unit that it names (`min`, `h`, `m`, `km` or none), closest first.

    They are the whole header, without what stands in brackets, and without a unit as its last word.
    """
    yield folded(text), ""
    bare = BRACKETS.sub(" ", text)
    if bare.strip() and bare != text:
        inside = (UNITS.get(folded(re.sub(r"^\s*in\s", "", each))) for each in BRACKETS.findall(text))
        yield folded(bare), next(filter(None, inside), "")
    if unit := _last_unit(text):
        match = LAST_WORD.fullmatch(text.strip())
        assert match
        yield folded(match[1]), unit


def _last_unit(text: str) -> str:
    match = LAST_WORD.fullmatch(text.strip())
    return UNITS.get(folded(match[2]), "") if match else ""
