"""The policy of a programme: the order of its objectives, their tolerances, and its limits.

A `policy.toml` may set any of these fields; missing ones have the default below. Every default suits a small
office. What each means is said in the catalogues, as `meaning_policy.` and its name.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from data.base.entity import UNLESS_GIVEN, Entity
from data.model.vocabulary import LanguageLevel


@dataclass(frozen=True)
class Key:
    """What is to be known of a key beside its type: its unit, and the highest value that a file may give.

    In a file a larger value is a typing error. The policy itself allows it, since a remedy may propose more.
    """

    unit: str
    highest: int | None = None


Count = Annotated[int, Field(ge=0)]
Percent = Annotated[int, Field(ge=0, le=100)]


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

    weekly: Annotated[Count, Key("days", 6)] = 2
    two_weekly: Annotated[Count, Key("days", 13)] = 4
    longer: Annotated[Count, Key("days", 28)] = 7


class Arrival(Entity):
    """More frequent care in the first `weeks` after an arrival: at least `visits_per_week` visits."""

    weeks: Annotated[Count, Key("weeks", 52)] = 4
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
    """The programme's preferences and limits; amounts of money are integer cents.

    No file and no scenario may leave out all `objectives`; a policy that was kept before that rule may.
    """

    objectives: tuple[Objective, ...] = DEFAULT_OBJECTIVES
    coverage_weight: CoverageWeight = CoverageWeight.COMPANIES
    language_level: Annotated[LanguageLevel, Key("CEFR")] = LanguageLevel.B1
    language_required: bool = False
    either_prefers_sector: bool = True
    max_one_way_min: Annotated[Count, Key("minutes", 600)] = 75
    travel_percent: Annotated[int, Field(ge=1, le=1000), Key("percent")] = 100
    rematch: bool = False
    max_changed_relations: Annotated[Count | None, Key("relations", 100_000)] = None
    district_floor_percent: Annotated[Percent, Key("percent")] = 80
    first_visit_within_days: Annotated[Count, Key("days", 366)] = 14
    publish_days_ahead: Annotated[Count, Key("days", 366)] = 7
    promise_min: Annotated[Count, Key("minutes", 720)] = 30
    first_break_after_min: Annotated[Count, Key("minutes", 360)] = 120
    reserve_percent: Annotated[Percent, Key("percent")] = 10
    min_gap_days: Annotated[Count, Key("days", 28)] = 2
    drift_days: DriftDays = DriftDays()
    arrival: Arrival = Arrival()
    min_cell: Annotated[Count, Key("count", 1000)] = 3
    cost_cents_per_fte_year: Annotated[Count, Key("cents", 100_000_000)] = 6_500_000
    cost_cents_per_km: Annotated[Count, Key("cents", 10_000)] = 30
    closed_days: Annotated[tuple[date, ...], Key("days"), Field(exclude_if=lambda days: not days)] = ()
    budget_cents_per_year: Annotated[Count | None, Key("cents", 100_000_000_000)] = UNLESS_GIVEN
    nightly_adopts: Annotated[bool, Field(exclude_if=lambda adopts: not adopts)] = False
    least_presence: Annotated[Count | None, Key("buddies", 500)] = UNLESS_GIVEN

    @model_validator(mode="after")
    def _each_objective_once(self) -> Self:
        names = [objective.name for objective in self.objectives]
        if len(set(names)) < len(names):
            raise PydanticCustomError("level_twice", "objectives names a level twice")
        return self
