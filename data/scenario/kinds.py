"""A scenario: a named list of changes to a problem, as text that people write and compare.

Nothing is ever edited in a copy by hand: `data.scenario.apply` makes the other problem, says what is wrong
with a scenario, and undoes it.
"""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import Field

from data.base.entity import Entity, content_hash
from data.model.vocabulary import IsoWeek, LanguageLevel, WeekWindows

Percent = Annotated[int, Field(ge=0, le=1000)]
Ids = Annotated[tuple[str, ...], Field(min_length=1)]
Fields = Mapping[str, Any]
"""Fields of an entity with their new values, as JSON has them."""


class AddBuddies(Entity):
    """Buddies who are like one that there is (by default: any of the district), with some fields changed.

    They are called `id`-1, `id`-2 and so on. Without a `like` they live in the middle of the district, by the
    way to its companies, and look after the district.
    """

    kind: Literal["add_buddies"] = "add_buddies"
    id: Annotated[str, Field(min_length=1)]
    count: Annotated[int, Field(ge=1, le=200)] = 1
    district: str = ""
    like: str = ""
    fields: Fields = Field(default_factory=dict)


class RemoveBuddies(Entity):
    """Buddies who are not there, with all that names them."""

    kind: Literal["remove_buddies"] = "remove_buddies"
    buddies: Ids


class ChangeBuddies(Entity):
    """Fields of buddies that are different."""

    kind: Literal["change_buddies"] = "change_buddies"
    buddies: Ids
    fields: Fields


class AddCompanies(Entity):
    """So many companies of a district, spread as those there are; each with care and specialists.

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
    """Companies that are not there, with all that names them."""

    kind: Literal["remove_companies"] = "remove_companies"
    companies: Ids


class ChangeCompanies(Entity):
    """Fields of companies that are different."""

    kind: Literal["change_companies"] = "change_companies"
    companies: Ids
    fields: Fields


class Absence(Entity):
    """Buddies who do not work for some weeks: named ones, or the `count` first ones of a host by id."""

    kind: Literal["absence"] = "absence"
    buddies: tuple[str, ...] = ()
    host: str = ""
    count: Annotated[int, Field(ge=1)] = 1
    first_week: IsoWeek
    weeks: Annotated[int, Field(ge=1, le=53)] = 1


class HostLeaves(Entity):
    """A host, or its grant, drops out: its buddies are gone, its companies belong to nobody."""

    kind: Literal["host_leaves"] = "host_leaves"
    host: str


class ContractHours(Entity):
    """Contract hours and caseload limits of a share of what they were; of all buddies, or of some."""

    kind: Literal["contract_hours"] = "contract_hours"
    percent: Percent
    buddies: tuple[str, ...] = ()
    host: str = ""


class CareNeed(Entity):
    """Minutes of care of a share of what they were, such as 125 or 75."""

    kind: Literal["care_need"] = "care_need"
    percent: Annotated[int, Field(ge=1, le=1000)]


class CallShare(Entity):
    """So many percent of the regular visits are calls, spread evenly over the companies."""

    kind: Literal["call_share"] = "call_share"
    percent: Annotated[int, Field(ge=0, le=100)]


class Opening(Entity):
    """Opening hours that are different, for Monday to Sunday; of all companies, or of some."""

    kind: Literal["opening"] = "opening"
    hours: WeekWindows
    companies: tuple[str, ...] = ()


class Travel(Entity):
    """Travel takes a share of what it does, such as 120 in winter."""

    kind: Literal["travel"] = "travel"
    percent: Annotated[int, Field(ge=1, le=1000)]


class Learns(Entity):
    """Buddies who speak a language at a level."""

    kind: Literal["learns"] = "learns"
    buddies: Ids
    language: Annotated[str, Field(pattern=r"^[a-z]{2}$")]
    level: LanguageLevel = LanguageLevel.B1


class Budget(Entity):
    """All buddies together may cost so much in a year; whom it does not pay looks after nobody."""

    kind: Literal["budget"] = "budget"
    cents_per_year: Annotated[int, Field(ge=0)]


class PolicyChange(Entity):
    """Fields of the policy that are different; `objectives` may be names alone, in their new order."""

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
    """Changes in their order, on top of those of the `parent`; author and note are for those who read it."""

    name: Annotated[str, Field(min_length=1, max_length=120)]
    author: str = ""
    note: str = ""
    parent: str = ""
    changes: tuple[ScenarioChange, ...] = ()

    @property
    def hash(self) -> str:
        """Content hash of what it changes; name, author and note change nothing."""
        return content_hash([change.model_dump(mode="json") for change in self.changes])
