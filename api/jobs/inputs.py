"""The input of each kind of job: ids in the store and figures, never a name."""

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

    `refine_seconds` is the time for refining by routed weeks (None: no refinement); `explain` is the number
    of most urgent gaps to find a remedy for.
    """

    problem: str
    seed: Seed = 0
    refine_seconds: Annotated[float, Field(gt=0)] | None = None
    explain: Annotated[int, Field(ge=0)] = 3


class PlanInput(Entity):
    """Plan weeks of a stored matching, or of a stored problem that is matched first.

    `first_week` is the first week of the problem's horizon.
    """

    matching: str | None = None
    problem: str | None = None
    first_week: IsoWeek
    weeks: Annotated[int, Field(ge=1, le=53)] = 1
    seed: Seed = 0


class _OfStudy(Entity):
    """The subject of every study: a stored problem, and the matching in force (None: computed first)."""

    problem: str
    matching: str | None = None


class ScenarioInput(_OfStudy):
    """Run a stored scenario (None: the problem itself) and plan these ISO weeks (none: match only).

    Companies that change their buddy are counted against the matching in force.
    """

    kind: Literal[StudyKind.SCENARIO] = StudyKind.SCENARIO
    scenario: str | None = None
    weeks: tuple[IsoWeek, ...] = ()
    seed: Seed = 0


class FrontierInput(_OfStudy):
    """Compute what up to `most` of these positions serve, beside the present buddies (`keep`) or instead."""

    kind: Literal[StudyKind.FRONTIER] = StudyKind.FRONTIER
    positions: tuple[Position, ...]
    most: Annotated[int, Field(ge=1)]
    keep: bool = False


class HireInput(_OfStudy):
    """Find the districts where one more buddy helps most."""

    kind: Literal[StudyKind.HIRE] = StudyKind.HIRE
    seed: Seed = 0


class StressInput(_OfStudy):
    """Simulate the plan of these ISO weeks by `draws` random draws, and that of a stored scenario, if named.

    `seed` is the seed of the draws.
    """

    kind: Literal[StudyKind.STRESS] = StudyKind.STRESS
    scenario: str | None = None
    weeks: tuple[IsoWeek, ...]
    draws: Annotated[int, Field(ge=1)]
    rates: Rates = Rates()
    seed: Seed = 1


StudyInput = ScenarioInput | FrontierInput | HireInput | StressInput
"""A study's input; without a kind it is a scenario's, as in old rows."""


def study_input(text: str) -> StudyInput:
    """Read a study's input from JSON; raises `pydantic.ValidationError`."""
    kind = json.loads(text).get("kind", StudyKind.SCENARIO)
    return _STUDIES[StudyKind(kind)].model_validate_json(text)


_STUDIES: dict[StudyKind, type[StudyInput]] = {
    StudyKind.SCENARIO: ScenarioInput,
    StudyKind.FRONTIER: FrontierInput,
    StudyKind.HIRE: HireInput,
    StudyKind.STRESS: StressInput,
}


class ReplanInput(Entity):
    """Replan a stored plan after the disruptions known at a moment.

    `publish_if_alone` is set for a buddy's own move: it is published at once if nothing else changes.
    """

    plan: str
    moment: AwareDatetime
    disruptions: tuple[Disruption, ...]
    publish_if_alone: bool = False
