"""The outcome of a scenario: figures with their bounds, parts of the whole, and changed pairs. Ids only, no
names.

A bound is a value that no matching can exceed under the policy's rules; if its `rematch` is off, these rules
keep every pair of the base that is still possible. The bound of a level is proved for matchings that keep the
levels before it at `held_at`. So the bound of the first level (normally `unserved`, and with it coverage and
companies served) is unconditional and compares across scenarios; that of a later level compares only with a
scenario that is at least as good on all levels before it. Bounds of weeks are for the visits that the
matching and the choice of weeks made due: they compare with no other scenario.
"""

from enum import StrEnum
from functools import cached_property

from api.run.aggregated.aggregates import Aggregates
from data.base.entity import Entity, content_hash
from data.base.ids import BuddyId, CompanyId
from data.model.policy import CoverageWeight
from data.results.solution import Level


class FigureName(StrEnum):
    """What is counted; amounts are per four weeks unless they concern the planned weeks or a year."""

    COVERAGE = "coverage"
    SERVED = "served"
    UNSERVED_WEIGHT = "unserved_weight"
    SPECIALISTS = "specialists"
    SPECIALISTS_SERVED = "specialists_served"
    SPOKEN_TO = "spoken_to"
    MOVED = "moved"
    LEFT = "left"
    BROKEN_WEIGHT = "broken_weight"
    EXPECTED_TRAVEL_MIN = "expected_travel_min"
    CARE_MIN = "care_min"
    IMBALANCE_MIN = "imbalance_min"
    CASELOAD_LEAST_MIN = "caseload_least_min"
    CASELOAD_MIDDLE_MIN = "caseload_middle_min"
    CASELOAD_MOST_MIN = "caseload_most_min"
    VISITS = "visits"
    UNPLANNED = "unplanned"
    LATE = "late"
    ROUTED_TRAVEL_MIN = "routed_travel_min"
    ROUTED_TRAVEL_CENTS = "routed_travel_cents"
    WEEK_COST = "week_cost"
    COST_CENTS = "cost_cents"
    COST_PER_SPECIALIST_CENTS = "cost_per_specialist_cents"


class Better(StrEnum):
    """Which direction of a figure is better; neither: it is only informative."""

    MORE = "more"
    LESS = "less"
    NEITHER = "neither"


class Figure(Entity):
    """One figure, exact for the solution chosen.

    `whole` is the total of which it is a part. `bound` is a value that no other solution can exceed, None if
    none is proved; `level` is the index, from 0, of the level that proved it (None: weeks proved it).
    """

    name: FigureName
    value: int
    better: Better
    whole: int | None = None
    bound: int | None = None
    level: int | None = None


class Move(Entity):
    """A company of the base whose main buddy changes; None: nobody."""

    company: CompanyId
    before: BuddyId | None
    after: BuddyId | None


class Part(Entity):
    """The figures of one district, sector (its section), host or language; a language has only specialists.

    `coverage` of `whole` is in the policy's unit. `unplanned` are visits of the planned weeks.
    """

    key: str
    companies: int = 0
    served: int = 0
    coverage: int = 0
    whole: int = 0
    specialists: int = 0
    spoken_to: int = 0
    care_min: int = 0
    expected_travel_min: int = 0
    visits: int = 0
    unplanned: int = 0


class Load(Entity):
    """One buddy's caseload per four weeks beside its limit; `absent`: on every day of the horizon."""

    buddy: BuddyId
    companies: int
    care_min: int
    max_care_min: int
    absent: bool = False


class ScenarioOutcome(Entity):
    """A scenario that was matched and, for `weeks`, planned; the same input gives the same outcome.

    `scenarios` are the names in stacking order, none for the base; `scenario_hash` is the hash of their
    changes, `problem_hash` of the problem that they change, `base_hash` of the matching with which their
    moves are compared. `levels` are those of the matching behind the figures. `shared` is what planners and
    viewers see.
    """

    scenarios: tuple[str, ...]
    scenario_hash: str
    problem_hash: str
    base_hash: str
    matching_hash: str
    weeks: tuple[str, ...]
    unit: CoverageWeight
    buddies: int
    full_positions_percent: int
    levels: tuple[Level, ...]
    figures: tuple[Figure, ...]
    districts: tuple[Part, ...]
    sectors: tuple[Part, ...]
    languages: tuple[Part, ...]
    hosts: tuple[Part, ...]
    loads: tuple[Load, ...]
    moves: tuple[Move, ...]
    shared: Aggregates

    @property
    def name(self) -> str:
        """The scenarios' names, one after the other; empty for the base."""
        return " + ".join(self.scenarios)

    @cached_property
    def hash(self) -> str:
        """Content hash of the whole outcome."""
        return content_hash(self)

    @cached_property
    def figure(self) -> dict[FigureName, Figure]:
        """Figures by name; those of weeks are missing if no weeks were planned."""
        return {figure.name: figure for figure in self.figures}
