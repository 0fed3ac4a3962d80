"""What every kind of change of a scenario is: an entity of its own that applies itself to a problem."""

from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import Field

from data.base.entity import Entity
from data.model.problem import Problem

Percent = Annotated[int, Field(ge=0, le=1000)]
Fields = Mapping[str, Any]
"""Fields of an entity with their new values, as JSON."""


@dataclass(frozen=True)
class Of:
    """Whose fields a change takes, and those that its form offers; a file may give any."""

    entity: type[Entity]
    offered: tuple[str, ...]


class Change(Entity):
    """One change of a problem; `kind` is its name in files.

    The desk's form has its fields in their order, within their limits, and docs/scenarios.md shows the first
    paragraph of its docstring.
    """

    @abstractmethod
    def apply(self, problem: Problem) -> Problem:
        """Return the problem after this change; raises `data.scenario.rows.WrongChange`."""
