"""Scenarios: named lists of changes to the register as it is now; they hold only ids."""

from datetime import datetime

from fastapi import Response
from pydantic import Field
from sqlalchemy import Connection

from api.http.frame.auth import ByPlanning, Idempotent, InProgramme
from api.http.frame.errors import WrongInput, problems
from api.http.frame.json_entities import SentChange
from api.http.frame.schemas import Key, Page, PageTurn, Schema
from api.http.frame.state import InAppState
from api.http.frame.writes.router import Router
from api.studies.planners.permitted import not_permitted
from data.access import Coordinator, Planner, answers_for, in_programme, sees_all
from data.base.message import message
from data.model.findings import Severity
from data.model.problem import Problem
from data.scenario.apply import applied
from data.scenario.kinds import Scenario, ScenarioChange
from data.store.database.record import NotThere
from data.store.studies.scenarios import (
    NewScenario,
    StoredScenario,
    keep_scenario,
    scenario_of,
    scenarios_of,
    stacked,
)

router = Router(prefix="/scenarios", tags=["scenarios"], responses=problems(401, 403, 404, 422, 500))


class ScenarioRequest(Schema):
    """A scenario to store, on its own or on top of another."""

    name: str = Field(min_length=1, max_length=120, examples=["Two more buddies in the north"])
    note: str = Field(default="", max_length=2000)
    changes: list[SentChange] = Field(max_length=1000, examples=[[{"kind": "call_share", "percent": 20}]])
    parent: str | None = Field(default=None, max_length=80)


class ScenarioAnswer(Schema):
    """A scenario."""

    id: str
    programme: str
    problem: str
    parent: str | None
    name: str
    note: str
    changes: list[ScenarioChange]
    created_at: datetime


def _shown(stored: StoredScenario) -> ScenarioAnswer:
    values = {name: getattr(stored, name) for name in ScenarioAnswer.model_fields}
    return ScenarioAnswer(**values | {"changes": list(stored.changes)})


@router.get("")
def list_scenarios(
    by: ByPlanning, programme: InProgramme, app_state: InAppState, turn: PageTurn
) -> Page[ScenarioAnswer]:
    """List your own scenarios; a coordinator of all hosts sees those of all users."""
    with app_state.service.store.reading() as c:
        found = [each for each in scenarios_of(c, programme) if _theirs(by, each)]
    rows = sorted((_shown(each) for each in found if each.id > turn.after), key=lambda row: row.id)
    return turn.page(rows, lambda row: row.id)


def _theirs(by: Coordinator | Planner, stored: StoredScenario) -> bool:
    return in_programme(by, stored.programme) and answers_for(by, stored.by_user)


@router.post("", status_code=201, dependencies=[Idempotent], responses=problems(409))
def enter_scenario(
    by: ByPlanning, programme: InProgramme, app_state: InAppState, asked: ScenarioRequest, response: Response
) -> ScenarioAnswer:
    """Store a scenario; its changes must fit the register as it is now."""
    with app_state.service.store.reading() as c:
        problem = app_state.latest(c, programme)
        number = app_state.programmes.register(c, programme).number
    app_state.stored(problem, number)
    with app_state.service.store.writing() as c:
        if asked.parent is not None and not _theirs(by, scenario_of(c, asked.parent)):
            raise NotThere(message("no_scenario", scenario=asked.parent))
        _expect_fitting(c, problem, asked, by)
        new = NewScenario(
            programme, problem.hash, asked.name, tuple(asked.changes), by.user,
            asked.parent, asked.note,
        )  # fmt: skip
        stored = scenario_of(c, keep_scenario(c, new))
    response.headers["Location"] = f"/api/v1/scenarios/{stored.id}"
    return _shown(stored)


def _expect_fitting(
    c: Connection, problem: Problem, asked: ScenarioRequest, by: Coordinator | Planner
) -> None:
    """Raise `WrongInput` with every error in the changes and in those that they build on.

    Whoever does not see every row is told what they may not ask, and nothing that depends on hidden rows.
    """
    elders = stacked(c, scenario_of(c, asked.parent)) if asked.parent else ()
    own = Scenario(name=asked.name, note=asked.note, changes=tuple(asked.changes))
    if refused := not_permitted(by, problem, [*elders, own]):
        raise WrongInput(message("changes_do_not_fit"), refused)
    findings = applied(problem, [*elders, own]).findings
    errors = [finding for finding in findings if finding.severity is Severity.ERROR]
    if errors:
        # That a change has no effect, and which pins clash, would tell about rows.
        told = findings if sees_all(by) else tuple(each for each in errors if each.column != "pins")
        raise WrongInput(message("changes_do_not_fit"), told)


@router.get("/{scenario}")
def show_scenario(scenario: Key, by: ByPlanning, app_state: InAppState) -> ScenarioAnswer:
    """Show a scenario."""
    with app_state.service.store.reading() as c:
        stored = scenario_of(c, scenario)
    if not _theirs(by, stored):
        raise NotThere(message("no_scenario", scenario=scenario))
    return _shown(stored)
