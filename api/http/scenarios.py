"""Scenarios: named lists of changes to the problem that was imported last; they hold ids alone."""

from datetime import datetime

from fastapi import APIRouter, Response
from pydantic import Field

from api.http.auth import ByPlanning, InProgramme, Once
from api.http.errors import problems
from api.http.json_entities import SentChange
from api.http.shown import Key, Page, PageAsked, Shown
from api.http.state import InMemory
from data.access import Coordinator, Planner, in_programme
from data.change import Change, applied
from data.errors import BuddyplanError
from data.store.record import NotThere
from data.store.scenarios import NewScenario, StoredScenario, keep_scenario, scenario_of, scenarios_of

router = APIRouter(prefix="/scenarios", tags=["scenarios"], responses=problems(401, 403, 404, 422, 500))


class ScenarioAsked(Shown):
    """A scenario to keep, on its own or on top of another."""

    name: str = Field(min_length=1, max_length=200, examples=["Two more buddies in the north"])
    note: str = Field(default="", max_length=2000)
    changes: list[SentChange] = Field(
        max_length=1000, examples=[[{"kind": "policy_one_way_min", "after": "75"}]]
    )
    parent: str | None = Field(default=None, max_length=80)


class ScenarioShown(Shown):
    """A scenario."""

    id: str
    programme: str
    problem: str
    parent: str | None
    name: str
    note: str
    changes: list[Change]
    created_at: datetime


def _shown(stored: StoredScenario) -> ScenarioShown:
    values = {name: getattr(stored, name) for name in ScenarioShown.model_fields}
    return ScenarioShown(**values | {"changes": list(stored.changes)})


@router.get("")
def list_scenarios(
    by: ByPlanning, programme: InProgramme, kept: InMemory, turn: PageAsked
) -> Page[ScenarioShown]:
    """List the reader's own scenarios; a coordinator of all hosts sees those of everybody."""
    with kept.service.store.reading() as c:
        found = [each for each in scenarios_of(c, programme) if _theirs(by, each)]
    rows = sorted((_shown(each) for each in found if each.id > turn.after), key=lambda row: row.id)
    return Page(**turn.page(rows, lambda row: row.id))


def _theirs(by: Coordinator | Planner, stored: StoredScenario) -> bool:
    of_all = isinstance(by, Coordinator) and not by.host
    return in_programme(by, stored.programme) and (of_all or stored.by_user == by.user)


@router.post("", status_code=201, dependencies=[Once], responses=problems(409))
def enter_scenario(
    by: ByPlanning, programme: InProgramme, kept: InMemory, asked: ScenarioAsked, response: Response
) -> ScenarioShown:
    """Keep a scenario; its changes must fit the problem that was imported last."""
    with kept.service.store.writing() as c:
        problem = kept.latest(c, programme)
        if asked.parent is not None and not _theirs(by, scenario_of(c, asked.parent)):
            raise NotThere(f'there is no scenario "{asked.parent}"')
        for change in asked.changes:
            try:
                problem = applied(problem, change)
            except (KeyError, ValueError):
                raise BuddyplanError(
                    f'the change {change.kind.value} of "{change.who}" does not fit'
                ) from None
        new = NewScenario(
            programme, kept.latest(c, programme).hash, asked.name, tuple(asked.changes), by.user,
            asked.parent, asked.note,
        )  # fmt: skip
        stored = scenario_of(c, keep_scenario(c, new))
    response.headers["Location"] = f"/api/v1/scenarios/{stored.id}"
    return _shown(stored)


@router.get("/{scenario}")
def show_scenario(scenario: Key, by: ByPlanning, kept: InMemory) -> ScenarioShown:
    """Show a scenario."""
    with kept.service.store.reading() as c:
        stored = scenario_of(c, scenario)
    if not _theirs(by, stored):
        raise NotThere(f'there is no scenario "{scenario}"')
    return _shown(stored)
