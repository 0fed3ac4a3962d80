"""A small programme and outcomes of it, made by hand and by running."""

from typing import Any

from api.run.aggregated.aggregates import Aggregates
from api.studies.outcome.outcome import Better, Figure, FigureName, ScenarioOutcome
from data.base.status import Status
from data.model.policy import CoverageWeight, ObjectiveName
from data.model.problem import Care, Horizon, Point, Problem, SpecialistGroup
from data.model.programme import Host
from data.model.relation import Relation
from data.results.solution import Level
from data.scenario.file import parse_scenario
from data.scenario.kinds import Scenario
from tests.builders import HALLE, WEEK, buddy, company, problem, speaks

NEAR = Point(lat=52.12, lon=11.62)
PROBLEM: Problem = problem(
    (
        buddy("anna", host="craft", languages=speaks(ar="C1"), max_companies=2),
        buddy("ben", HALLE, host="craft", districts=("15002",)),
    ),
    (
        company("bakery", host="craft", priority=5),
        company("foundry", NEAR, priority=4, sector="C24"),
        company("garage", NEAR, priority=2),
        company("nursery", HALLE, district="15002"),
    ),
    hosts=(Host(id="craft"),),
    horizon=Horizon(first_week=WEEK, weeks=4),
    care=tuple(Care(company=key, every_weeks=1) for key in ("bakery", "foundry", "garage", "nursery")),
    specialists=(
        SpecialistGroup(company="bakery", languages=("ar",), count=3),
        SpecialistGroup(company="nursery", languages=("uk", "ru"), count=2),
    ),
    relations=(Relation(company="bakery", buddy="anna"),),
)
"""Anna takes two of the three companies in Magdeburg, so the garage of priority 2 stays unserved."""


def scenario(*changes: dict[str, Any], name: str = "trial") -> Scenario:
    import json

    read = parse_scenario(json.dumps({"name": name, "changes": changes}), "trial.json")
    assert isinstance(read, Scenario), read
    return read


ONE_MORE = scenario({"kind": "add_buddies", "id": "new", "like": "anna"}, name="One more")
ANNA_ILL = scenario({"kind": "absence", "buddies": ["anna"], "first_week": WEEK, "weeks": 2}, name="Anna ill")


def level(name: ObjectiveName, value: int, bound: int, final: int | None = None) -> Level:
    return Level(
        name=name, value=value, bound=bound, held_at=value, final=value if final is None else final,
        status=Status.OPTIMAL if value == bound else Status.FEASIBLE,
    )  # fmt: skip


def outcome(
    unserved: tuple[int, int], travel: tuple[int, int], name: str = "", **fields: Any
) -> ScenarioOutcome:
    """An outcome made by hand: value and bound of its two levels."""
    levels = (level(ObjectiveName.UNSERVED, *unserved), level(ObjectiveName.TRAVEL_MIN, *travel))
    figures = (
        Figure(
            name=FigureName.UNSERVED_WEIGHT, value=unserved[0], bound=unserved[1], better=Better.LESS, level=0
        ),
        Figure(
            name=FigureName.EXPECTED_TRAVEL_MIN, value=travel[0], bound=travel[1], better=Better.LESS, level=1
        ),
    )
    given: dict[str, Any] = {
        "scenarios": (name,) if name else (),
        "scenario_hash": "s",
        "problem_hash": "p",
        "base_hash": "b",
        "matching_hash": "m",
        "weeks": (),
        "unit": CoverageWeight.COMPANIES,
        "buddies": 2,
        "full_positions_percent": 200,
        "levels": levels,
        "figures": figures,
        "shared": Aggregates(min_cell=3, totals={}, tables=()),
        **dict.fromkeys(("districts", "sectors", "languages", "hosts", "loads", "moves"), ()),
    }
    return ScenarioOutcome(**given | fields)
