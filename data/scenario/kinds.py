"""A scenario: a named list of changes to a problem, as text that people can write and compare.

Nobody edits a copy of the problem by hand: `data.scenario.apply` applies a scenario, reports what is wrong
with it, and undoes it.
"""

from typing import Annotated, get_args

from pydantic import Field

from data.base.entity import Entity, content_hash
from data.scenario.change import Change
from data.scenario.companies import (
    AddCompanies,
    CallShare,
    CareNeed,
    ChangeCompanies,
    Opening,
    RemoveCompanies,
)
from data.scenario.people import (
    Absence,
    AddBuddies,
    Budget,
    ChangeBuddies,
    ContractHours,
    HostLeaves,
    Learns,
    RemoveBuddies,
)
from data.scenario.rules import PolicyChange, Travel

ScenarioChange = Annotated[
    Absence
    | AddBuddies
    | RemoveBuddies
    | ChangeBuddies
    | Learns
    | ContractHours
    | HostLeaves
    | Budget
    | AddCompanies
    | RemoveCompanies
    | ChangeCompanies
    | Opening
    | CareNeed
    | CallShare
    | Travel
    | PolicyChange,
    Field(discriminator="kind"),
]
"""People first, then companies, then the rules: the order of menus and documentation."""
KINDS: dict[str, type[Change]] = {
    model.model_fields["kind"].default: model for model in get_args(get_args(ScenarioChange)[0])
}
"""Every kind of change by its name."""


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
