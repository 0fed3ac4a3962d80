"""The entities of a programme and the immutable `Problem` that the engines read.

Nothing here holds a name, an address or a contact: those are in `data.model.identity` and joined by id when
shown, so that a person can be erased without breaking a stored plan or its hash. Within a week, time is a
weekday (0 = Monday) and integer minutes after its midnight, local time.
"""

from datetime import date, timedelta
from functools import cached_property
from typing import Annotated

from pydantic import Field

from data.base.dates import parse_week
from data.base.entity import UNLESS_ANY, UNLESS_GIVEN, Entity, content_hash
from data.base.ids import BuddyId, CompanyId, DistrictKey, HostKey, PlaceId
from data.model.canonical_order import rank
from data.model.dated import (
    OF_A_BASE,
    Appointment,
    Availability,
    Term,
    active_within,
    busiest,
    by_company,
    lasts,
    overriding,
    terms_by_buddy,
    tightest,
)
from data.model.history import Contact
from data.model.policy import Policy
from data.model.programme import Host, Programme
from data.model.relation import Ban, Pin, Relation
from data.model.vocabulary import (
    CareMode,
    CompanyState,
    IsoWeek,
    Mandate,
    RequestKind,
    RequestState,
    Spoken,
    Vehicle,
    WeekWindows,
)


class Point(Entity):
    """A point in WGS84 degrees, rounded to about a metre."""

    lat: Annotated[float, Field(ge=-90, le=90)]
    lon: Annotated[float, Field(ge=-180, le=180)]


