"""What each kind of job is asked to do: ids in the store and figures, never a name."""

import json
from typing import Annotated, Literal

from pydantic import AwareDatetime, Field

from api.studies.stress.rates import Rates
from data.base.entity import Entity
from data.model.vocabulary import IsoWeek
from data.positions.position import Position
from data.results.replanning import Disruption
from data.store.studies.outcomes import StudyKind

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


class _OfStudy(Entity):
    """What every study is about: a stored problem, and the matching in force (None: it is made first)."""

    problem: str
    matching: str | None = None


class ScenarioInput(_OfStudy):
    """Run a stored scenario (None: the problem itself) and plan these ISO weeks, none: match only.

    Who moves is counted against the matching in force.
    """

    kind: Literal[StudyKind.SCENARIO] = StudyKind.SCENARIO
    scenario: str | None = None
    weeks: tuple[IsoWeek, ...] = ()
    seed: Seed = 0


class FrontierInput(_OfStudy):
    """Tell what up to `most` of these positions can serve, beside the present buddies (`keep`) or instead."""

    kind: Literal[StudyKind.FRONTIER] = StudyKind.FRONTIER
    positions: tuple[Position, ...]
    most: Annotated[int, Field(ge=1)]
    keep: bool = False


class HireInput(_OfStudy):
    """Tell in which district one more buddy helps most."""

    kind: Literal[StudyKind.HIRE] = StudyKind.HIRE
    seed: Seed = 0


class StressInput(_OfStudy):
    """Draw so many lives of the plan of these ISO weeks, and of that of a stored scenario, if one is named.

    `seed` is that of the draws.
    """

    kind: Literal[StudyKind.STRESS] = StudyKind.STRESS
    scenario: str | None = None
    weeks: tuple[IsoWeek, ...]
    draws: Annotated[int, Field(ge=1)]
    rates: Rates = Rates()
    seed: Seed = 1


StudyInput = ScenarioInput | FrontierInput | HireInput | StressInput
"""What a study is asked; one without a kind is that of a scenario, as all were once."""


def study_input(text: str) -> StudyInput:
    """Read what a study is asked from JSON; raises `pydantic.ValidationError`."""
    kind = json.loads(text).get("kind", StudyKind.SCENARIO)
    return _STUDIES[StudyKind(kind)].model_validate_json(text)


_STUDIES: dict[StudyKind, type[StudyInput]] = {
    StudyKind.SCENARIO: ScenarioInput,
    StudyKind.FRONTIER: FrontierInput,
    StudyKind.HIRE: HireInput,
    StudyKind.STRESS: StressInput,
}


class ReplanInput(Entity):
    """Plan a stored plan again after the disruptions that are known at a moment.

    `publish_if_alone` is said of a buddy's own move: it is published at once where nothing else changes.
    """

    plan: str
    moment: AwareDatetime
    disruptions: tuple[Disruption, ...]
    publish_if_alone: bool = False
