"""Ids as file names: on every file system another file for another id, and never outside the folder."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable

SAFE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,59}")
RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)
"""What Windows takes for a device, whatever its ending."""
SPELT_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"})


def file_stems(ids: Iterable[str]) -> dict[str, str]:
    """Return for each id a file name without ending; no two differ in case only.

    A plain id names its own file. One with other signs, or one that differs from another in case only, is
    written in plain signs and gets `~` with ten signs of its hash; `~` stands in no plain id.
    """
    keys = sorted(set(ids))
    folded = Counter(key.casefold() for key in keys)
    return {key: key if _is_plain(key) and folded[key.casefold()] == 1 else _with_hash(key) for key in keys}


def _is_plain(key: str) -> bool:
    return bool(SAFE.fullmatch(key)) and not RESERVED.fullmatch(key)


def _with_hash(key: str) -> str:
    readable = re.sub(r"[^A-Za-z0-9]+", "_", key.translate(SPELT_OUT)).strip("_")[:40]
    return f"{readable or 'id'}~{hashlib.sha256(key.encode()).hexdigest()[:10]}"
