"""The result of refining a matching by routed weeks."""

from typing import NamedTuple

from data.base.entity import Entity
from data.base.ids import BuddyId, CompanyId


class Routed(NamedTuple):
    """Totals over weeks: minutes of travel, visits planned, and the weight of those that are not."""

    travel_min: int
    planned: int
    left_out: int

    def __add__(self, other: object) -> "Routed":
        """Return the sum of both."""
        if not isinstance(other, Routed):
            return NotImplemented
        return Routed(*(one + more for one, more in zip(self, other, strict=True)))


class Reassigned(Entity):
    """A company that `refine` gave to another buddy."""

    company: CompanyId
    before: BuddyId
    after: BuddyId


class Refinement(Entity):
    """What refining a matching changed: expected travel per four weeks and routed weeks, before and after.

    `rounds` of exchanges were tried; `stopped` says what ended them early (seconds, work or cancelled), None
    if no further exchange was worth trying.
    """

    expected_before_min: int
    expected_min: int
    routed_before: Routed
    routed: Routed
    moved: tuple[Reassigned, ...]
    rounds: int
    stopped: str | None = None

    @property
    def saved_percent(self) -> float:
        """By how many percent travel in the routed weeks fell."""
        before = self.routed_before.travel_min
        return 100 * (before - self.routed.travel_min) / max(1, before)
