"""Ids as file names: a different file for each id on every file system, and never outside the folder."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable

SAFE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,59}")
RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)
"""Names that Windows takes for a device, whatever their extension."""
SPELT_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"})


def file_stems(ids: Iterable[str]) -> dict[str, str]:
    """Return for each id a file name without extension; no two differ only in case.

    A plain id is its own file name. An id with other characters, or one that differs from another only in
    case, is written in plain characters and gets `~` with ten characters of its hash; no plain id contains
    `~`.
    """
    keys = sorted(set(ids))
    folded = Counter(key.casefold() for key in keys)
    return {key: key if _is_plain(key) and folded[key.casefold()] == 1 else _with_hash(key) for key in keys}


def _is_plain(key: str) -> bool:
    return bool(SAFE.fullmatch(key)) and not RESERVED.fullmatch(key)


def _with_hash(key: str) -> str:
    readable = re.sub(r"[^A-Za-z0-9]+", "_", key.translate(SPELT_OUT)).strip("_")[:40]
    return f"{readable or 'id'}~{hashlib.sha256(key.encode()).hexdigest()[:10]}"
