"""What each kind of job is asked to do: ids in the store and figures, never a name."""

from typing import Annotated

from pydantic import AwareDatetime, Field

from data.entity import Entity
from data.replanning import Disruption
from data.words import IsoWeek

Seed = Annotated[int, Field(ge=0, le=2**31 - 1)]


class MatchInput(Entity):
    """Match the stored problem of this hash.

    `refine_seconds` are spent on refining by routed weeks (None: not at all); `explain` is for how many of
    the most urgent gaps a remedy is searched.
    """

    problem: str
    seed: Seed = 0
    refine_seconds: Annotated[float, Field(gt=0)] | None = None
    explain: Annotated[int, Field(ge=0)] = 3


class PlanInput(Entity):
    """Plan weeks of a stored matching; `first_week` is the first one of its problem's horizon."""

    matching: str
    first_week: IsoWeek
    weeks: Annotated[int, Field(ge=1, le=53)] = 1
    seed: Seed = 0


class StudyInput(Entity):
    """Run a stored scenario (None: the problem itself) and plan these ISO weeks, none: match only.

    `matching` is the one in force that who moves is counted against; None: the problem is matched first.
    """

    problem: str
    scenario: str | None = None
    matching: str | None = None
    weeks: tuple[IsoWeek, ...] = ()
    seed: Seed = 0


class ReplanInput(Entity):
    """Plan a stored plan again after the disruptions that are known at a moment.

    `publish_if_alone` is said of a buddy's own move: it is published at once where nothing else changes.
    """

    plan: str
    moment: AwareDatetime
    disruptions: tuple[Disruption, ...]
    publish_if_alone: bool = False
