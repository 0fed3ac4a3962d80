"""What each kind of job is given, checked before it is queued."""

from pydantic import AwareDatetime

from data.entity import Entity
from data.replanning import Disruption


class MatchInput(Entity):
    """Match a stored problem."""

    problem: str
    seed: int = 0
    refine_seconds: float | None = None
    explain: int = 3


class PlanInput(Entity):
    """Plan weeks of a stored matching."""

    matching: str
    first_week: str
    weeks: int = 1
    seed: int = 0


class ReplanInput(Entity):
    """Plan a stored plan again."""

    plan: str
    moment: AwareDatetime
    disruptions: tuple[Disruption, ...]
