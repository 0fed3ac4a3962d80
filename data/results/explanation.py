"""Why a matching is as it is: answers that were found, or confirmed, by solving again."""

from data.base.entity import Entity
from data.model.policy import ObjectiveName
from data.model.relation import Pin
from data.results.change import Change, ChangeKind
from data.results.solution import Reason


class Amount(Entity):
    """A number on one level of the objectives."""

    name: ObjectiveName
    value: int


class Resolved(Entity):
    """What solving again gave, beside the matching that is explained.

    `price` is by how much each level's value, when solved, grew (negative: fell). `displaced` are companies
    that lose their buddy to it and `gained` those that get one. `proved`: every level of both is optimal.
    """

    price: tuple[Amount, ...]
    displaced: tuple[str, ...] = ()
    gained: tuple[str, ...] = ()
    proved: bool


class Alternative(Entity):
    """Another buddy for a company that has one, and what it would cost to force that pair."""

    buddy: str
    resolved: Resolved


class WhyThisBuddy(Entity):
    """Why a company has its buddy.

    `worth` is what the pair adds to each level compared with giving the company to nobody. `runner_up` is the
    best of the `tried` alternatives of `eligible` ones; None: nobody else may, or can within all limits.
    """

    company: str
    buddy: str
    kept: bool
    pinned: bool
    worth: tuple[Amount, ...]
    runner_up: Alternative | None
    tried: int
    eligible: int


class Remedy(Entity):
    """Changes that were seen to serve a company, who serves it then, and what that does to the rest.

    Nothing smaller of the same kind serves it.
    """

    changes: tuple[Change, ...]
    buddy: str
    resolved: Resolved


class WhyNobody(Entity):
    """Why a company has no buddy, and the smallest changes that would serve it, one of each kind at most."""

    company: str
    reason: Reason
    remedies: tuple[Remedy, ...]


class RelationChange(Entity):
    """A present main relation that ends: the buddy before, the buddy after (None: nobody), and why."""

    company: str
    before: str
    after: str | None
    why: Reason


class Continuity(Entity):
    """Who changes, and what it would cost to change nobody.

    `price` is by how much each level's value would grow if every relation stayed whose pair is eligible;
    empty where none of those ends, None where limits allow no such matching.
    """

    changes: tuple[RelationChange, ...] = ()
    price: tuple[Amount, ...] | None = ()


class Hire(Entity):
    """One more buddy, and what solving again with that buddy gave; `base_at` is the company next door."""

    district: str
    sectors: tuple[str, ...]
    languages: tuple[str, ...]
    base_at: str
    resolved: Resolved


class HelperProposal(Entity):
    """A buddy who would speak to so many of a company's specialists whom nobody speaks to now."""

    company: str
    buddy: str
    languages: tuple[str, ...]
    specialists: int
    one_way_min: int


class CaseloadLimit(Entity):
    """A limit of one buddy's caseload: companies, care minutes or work minutes, the latter per four weeks."""

    buddy: str
    what: str
    at_most: int


class Clash(Entity):
    """What cannot hold together, though without any single one of these the rest can."""

    pins: tuple[Pin, ...] = ()
    limits: tuple[CaseloadLimit, ...] = ()
    max_changed_relations: int | None = None


class PairPrice(Entity):
    """What pinning or banning a pair would do to the whole matching; `kind` is `pin` or `ban`.

    `after` is who has the company then, None: nobody. `exception` is the first rule that the pin would set
    aside. `moved` are other companies that get another buddy. A pin is `refused` by a rule that holds against
    pins too; where no matching holds all limits there is no `resolved`, and `clash` says why if it was found.
    """

    kind: ChangeKind
    company: str
    buddy: str
    after: str | None = None
    exception: Reason | None = None
    refused: Reason | None = None
    clash: Clash | None = None
    resolved: Resolved | None = None
    moved: tuple[str, ...] = ()


class Explanations(Entity):
    """What a run explains of its own accord.

    The most urgent gaps, who changes, where one more buddy would help, and who could help with languages.
    """

    gaps: tuple[WhyNobody, ...] = ()
    continuity: Continuity = Continuity()
    hires: tuple[Hire, ...] = ()
    helpers: tuple[HelperProposal, ...] = ()