class Horizon(Entity):
    """The weeks to plan."""

    first_week: IsoWeek
    weeks: Annotated[int, Field(ge=1, le=53)] = 4

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last day."""
        first = parse_week(self.first_week)
        return first, first + timedelta(days=7 * self.weeks - 1)


class Buddy(Entity):
    """One job buddy. `shifts`: hours of Monday to Sunday; care: minutes per 4 weeks; `deputies` in order."""

    id: BuddyId
    base: Point
    host: HostKey = ""
    mandate: Mandate = Mandate.EITHER
    districts: tuple[DistrictKey, ...] = ()
    sectors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    languages: tuple[Spoken, ...] = ()
    shifts: WeekWindows
    week_work_min: Annotated[int, Field(ge=0)] = 2400
    max_days_per_week: Annotated[int, Field(ge=0, le=7)] = 5
    desk_work_min: Annotated[int, Field(ge=0)] = 0
    max_companies: Annotated[int, Field(ge=0)] = 25
    min_care_min: Annotated[int, Field(ge=0)] = 0
    max_care_min: Annotated[int, Field(ge=0)] = 6000
    max_one_way_min: Annotated[int, Field(ge=0)] | None = None
    vehicle: Vehicle = Vehicle.CAR
    employed_from: date | None = None
    employed_to: date | None = None
    deputies: tuple[BuddyId, ...] = UNLESS_ANY

    def speaking(self, spoken: Spoken) -> "Buddy":
        """Return the buddy with a language at this level, whatever it was before; languages are in order."""
        others = (each for each in self.languages if each.language != spoken.language)
        return self.replace(languages=tuple(sorted((*others, spoken), key=lambda each: each.language)))


class Company(Entity):
    """One site of a small or medium company; `opening` are the hours in which it can be visited."""

    id: CompanyId
    point: Point
    district: DistrictKey = ""
    host: HostKey = ""
    enterprise: str = ""
    sector: str = ""
    tags: tuple[str, ...] = ()
    employees: Annotated[int, Field(ge=0)] = 0
    priority: Annotated[int, Field(ge=1, le=5)] = 3
    state: CompanyState = CompanyState.ACTIVE
    opening: WeekWindows
    paused_from: date | None = UNLESS_GIVEN
    paused_until: date | None = UNLESS_GIVEN
    ended_on: date | None = UNLESS_GIVEN


class SpecialistGroup(Entity):
    """Specialists at a company who share alternative languages; may be one person, so it is personal data."""

    company: CompanyId
    languages: tuple[str, ...]
    count: Annotated[int, Field(ge=1)] = 1
    arrived: date | None = None
    kind: Annotated[str, Field(pattern=r"^(specialist|apprentice)$")] = "specialist"
    until: date | None = UNLESS_GIVEN


class Care(Entity):
    """Regular care of a company: `times` contacts of `minutes` in every period of `every_weeks`."""

    company: CompanyId
    mode: CareMode = CareMode.VISIT
    every_weeks: Annotated[int, Field(ge=1, le=26)] = 4
    times: Annotated[int, Field(ge=1, le=20)] = 1
    minutes: Annotated[int, Field(ge=1, le=600)] = 75
    since: date | None = UNLESS_GIVEN
    until: date | None = UNLESS_GIVEN


class Request(Entity):
    """One contact that is due at a company by a day."""

    id: str
    company: CompanyId
    kind: RequestKind
    raised: date
    due: date
    minutes: Annotated[int, Field(ge=1, le=600)] = 60
    state: RequestState = RequestState.OPEN


class Place(Entity):
    """An authority, office or meeting place used by appointments."""

    id: PlaceId
    point: Point
    kind: str = ""


class Base(Entity):
    """Where a buddy starts and ends the days that it holds for: a place, or a point of its own.

    No weekdays: all of them. Of several for one day that begun last holds, then that of fewer weekdays.
    """

    buddy: BuddyId
    since: date | None = None
    until: date | None = None
    weekdays: tuple[Annotated[int, Field(ge=0, le=6)], ...] = ()
    place: PlaceId = ""
    point: Point | None = None


class Problem(Entity):
    """Everything the engines need to know about a programme, and nothing else.

    Collections are sorted by id, so that the order of rows in a file does not matter.
    """

    programme: Programme
    horizon: Horizon
    policy: Policy = Policy()
    hosts: tuple[Host, ...] = ()
    buddies: tuple[Buddy, ...]
    companies: tuple[Company, ...]
    specialists: tuple[SpecialistGroup, ...] = ()
    care: tuple[Care, ...] = ()
    relations: tuple[Relation, ...] = ()
    requests: tuple[Request, ...] = ()
    appointments: tuple[Appointment, ...] = ()
    places: tuple[Place, ...] = ()
    availability: tuple[Availability, ...] = ()
    pins: tuple[Pin, ...] = ()
    bans: tuple[Ban, ...] = ()
    history: tuple[Contact, ...] = ()
    terms: tuple[Term, ...] = UNLESS_ANY
    bases: tuple[Base, ...] = UNLESS_ANY

    @cached_property
    def buddy(self) -> dict[str, Buddy]:
        """Buddies by id."""
        return {b.id: b for b in self.buddies}

    @cached_property
    def limits(self) -> dict[str, Buddy]:
        """Buddies by id with the lowest limits that hold on any day of the horizon, terms included."""
        first, last = self.horizon.days
        held = terms_by_buddy(self.terms)
        return {b.id: tightest(b, held[b.id], first, last) if b.id in held else b for b in self.buddies}

    @cached_property
    def base_nodes(self) -> list[tuple[str, Base]]:
        """The bases, each with its id in travel times, in the order in which they override."""
        ordered = sorted(self.bases, key=overriding)
        return [(b.place or f"{b.buddy}{OF_A_BASE}{content_hash(b.point)[:8]}", b) for b in ordered]

    def start(self, buddy: str, day: date) -> str:
        """Return where a buddy starts and ends on a day, by id in travel times; usually the buddy's own."""
        found = buddy
        for node, base in self.base_nodes if self.bases else ():
            if base.buddy == buddy and lasts(base, day, day) and day.weekday() in (base.weekdays or range(7)):
                found = node
        return found

    @cached_property
    def company(self) -> dict[str, Company]:
        """Companies by id."""
        return {c.id: c for c in self.companies}

    @cached_property
    def place(self) -> dict[str, Place]:
        """Places by id."""
        return {p.id: p for p in self.places}

    @cached_property
    def host(self) -> dict[str, Host]:
        """Hosts by id."""
        return {h.id: h for h in self.hosts}

    @cached_property
    def care_of(self) -> dict[str, tuple[Care, ...]]:
        """Care by company id, as far as it holds on a day of the horizon; every company has an entry."""
        days = self.horizon.days
        return by_company(self.company, (row for row in self.care if lasts(row, *days)))

    @cached_property
    def busiest_care_of(self) -> dict[str, tuple[Care, ...]]:
        """The care that holds together on a day of the horizon, at its most; every company has an entry."""
        days = self.horizon.days
        return {key: busiest(rows, *days) for key, rows in self.care_of.items()}

    @cached_property
    def specialists_of(self) -> dict[str, tuple[SpecialistGroup, ...]]:
        """Specialist groups by company id, without those that had left; every company has an entry."""
        first, _ = self.horizon.days
        there = (row for row in self.specialists if row.until is None or row.until >= first)
        return by_company(self.company, there)

    @cached_property
    def active(self) -> frozenset[str]:
        """The companies that are looked after on a day of the horizon."""
        days = self.horizon.days
        return frozenset(company.id for company in self.companies if active_within(company, *days))

    @cached_property
    def rank(self) -> dict[str, int]:
        """Content-based rank of each buddy and company; see `data.model.canonical_order`."""
        return rank(self)

    @cached_property
    def hash(self) -> str:
        """Content hash of the whole problem, policy included."""
        return content_hash(self)
