"""Types of ids: a field says by its type whose id it holds, so what a reader may not see is found by type.

A text of any other type is never taken for an id, even if somebody has named a company like a level.
"""

from enum import Enum
from typing import Annotated, Any, get_args


class IdOf(Enum):
    """What an id names."""

    BUDDY = "buddy"
    COMPANY = "company"
    PLACE = "place"
    VISIT = "visit"
    ANYONE = "anyone"


BuddyId = Annotated[str, IdOf.BUDDY]
CompanyId = Annotated[str, IdOf.COMPANY]
PlaceId = Annotated[str, IdOf.PLACE]
"""Of a company or of another place."""
VisitId = Annotated[str, IdOf.VISIT]
AnyId = Annotated[str, IdOf.ANYONE]
"""Of a buddy or of a company."""


OWNED = "~"
"""Between the id of a company, buddy or place and the number of a row of the register that belongs to it; no
id of theirs has it."""


class KeyOf(Enum):
    """What a key names that is nobody's id, so that no reader is kept from it."""

    HOST = "host"
    DISTRICT = "district"
    SECTOR = "sector"
    LANGUAGE = "language"


HostKey = Annotated[str, KeyOf.HOST]
DistrictKey = Annotated[str, KeyOf.DISTRICT]
SectorKey = Annotated[str, KeyOf.SECTOR]
"""A section of WZ 2008 or a longer code."""
LanguageCode = Annotated[str, KeyOf.LANGUAGE]
"""ISO 639-1."""


def id_kind(annotation: Any, metadata: list[Any]) -> IdOf | None:
    """Return whose id, or whose ids, a field of this type holds; None: it holds none."""
    for mark in metadata:
        if isinstance(mark, IdOf):
            return mark
    for inner in get_args(annotation):
        if found := id_kind(inner, list(getattr(inner, "__metadata__", ()))):
            return found
    return None
