"""Why a matching is as it is: explanations found, or confirmed, by solving again."""

from data.base.entity import Entity
from data.base.ids import BuddyId, CompanyId
from data.model.policy import ObjectiveName
from data.model.relation import Pin
from data.results.change import Change, ChangeKind
from data.results.reason import Reason


class Amount(Entity):
    """An amount at one objective level."""

    name: ObjectiveName
    value: int


class Resolved(Entity):
    """The result of solving again, compared with the matching that is explained.

    `price` is the increase of each level's value (negative: decrease). `displaced` are companies that lose
    their buddy and `gained` those that get one. `proved`: every level of both solutions is optimal.
    """

    price: tuple[Amount, ...]
    displaced: tuple[CompanyId, ...] = ()
    gained: tuple[CompanyId, ...] = ()
    proved: bool


class Alternative(Entity):
    """Another buddy for a company that has one, and the cost of forcing that pair."""

    buddy: BuddyId
    resolved: Resolved


class WhyThisBuddy(Entity):
    """Why a company has its buddy.

    `worth` is what the pair adds to each level compared with leaving the company without a buddy. `runner_up`
    is the best of the `tried` alternatives out of `eligible` ones; None if nobody else is possible within all
    limits.
    """

    company: CompanyId
    buddy: BuddyId
    kept: bool
    pinned: bool
    worth: tuple[Amount, ...]
    runner_up: Alternative | None
    tried: int
    eligible: int


class Remedy(Entity):
    """Changes that were confirmed to serve a company, its buddy then, and the effect on all others.

    No smaller change of the same kind serves it.
    """

    changes: tuple[Change, ...]
    buddy: BuddyId
    resolved: Resolved


class WhyNobody(Entity):
    """Why a company has no buddy, and the smallest changes that would serve it, at most one of each kind."""

    company: CompanyId
    reason: Reason
    remedies: tuple[Remedy, ...]


class RelationChange(Entity):
    """A current main relation that ends: the buddy before, the buddy after (None: nobody), and why."""

    company: CompanyId
    before: BuddyId
    after: BuddyId | None
    why: Reason


class Continuity(Entity):
    """Which relations change, and what it would cost to change none.

    `price` is the increase of each level's value if every relation with an eligible pair stayed; empty if
    none of those ends, None if limits allow no such matching.
    """

    changes: tuple[RelationChange, ...] = ()
    price: tuple[Amount, ...] | None = ()


class Hire(Entity):
    """One more buddy, and the result of solving again with that buddy, based at company `base_at`."""

    district: str
    sectors: tuple[str, ...]
    languages: tuple[str, ...]
    base_at: CompanyId
    resolved: Resolved


class HelperProposal(Entity):
    """A buddy who could speak to so many of a company's specialists who have nobody to speak to now."""

    company: CompanyId
    buddy: BuddyId
    languages: tuple[str, ...]
    specialists: int
    one_way_min: int


class CaseloadLimit(Entity):
    """A limit of one buddy's caseload: companies, care minutes or work minutes (minutes per four weeks)."""

    buddy: BuddyId
    what: str
    at_most: int


class Clash(Entity):
    """A minimal set of conflicting conditions: without any one of them the others can be met."""

    pins: tuple[Pin, ...] = ()
    limits: tuple[CaseloadLimit, ...] = ()
    max_changed_relations: int | None = None


class PairPrice(Entity):
    """The effect of pinning or banning a pair on the whole matching; `kind` is `pin` or `ban`.

    `after` is the company's buddy then, None if it has none. `exception` is the first rule that the pin would
    override. `moved` are other companies that get another buddy. A pin is `refused` by a rule that applies to
    pins too. If no matching meets all limits, there is no `resolved`, and `clash` gives the reason if one was
    found.
    """

    kind: ChangeKind
    company: CompanyId
    buddy: BuddyId
    after: BuddyId | None = None
    exception: Reason | None = None
    refused: Reason | None = None
    clash: Clash | None = None
    resolved: Resolved | None = None
    moved: tuple[CompanyId, ...] = ()


class Explanations(Entity):
    """The explanations that every run computes.

    They are the most urgent gaps, relations that change, where one more buddy would help, and who could help
    with languages.
    """

    gaps: tuple[WhyNobody, ...] = ()
    continuity: Continuity = Continuity()
    hires: tuple[Hire, ...] = ()
    helpers: tuple[HelperProposal, ...] = ()
