"""The calls and videos that a buddy's week has time for; those that it has not are told as not planned.

They come before visits in the minutes of the week, since no day of work is needed for them alone.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from data.base.status import AWAY, ReasonCode
from data.model.vocabulary import CareMode
from data.results.reason import VisitReason
from scheduling.cadence.choose import DueVisit


@dataclass(frozen=True)
class WeekCalls:
    """The calls of one week that are made, and those that are not, by id."""

    made: tuple[DueVisit, ...] = ()
    left: tuple[DueVisit, ...] = ()

    @property
    def minutes(self) -> int:
        """The minutes of the calls that are made."""
        return sum(call.minutes for call in self.made)


def calls_of(due: Iterable[DueVisit], room_min: int, works: bool) -> WeekCalls:
    """Return which calls a week makes: those that are possible and fit, the weightiest first.

    None is made in a week without a day on which the buddy works.
    """
    made, left = list[DueVisit](), list[DueVisit]()
    calls = [visit for visit in due if visit.mode is not CareMode.VISIT]
    for call in sorted(calls, key=lambda call: (-call.weight, call.id)):
        fits = works and call.possible and call.minutes <= room_min
        (made if fits else left).append(call)
        room_min -= call.minutes if fits else 0
    return WeekCalls(*(tuple(sorted(some, key=lambda call: call.id)) for some in (made, left)))


def why_not_made(call: DueVisit, buddy: str, away: Iterable[ReasonCode | None], works: bool) -> VisitReason:
    """Return why a call is not made: its week is full, or it has no day, and why the buddy is away then."""
    if works and call.possible:
        return VisitReason(code=ReasonCode.WEEK_FULL)
    found = set(away)
    code = next((why for why in AWAY if why in found), None)
    return VisitReason(code=code or ReasonCode.NO_DAY_OPEN, away=buddy if code else "")
