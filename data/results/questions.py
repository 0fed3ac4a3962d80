"""Answers of seconds: who can take a company on, what an absence hits, what a change makes possible."""

from datetime import date

from data.base.entity import Entity
from data.base.ids import BuddyId, CompanyId, PlaceId, VisitId
from data.model.vocabulary import CareMode, IsoWeek
from data.results.explanation import Amount
from data.results.promise import PromiseState
from data.results.reason import ExcludedBuddies, Measured, Reason
from data.results.solution import Exclusion, Unassigned


class CaseloadUse(Entity):
    """One part of a buddy's caseload with the company: `used` of at most `most`."""

    measured: Measured
    used: int
    most: int


class FirstVisit(Entity):
    """When a buddy could visit a company first, solved among all that is planned in that week.

    `published`: against the published week with its promises; otherwise against the free hours of a week that
    is not published yet.
    """

    week: IsoWeek
    day: date
    start_min: int
    added_travel_min: int
    published: bool


class Candidate(Entity):
    """A buddy who can take a company on. `price` is the increase of each level's value (negative: decrease),
    `levels` are the values then, both in the policy's order.

    `exception` is the rule that a pin overrides.
    """

    buddy: BuddyId
    price: tuple[Amount, ...]
    levels: tuple[Amount, ...]
    caseload: tuple[CaseloadUse, ...]
    common_languages: tuple[str, ...]
    one_way_min: int
    travel_min: int
    exception: Reason | None = None
    first_visit: FirstVisit | None = None


class Candidates(Entity):
    """Who can take a company on while all other main relations of a day stay, the best first.

    `levels` are the values as things are, with the company's buddy of that day if there is one (`present`).
    `changing` companies get another buddy besides. `excluded` counts the other buddies by reason, `nearest`
    are the nearest misses among them.
    """

    company: CompanyId
    day: date
    present: BuddyId = ""
    levels: tuple[Amount, ...]
    possible: int
    candidates: tuple[Candidate, ...]
    changing: int = 0
    excluded: tuple[ExcludedBuddies, ...]
    nearest: tuple[Exclusion, ...]


class Successor(Entity):
    """Who follows at a company of a buddy who leaves.

    `price` is the increase of each level's value against no buddy (negative: decrease), as the policy orders.
    """

    company: CompanyId
    buddy: BuddyId
    price: tuple[Amount, ...]
    common_languages: tuple[str, ...]
    one_way_min: int
    travel_min: int


class JointVisit(Entity):
    """When a buddy who leaves and the successor could both be at a company: minutes of a day."""

    company: CompanyId
    buddy: BuddyId
    day: date
    start_min: int
    minutes: int


class Successions(Entity):
    """Who follows a buddy who leaves after `day`: successors, and the companies that nobody can take.

    `visits` are joint ones before that, at most one a company; `proved`: no other choice is better by the
    levels.
    """

    buddy: BuddyId
    day: date
    successors: tuple[Successor, ...]
    without: tuple[Unassigned, ...]
    visits: tuple[JointVisit, ...] = ()
    proved: bool


class PairOf(Entity):
    """A buddy and a company."""

    company: CompanyId
    buddy: BuddyId


class Takeable(Entity):
    """Companies without a buddy: how many there are, how many of them somebody has room for, each by itself
    (`alone`), and how many at once (`together`, chosen to leave the least weight unserved).
    """

    without_buddy: int
    alone: int
    together: int
    proved: bool


class Possible(Entity):
    """What a change would make possible: companies without a buddy that somebody could take before and after,
    and the pairs that become eligible or stop being so.

    `gained` and `lost` companies are those that somebody has room for only after, or only before. Of
    companies and pairs the first are named, all are counted.
    """

    before: Takeable
    after: Takeable
    gained_count: int
    gained: tuple[CompanyId, ...]
    lost_count: int
    lost: tuple[CompanyId, ...]
    eligible_count: int
    eligible: tuple[PairOf, ...]
    excluded_count: int
    excluded: tuple[PairOf, ...]


class StandIn(Entity):
    """Who could stand in on a day: by a `dated` cover of the company, else with so many minutes free."""

    buddy: BuddyId
    day: date
    free_min: int
    dated: bool


class HitVisit(Entity):
    """A published visit or appointment of an absent buddy, in minutes of its day."""

    id: VisitId
    company: CompanyId
    place: PlaceId
    day: date
    start_min: int
    end_min: int
    stand_ins: tuple[StandIn, ...] = ()


class HitAppointment(Entity):
    """An appointment with a fixed time that an absent buddy attends, published or not."""

    id: VisitId
    company: CompanyId
    place: PlaceId
    day: date
    start_min: int
    minutes: int
    stand_ins: tuple[StandIn, ...] = ()


class HitPromise(Entity):
    """A window that a company was told of, and how it answered."""

    visit: VisitId
    company: CompanyId
    day: date
    from_min: int
    to_min: int
    state: PromiseState


class BrokenRhythm(Entity):
    """A contact that is no longer possible within its drift: at best on `day`, `overdue_days` too late.

    Not `possible`: on no day of the horizon. `request` is empty for regular care.
    """

    company: CompanyId
    mode: CareMode
    request: str
    day: date
    overdue_days: int
    possible: bool
    stand_ins: tuple[StandIn, ...] = ()


class GroupArriving(Entity):
    """A group that is in its first weeks during an absence, until `last`."""

    company: CompanyId
    count: int
    arrived: date
    last: date
    stand_ins: tuple[StandIn, ...] = ()


class FewPresent(Entity):
    """A day on which an absence leaves fewer buddies in a district than the policy asks for."""

    district: str
    day: date
    present: int
    least: int


class AbsenceEffects(Entity):
    """What an absence of a buddy hits; nothing is changed."""

    buddy: BuddyId
    first: date
    last: date
    visits: tuple[HitVisit, ...]
    appointments: tuple[HitAppointment, ...]
    promises: tuple[HitPromise, ...]
    rhythms: tuple[BrokenRhythm, ...]
    groups: tuple[GroupArriving, ...]
    few_present: tuple[FewPresent, ...] = ()
