"""The entities of a programme and the immutable `Problem` that the engines read.

Nothing here holds a name, an address or a contact: those are in `data.model.identity` and joined by id when
shown, so that a person can be erased without breaking a stored plan or its hash. Within a week, time is a
weekday (0 = Monday) and integer minutes after its midnight, local time.
"""

from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import Annotated, TypeVar

from pydantic import AwareDatetime, Field

from data.base.entity import UNLESS_ANY, UNLESS_GIVEN, Entity, content_hash
from data.base.ids import AnyId, BuddyId, CompanyId, DistrictKey, HostKey, PlaceId, VisitId
from data.model.canonical_order import rank
from data.model.history import Contact
from data.model.policy import Policy
from data.model.relation import Ban, Pin, Relation
from data.model.vocabulary import (
    CareMode,
    CompanyState,
    IsoWeek,
    LanguageLevel,
    Mandate,
    RequestKind,
    RequestState,
    Vehicle,
    Weeks,
    WeekWindows,
    Window,
)


class Point(Entity):
    """A point in WGS84 degrees, rounded to about a metre."""

    lat: Annotated[float, Field(ge=-90, le=90)]
    lon: Annotated[float, Field(ge=-180, le=180)]


class District(Entity):
    """A Landkreis or kreisfreie Stadt by its 5-digit official key, with the keys of its neighbours."""

    ags: Annotated[str, Field(pattern=r"^\d{5}$")]
    neighbours: tuple[str, ...] = ()


class Programme(Entity):
    """The area of one coordination office: a German state (for its holidays) and its districts.

    `reference` is the content hash of the reference data that the programme brings (None: it brings none), so
    that a problem read with other data is another problem.
    """

    id: str
    state: Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
    districts: tuple[District, ...] = ()
    reference: str | None = UNLESS_GIVEN


class Horizon(Entity):
    """The weeks to plan."""

    first_week: IsoWeek
    weeks: Annotated[int, Field(ge=1, le=53)] = 4


class Host(Entity):
    """An organisation that employs buddies; `cross_host` allows pairs with other hosts that also do so."""

    id: str
    kind: str = ""
    cross_host: bool = True
    grant_ref: str = ""
    grant_from: date | None = None
    grant_to: date | None = None


class Spoken(Entity):
    """A language (ISO 639-1) and the level at which a buddy speaks it."""

    language: Annotated[str, Field(pattern=r"^[a-z]{2}$")]
    level: LanguageLevel


class Buddy(Entity):
    """One job buddy. `shifts`: working windows of Monday to Sunday; care limits: minutes per four weeks.

    `deputies` stand in for the buddy, the first one that works: see `data.model.covers`.
    """

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


class SpecialistGroup(Entity):
    """Specialists at a company who share alternative languages; may be one person, so it is personal data."""

    company: CompanyId
    languages: tuple[str, ...]
    count: Annotated[int, Field(ge=1)] = 1
    arrived: date | None = None
    kind: Annotated[str, Field(pattern=r"^(specialist|apprentice)$")] = "specialist"


class Care(Entity):
    """Regular care of a company: `times` contacts of `minutes` in every period of `every_weeks`."""

    company: CompanyId
    mode: CareMode = CareMode.VISIT
    every_weeks: Annotated[int, Field(ge=1, le=26)] = 4
    times: Annotated[int, Field(ge=1, le=20)] = 1
    minutes: Annotated[int, Field(ge=1, le=600)] = 75


class Request(Entity):
    """One contact that is due at a company by a day."""

    id: str
    company: CompanyId
    kind: RequestKind
    raised: date
    due: date
    minutes: Annotated[int, Field(ge=1, le=600)] = 60
    state: RequestState = RequestState.OPEN


class Appointment(Entity):
    """A fixed start (aware datetime) and place; without named buddies, the company's own attends."""

    id: VisitId
    start: AwareDatetime
    minutes: Annotated[int, Field(ge=1, le=600)]
    place: PlaceId = ""
    kind: str = ""
    company: CompanyId = ""
    buddies: tuple[BuddyId, ...] = ()


class Place(Entity):
    """An authority, office or meeting place used by appointments."""

    id: PlaceId
    point: Point
    kind: str = ""


class Availability(Entity):
    """Opens or closes a buddy, company or place from `first` to `last` (inclusive); holds no reason.

    No weekdays: all of them. No hours: closes the whole day, or opens the usual hours of that weekday. Later
    rules override earlier ones.
    """

    who: AnyId
    first: date
    last: date
    weekdays: tuple[Annotated[int, Field(ge=0, le=6)], ...] = ()
    hours: Window | None = None
    weeks: Weeks = Weeks.ALL
    open: bool = False


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

    @cached_property
    def buddy(self) -> dict[str, Buddy]:
        """Buddies by id."""
        return {b.id: b for b in self.buddies}

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
        """Care by company id; every company has an entry."""
        return _by_company(self.companies, self.care)

    @cached_property
    def specialists_of(self) -> dict[str, tuple[SpecialistGroup, ...]]:
        """Specialist groups by company id; every company has an entry."""
        return _by_company(self.companies, self.specialists)

    @cached_property
    def rank(self) -> dict[str, int]:
        """Content-based rank of each buddy and company; see `data.model.canonical_order`."""
        return rank(self)

    @cached_property
    def hash(self) -> str:
        """Content hash of the whole problem, policy included."""
        return content_hash(self)


Row = TypeVar("Row", Care, SpecialistGroup)


def _by_company(companies: Iterable[Company], rows: Iterable[Row]) -> dict[str, tuple[Row, ...]]:
    grouped: dict[str, tuple[Row, ...]] = {company.id: () for company in companies}
    for row in rows:
        grouped[row.company] += (row,)
    return grouped
