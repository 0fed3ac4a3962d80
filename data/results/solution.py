"""Results of the engines: a `Matching` and, for each buddy and week, a `WeekPlan`, each with its proof."""

from datetime import date
from functools import cached_property
from typing import Annotated

from pydantic import Field

from data.base.entity import UNLESS_GIVEN, Entity, content_hash
from data.base.ids import BuddyId, CompanyId, PlaceId, VisitId
from data.base.status import Status
from data.model.dated import OF_A_BASE
from data.model.policy import ObjectiveName
from data.model.vocabulary import CareMode, IsoWeek
from data.results.planned_contact import PlannedContact
from data.results.reason import Reason, VisitReason
from data.results.reason_text import AS_TEXT


class Exclusion(Entity):
    """Why one buddy cannot look after one company."""

    buddy: BuddyId
    reason: Reason


class Pair(Entity):
    """A company's main buddy, with the figures of the pair.

    `one_way_min` is base to company; `travel_min` the expected travel per four weeks; `care_min` the care
    minutes per four weeks; `common_languages` those shared at the required level.
    """

    company: CompanyId
    buddy: BuddyId
    one_way_min: int
    travel_min: int
    care_min: int
    common_languages: tuple[str, ...] = ()
    kept: bool = False
    pinned: bool = False
    exception: Reason | None = None


class Unassigned(Entity):
    """A company without a main buddy, and why; exclusions are the nearest misses first."""

    company: CompanyId
    reason: Reason
    buddies: tuple[Exclusion, ...] = ()


class Level(Entity):
    """One objective level: value when solved, bound, the limit for later levels, and final value.

    `gap_over` is the denominator of the gap: for `imbalance` the mean target; None: the value itself.
    """

    name: ObjectiveName
    value: int
    bound: int
    held_at: int
    final: int
    status: Status
    gap_over: Annotated[int, Field(ge=1)] | None = None

    @property
    def gap(self) -> float:
        """(value − bound) / `gap_over`, by default over max(1, value)."""
        return (self.value - self.bound) / (self.gap_over or max(1, self.value))


class Matching(Entity):
    """Each company's main buddy, with value, bound and reasons.

    `travel_estimate` names the version and hash of the estimate behind the pairs' `travel_min`. `funded` are
    the buddies that a budget pays for, None if it pays for all; the bound of `unserved` then holds for every
    choice within the budget, those of the other levels for this choice.
    """

    problem_hash: str
    travel_estimate: str = ""
    funded: tuple[BuddyId, ...] | None = UNLESS_GIVEN
    seed: int
    status: Status
    levels: tuple[Level, ...]
    pairs: tuple[Pair, ...]
    unassigned: tuple[Unassigned, ...] = ()

    @cached_property
    def hash(self) -> str:
        """Content hash of the whole matching, with reasons as texts: see `data.results.reason_text`."""
        return content_hash(self.model_dump(mode="json", by_alias=True, context=AS_TEXT))

    @cached_property
    def buddy_of(self) -> dict[str, str]:
        """Main buddy by company id."""
        return {pair.company: pair.buddy for pair in self.pairs}

    @cached_property
    def companies_of(self) -> dict[str, tuple[str, ...]]:
        """Company ids by buddy id, for buddies that have any."""
        found: dict[str, list[str]] = {}
        for pair in self.pairs:
            found.setdefault(pair.buddy, []).append(pair.company)
        return {buddy: tuple(companies) for buddy, companies in found.items()}


class Stop(Entity):
    """One visit or appointment on a day; `place` is a company or place id.

    `instead_of` is the main buddy of the company for whom another one makes the visit.
    """

    id: VisitId
    place: PlaceId
    mode: CareMode = CareMode.VISIT
    arrive: int
    start: int
    end: int
    instead_of: BuddyId | None = UNLESS_GIVEN


class Call(Entity):
    """A call or video that a week has time for, about a day of it; `instead_of` as in `Stop`."""

    id: VisitId
    company: CompanyId
    mode: CareMode
    day: date
    minutes: int
    instead_of: BuddyId | None = UNLESS_GIVEN


class Break(Entity):
    """A break or a time off, in minutes of its day."""

    start: int
    end: int


class DayRoute(Entity):
    """The stops of one day, from the base and back.

    `work_min` is start of shift to return, minus breaks and the times `off` duty between them. `base` is
    where it starts and ends, a place or another address of the buddy by id in travel times; empty: as usual.
    """

    leave: int
    back: int
    work_min: int
    travel_min: int
    distance_m: int
    stops: Annotated[tuple[Stop, ...], Field(min_length=1)]
    breaks: tuple[Break, ...] = ()
    off: Annotated[tuple[Break, ...], Field(exclude_if=lambda off: not off)] = ()
    base: Annotated[PlaceId, Field(exclude_if=lambda base: not base)] = ""

    @property
    def starts_at(self) -> str:
        """The place where the day starts and ends; empty at an address of the buddy's own."""
        return "" if OF_A_BASE in self.base else self.base


class Unplanned(Entity):
    """A visit that is not in the plan, and why; `place` is that of an appointment of no company."""

    id: VisitId
    company: CompanyId
    reason: VisitReason
    place: PlaceId | None = UNLESS_GIVEN

    @property
    def at(self) -> str:
        """Its company or, without one, its place; its id if neither is known (earlier versions)."""
        return self.company or self.place or self.id


class Taker(Entity):
    """A colleague who could take what clashes, or a visit whose buddy is away, at no cost but travel."""

    visit: VisitId
    buddy: BuddyId
    added_travel_min: int


class WeekPlan(Entity):
    """One buddy's ISO week: seven days (None: no visits), unplanned visits, and the proof.

    `calls` are the calls and videos that are made in addition to its routes, `remote_min` their minutes. In
    plans of earlier versions, whose `calls` are None, these are the minutes of all that are due.
    """

    buddy: BuddyId
    week: IsoWeek
    status: Status
    objective: int
    bound: int
    travel_min: int
    remote_min: int = 0
    calls: tuple[Call, ...] | None = UNLESS_GIVEN
    days: Annotated[tuple[DayRoute | None, ...], Field(min_length=7, max_length=7)]
    unplanned: tuple[Unplanned, ...] = ()
    clash: tuple[VisitId, ...] = ()
    takers: tuple[Taker, ...] = ()


class CadencePlan(Entity):
    """The week of each contact of one buddy within the horizon, with value and bound of that choice."""

    status: Status
    value: int
    bound: int
    contacts: tuple[PlannedContact, ...]


RULES = 2
"""The rules by which weeks are planned now; a higher number once weeks planned before may break them."""


class BuddyWeeks(Entity):
    """The weeks of one buddy, in order, and the cadence plan behind them, as in `weeks/<buddy>.json`."""

    buddy: BuddyId
    problem_hash: str
    matching_hash: str
    weeks: tuple[WeekPlan, ...]
    cadence: CadencePlan | None = None
    rules: Annotated[int, Field(exclude_if=lambda rules: rules == 1)] = 1
