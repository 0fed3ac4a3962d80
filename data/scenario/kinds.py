"""A scenario: a named list of changes to a problem, as text that people can write and compare.

Nobody edits a copy of the problem by hand: `data.scenario.apply` applies a scenario, reports what is wrong
with it, and undoes it.
"""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import Field

from data.base.entity import Entity, content_hash
from data.base.ids import BuddyId, CompanyId
from data.model.vocabulary import IsoWeek, LanguageLevel, WeekWindows

Percent = Annotated[int, Field(ge=0, le=1000)]
SomeBuddies = Annotated[tuple[BuddyId, ...], Field(min_length=1)]
SomeCompanies = Annotated[tuple[CompanyId, ...], Field(min_length=1)]
Fields = Mapping[str, Any]
"""Fields of an entity with their new values, as JSON."""


class AddBuddies(Entity):
    """New buddies modelled on an existing one, or without `like` on defaults, with some fields changed.

    They are called `id`-1, `id`-2 and so on. Without `like` their base is the middle of the district, by
    travel to its companies, and the district is their mandate.
    """

    kind: Literal["add_buddies"] = "add_buddies"
    id: Annotated[str, Field(min_length=1)]
    count: Annotated[int, Field(ge=1, le=200)] = 1
    district: str = ""
    like: BuddyId = ""
    fields: Fields = Field(default_factory=dict)


class RemoveBuddies(Entity):
    """Buddies to remove, with all that refers to them."""

    kind: Literal["remove_buddies"] = "remove_buddies"
    buddies: SomeBuddies


class ChangeBuddies(Entity):
    """Buddies with changed fields."""

    kind: Literal["change_buddies"] = "change_buddies"
    buddies: SomeBuddies
    fields: Fields


class AddCompanies(Entity):
    """New companies in a district, spread like the existing ones, each with care and specialists.

    They are called `id`-1, `id`-2 and so on, and are drawn with `seed`, so that they are the same every time.
    """

    kind: Literal["add_companies"] = "add_companies"
    id: Annotated[str, Field(min_length=1)]
    count: Annotated[int, Field(ge=1, le=2000)] = 1
    district: str
    sector: str = ""
    host: str = ""
    languages: tuple[str, ...] = ()
    specialists: Annotated[int, Field(ge=0, le=1000)] = 2
    every_weeks: Annotated[int, Field(ge=1, le=26)] = 4
    minutes: Annotated[int, Field(ge=1, le=600)] = 75
    seed: int = 0


class RemoveCompanies(Entity):
    """Companies to remove, with all that refers to them."""

    kind: Literal["remove_companies"] = "remove_companies"
    companies: SomeCompanies


class ChangeCompanies(Entity):
    """Companies with changed fields."""

    kind: Literal["change_companies"] = "change_companies"
    companies: SomeCompanies
    fields: Fields


class Absence(Entity):
    """Buddies who are away for some weeks: named ones, or the first `count` of a host by id."""

    kind: Literal["absence"] = "absence"
    buddies: tuple[BuddyId, ...] = ()
    host: str = ""
    count: Annotated[int, Field(ge=1)] = 1
    first_week: IsoWeek
    weeks: Annotated[int, Field(ge=1, le=53)] = 1


class HostLeaves(Entity):
    """A host, or its grant, drops out: its buddies are removed, its companies belong to no host."""

    kind: Literal["host_leaves"] = "host_leaves"
    host: str


class ContractHours(Entity):
    """Contract hours and caseload limits scaled to a percentage, for all buddies or for some."""

    kind: Literal["contract_hours"] = "contract_hours"
    percent: Percent
    buddies: tuple[BuddyId, ...] = ()
    host: str = ""


class CareNeed(Entity):
    """Care minutes scaled to a percentage, such as 125 or 75."""

    kind: Literal["care_need"] = "care_need"
    percent: Annotated[int, Field(ge=1, le=1000)]


class CallShare(Entity):
    """Turn a percentage of the regular visits into calls, spread evenly over the companies."""

    kind: Literal["call_share"] = "call_share"
    percent: Annotated[int, Field(ge=0, le=100)]


class Opening(Entity):
    """New opening hours from Monday to Sunday, for all companies or for some."""

    kind: Literal["opening"] = "opening"
    hours: WeekWindows
    companies: tuple[CompanyId, ...] = ()


class Travel(Entity):
    """Travel times scaled to a percentage, such as 120 in winter."""

    kind: Literal["travel"] = "travel"
    percent: Annotated[int, Field(ge=1, le=1000)]


class Learns(Entity):
    """Buddies who learn a language to a level."""

    kind: Literal["learns"] = "learns"
    buddies: SomeBuddies
    language: Annotated[str, Field(pattern=r"^[a-z]{2}$")]
    level: LanguageLevel = LanguageLevel.B1


class Budget(Entity):
    """A yearly budget for all buddies together; those it does not pay for look after nobody."""

    kind: Literal["budget"] = "budget"
    cents_per_year: Annotated[int, Field(ge=0)]


class PolicyChange(Entity):
    """Changed fields of the policy; `objectives` may be names alone, in their new order."""

    kind: Literal["policy"] = "policy"
    fields: Fields


ScenarioChange = Annotated[
    AddBuddies
    | RemoveBuddies
    | ChangeBuddies
    | AddCompanies
    | RemoveCompanies
    | ChangeCompanies
    | Absence
    | HostLeaves
    | ContractHours
    | CareNeed
    | CallShare
    | Opening
    | Travel
    | Learns
    | Budget
    | PolicyChange,
    Field(discriminator="kind"),
]


class Scenario(Entity):
    """Changes in order, on top of those of the `parent`; author and note are for readers only."""

    name: Annotated[str, Field(min_length=1, max_length=120)]
    author: str = ""
    note: str = ""
    parent: str = ""
    changes: tuple[ScenarioChange, ...] = ()

    @property
    def hash(self) -> str:
        """Content hash of the changes; name, author and note are not part of it."""
        return content_hash([change.model_dump(mode="json") for change in self.changes])
