"""The vocabulary of a programme: enumerations and small types that carry units."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from data.base.entity import Entity

Minute = Annotated[int, Field(ge=0, le=1440)]
"""Minutes after midnight."""
Window = tuple[Minute, Minute]
"""A closed interval of minutes within one day."""
WeekWindows = Annotated[tuple[tuple[Window, ...], ...], Field(min_length=7, max_length=7)]
"""The windows of each day from Monday to Sunday; empty means closed."""
IsoWeek = Annotated[str, Field(pattern=r"^\d{4}-W\d{2}$")]
"""An ISO week such as `2026-W48`."""


class Mandate(StrEnum):
    """Which criteria put a company in a buddy's mandate."""

    SECTOR = "sector"
    REGION = "region"
    EITHER = "either"
    BOTH = "both"


class LanguageLevel(StrEnum):
    """CEFR level; compare with `rank`."""

    A1 = "A1"
    A2 = "A2"
    B1 = "B1"
    B2 = "B2"
    C1 = "C1"
    C2 = "C2"

    @property
    def rank(self) -> int:
        """0 for A1 up to 5 for C2."""
        return list(LanguageLevel).index(self)


class Vehicle(StrEnum):
    """How a buddy travels."""

    CAR = "car"
    TRANSIT = "transit"
    BIKE = "bike"


class CompanyState(StrEnum):
    """Only active companies are looked after."""

    PROSPECT = "prospect"
    ACTIVE = "active"
    PAUSED = "paused"
    ENDED = "ended"


class CareMode(StrEnum):
    """Only a visit is a stop on a route; calls and videos take minutes of the week."""

    VISIT = "visit"
    CALL = "call"
    VIDEO = "video"


class RelationRole(StrEnum):
    """The role of a buddy towards a company."""

    MAIN = "main"
    COVER = "cover"
    LANGUAGE = "language"


class RequestKind(StrEnum):
    """Why a contact is due."""

    FIRST_VISIT = "first_visit"
    FOLLOW_UP = "follow_up"
    URGENT = "urgent"
    AUTHORITY = "authority"


class RequestState(StrEnum):
    """Only open requests are planned."""

    OPEN = "open"
    DONE = "done"
    WITHDRAWN = "withdrawn"


class AbsenceState(StrEnum):
    """Only confirmed absences and openings count; a buddy asks, a coordinator confirms or declines."""

    ASKED = "asked"
    CONFIRMED = "confirmed"
    DECLINED = "declined"


class Outcome(StrEnum):
    """How a contact ended; only `done` counts as a contact, but the hours of a no-show still count."""

    DONE = "done"
    NO_SHOW = "no_show"
    CANCELLED_COMPANY = "cancelled_company"
    CANCELLED_BUDDY = "cancelled_buddy"
    MOVED = "moved"


class Weeks(StrEnum):
    """The ISO weeks in which an availability rule applies, by week number."""

    ALL = "all"
    ODD = "odd"
    EVEN = "even"


class Spoken(Entity):
    """A language (ISO 639-1) and the level at which a buddy speaks it."""

    language: Annotated[str, Field(pattern=r"^[a-z]{2}$")]
    level: LanguageLevel
