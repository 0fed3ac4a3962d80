"""Events that disrupt a published plan, and the result of planning again."""

import datetime
from typing import Annotated, Any, Literal, Self

from pydantic import AwareDatetime, Field, model_validator

from data.base.entity import UNLESS_GIVEN, Entity
from data.base.ids import BuddyId, CompanyId, VisitId
from data.results.promise import Promise
from data.results.solution import BuddyWeeks, Unplanned

FROM_PLAN: Any = Field(default="", description="Taken from the plan")


class Cancelled(Entity):
    """A visit or appointment that will not take place."""

    kind: Literal["cancelled"] = "cancelled"
    visit: VisitId
    company: CompanyId = FROM_PLAN


class Missed(Entity):
    """A visit at which nobody was there: it stays due, and its time is spent."""

    kind: Literal["missed"] = "missed"
    visit: VisitId
    company: CompanyId = FROM_PLAN


class Urgent(Entity):
    """An urgent new visit; `due` is its last day."""

    kind: Literal["urgent"] = "urgent"
    id: VisitId
    company: CompanyId
    minutes: Annotated[int, Field(ge=1, le=600)] = 60
    due: datetime.date


class Moved(Entity):
    """A visit requested for another time of its week: on `date`, starting from `from_min` to `to_min`.

    The same buddy makes it; the window stays valid in later re-plannings until a later event changes the
    visit.
    """

    kind: Literal["moved"] = "moved"
    visit: VisitId
    company: CompanyId = FROM_PLAN
    date: datetime.date
    from_min: Annotated[int, Field(ge=0, le=1440)]
    to_min: Annotated[int, Field(ge=0, le=1440)]

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.from_min > self.to_min:
            raise ValueError(f"the window ends at {self.to_min}, before it begins at {self.from_min}")
        return self


class Away(Entity):
    """A buddy who does not work from `first` to `last`, inclusive; holds no reason."""

    kind: Literal["away"] = "away"
    buddy: BuddyId
    first: datetime.date
    last: datetime.date

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.first > self.last:
            raise ValueError(f"the absence ends on {self.last}, before it begins on {self.first}")
        return self


class Late(Entity):
    """A buddy who is delayed: free so many minutes later than planned, or than now."""

    kind: Literal["late"] = "late"
    buddy: BuddyId
    minutes: Annotated[int, Field(ge=1, le=600)]


class HandedOver(Entity):
    """A visit that another buddy makes from now on, as the company's new main buddy; its promise stays."""

    kind: Literal["handed_over"] = "handed_over"
    visit: VisitId
    company: CompanyId = FROM_PLAN
    buddy: BuddyId


Disruption = Annotated[
    Cancelled | Missed | Urgent | Moved | Away | Late | HandedOver, Field(discriminator="kind")
]


class Cover(Entity):
    """A visit made by a colleague; the company's main relation does not change."""

    visit: VisitId
    company: CompanyId
    buddy: BuddyId
    instead_of: BuddyId


class BrokenPromise(Entity):
    """A promise that the new plan breaks: day and minute of the new start, None if not planned.

    For a moved visit it is the requested window, if the visit could not be planned in it.
    """

    promise: Promise
    start: tuple[datetime.date, int] | None = None


class Replanning(Entity):
    """One re-planning: the moment and the events known then, the plans it started from, and what it breaks.

    `before` are the published weeks of every buddy whose plan may have changed. `proved` says that no plan of
    these weeks leaves out less weight, or the same weight with fewer broken promises. `unplaced` are other
    visits that the new weeks leave out and the old ones did not, such as urgent and missed ones; None in
    older records.
    """

    moment: AwareDatetime
    disruptions: tuple[Disruption, ...]
    promises: tuple[Promise, ...] = ()
    before: tuple[BuddyWeeks, ...] = ()
    covers: tuple[Cover, ...] = ()
    broken: tuple[BrokenPromise, ...] = ()
    proved: bool = False
    unplaced: tuple[Unplanned, ...] | None = UNLESS_GIVEN
