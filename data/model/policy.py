"""The policy of a programme: the order of its objectives, their tolerances, and its limits.

A `policy.toml` may set any of these fields; missing ones have the default below. Every default suits a small
office.
"""

from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from data.base.entity import UNLESS_GIVEN, Entity
from data.model.vocabulary import LanguageLevel

Percent = Annotated[int, Field(ge=0, le=100)]
Count = Annotated[int, Field(ge=0)]


class ObjectiveName(StrEnum):
    """The objective levels of the matching, in their usual order; see `matching.levels.objectives`."""

    UNSERVED = "unserved"
    DISTRICT_SHORTFALL = "district_shortfall"
    WITHOUT_LANGUAGE = "without_language"
    BROKEN_RELATIONS = "broken_relations"
    TRAVEL_MIN = "travel_min"
    UNDERLOAD = "underload"
    IMBALANCE = "imbalance"
    OFF_MANDATE = "off_mandate"


class CoverageWeight(StrEnum):
    """How one company is weighted in coverage."""

    COMPANIES = "companies"
    SPECIALISTS = "specialists"
    CARE_HOURS = "care_hours"


class Objective(Entity):
    """One level: later levels may worsen its value by `tolerance` plus `tolerance_percent` of it."""

    name: ObjectiveName
    tolerance: Count = 0
    tolerance_percent: Percent = 0

    def allowance(self, value: int) -> int:
        """Return how far above `value` later levels may go; the percentage is rounded down."""
        return self.tolerance + value * self.tolerance_percent // 100


class DriftDays(Entity):
    """How many days early or late a contact may be, for care every week, every two weeks, and less often."""

    weekly: Count = 2
    two_weekly: Count = 4
    longer: Count = 7


class Arrival(Entity):
    """More frequent care in the first `weeks` after an arrival: at least `visits_per_week` visits."""

    weeks: Count = 4
    visits_per_week: Annotated[int, Field(ge=0, le=5)] = 1


DEFAULT_OBJECTIVES = (
    Objective(name=ObjectiveName.UNSERVED),
    Objective(name=ObjectiveName.DISTRICT_SHORTFALL),
    Objective(name=ObjectiveName.WITHOUT_LANGUAGE),
    Objective(name=ObjectiveName.BROKEN_RELATIONS),
    Objective(name=ObjectiveName.TRAVEL_MIN, tolerance_percent=2),
    Objective(name=ObjectiveName.UNDERLOAD),
    Objective(name=ObjectiveName.IMBALANCE, tolerance_percent=5),
    Objective(name=ObjectiveName.OFF_MANDATE),
)


class Policy(Entity):
    """The programme's preferences and limits; amounts of money are integer cents."""

    objectives: tuple[Objective, ...] = DEFAULT_OBJECTIVES
    coverage_weight: CoverageWeight = CoverageWeight.COMPANIES
    language_level: LanguageLevel = LanguageLevel.B1
    language_required: bool = False
    either_prefers_sector: bool = True
    max_one_way_min: Count = 75
    travel_percent: Annotated[int, Field(ge=1, le=1000)] = 100
    rematch: bool = False
    max_changed_relations: Count | None = None
    district_floor_percent: Percent = 80
    first_visit_within_days: Count = 14
    publish_days_ahead: Count = 7
    promise_min: Count = 30
    reserve_percent: Percent = 10
    min_gap_days: Count = 2
    drift_days: DriftDays = DriftDays()
    arrival: Arrival = Arrival()
    min_cell: Count = 3
    cost_cents_per_fte_year: Count = 6_500_000
    cost_cents_per_km: Count = 30
    budget_cents_per_year: Count | None = UNLESS_GIVEN

    @model_validator(mode="after")
    def _each_objective_once(self) -> Self:
        names = [objective.name for objective in self.objectives]
        if len(set(names)) < len(names):
            raise PydanticCustomError("level_twice", "objectives names a level twice")
        return self
