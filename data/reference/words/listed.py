"""Take cells apart that list languages, levels, groups and sectors in words."""

import re
from collections.abc import Iterator

from data.reference.words.values import LEVELS, SURE_LEVEL, language_meant, sector_meant, word_meant

OR = re.compile(r"\s+(?:oder|or|bzw\.?)\s+", re.IGNORECASE)
AND = re.compile(r"\s+(?:und|and|&)\s+", re.IGNORECASE)
LEVELLED = re.compile(r"(\b[ABCabc][12]\b\)?|[;|\n])[\s,;/|]*")
"""Ends a language in a list: its level, or a sign; becomes a comma."""
WITH_LEVEL = re.compile(r"(.*?)[\s:(–-]*(?:\b([ABCabc][12])\b\s*\)?)?\W*", re.DOTALL)


def _split(text: str) -> list[str]:
    return [item for item in re.split(r"[\s,;|]+", text) if item]


def sectors_in(text: str) -> list[str]:
    """Split codes and names of sectors; between names stands more than a blank."""
    if not re.search(r"[^\W\d_]{2}", text):
        return _split(text)
    if sector_meant(text):
        return [text]
    parts = [part.strip() for part in re.split(r"[,;|/\n]+", text) if part.strip()]
    return [item for part in parts for item in ([part] if re.search(r"[^\W\d_]{2}", part) else _split(part))]


def languages_in(text: str) -> list[str]:
    """Split languages, of which some have names of several words: the longest that are known."""
    words, found = _split(OR.sub(" ", text).replace("/", " ")), []
    while words:
        length = next((n for n in (3, 2) if n <= len(words) and language_meant(" ".join(words[:n]))), 1)
        found.append(" ".join(words[:length]))
        words = words[length:]
    return found


def with_levels(text: str) -> Iterator[tuple[str, str, bool]]:
    """Yield each language with its level (empty: none given), and whether the level is certain."""
    plain = _split(re.sub(r"\s*:\s*", ":", text))
    if all(re.fullmatch(r"[^\W\d_]{2,3}(:\w+)?", item) for item in plain):
        yield from ((code, level.upper(), True) for code, _, level in (item.partition(":") for item in plain))
        return
    parts = LEVELLED.sub(r"\1,", AND.sub(", ", text)).split(",")
    for part in (part for part in parts if part.strip(" ;/|&+-()")):
        match = WITH_LEVEL.fullmatch(part.strip())
        assert match
        name, level = match[1], (match[2] or "").upper()
        if level:
            yield name, level, True
            continue
        first, *others = re.split(r"[\s:()–-]+", name.strip(" ()")) or [name]
        word = word_meant(LEVELS, " ".join(others))
        yield (first, word, word == SURE_LEVEL) if word else (name.strip(" :()-"), "", True)


def counted(text: str) -> Iterator[tuple[str, str]]:
    """Yield the languages of each group with its number as it is written."""
    joined = re.sub(r"\s*([:/])\s*", r"\1", OR.sub("/", text)).strip(" ,;|")
    plain = re.split(r"[\s,;|]+", joined)
    if not any(re.search(r"[^\W\d_]{3}|^\d|^\(", item) for item in plain):
        for item in plain:
            languages, colon, count = item.partition(":")
            yield languages, count or ("-" if colon else "")
        return
    for part in (part.strip() for part in re.split(r"[,;|\n+]|\s(?:und|and|&)\s", joined) if part.strip()):
        if match := re.fullmatch(r"(\d+)\s*(?:[x×]|mal)?\s*(\D+)", part):
            yield match[2], match[1]
            continue
        pieces = re.findall(
            r"([^\d:(×]+?)[\s:(×x=-]*(\d+)\)?(?:\s*(?:Personen|Pers\.?|people))?|([^\d:(]+)$", part
        )
        for languages, count, alone in pieces or [(part, "", "")]:
            yield (languages or alone).strip(" )"), count
