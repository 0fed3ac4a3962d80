"""Adopting a scenario: what of it is values of rows becomes one change set."""

from typing import Annotated

from fastapi import Query, Response
from pydantic import Field

from api.http.frame.auth import ByCoordinatorOfAll, Idempotent
from api.http.frame.errors import problems
from api.http.frame.schemas import Key, Schema
from api.http.frame.state import InAppState
from api.http.frame.writes.router import Router
from api.http.register.access import register_of_reader
from api.words.findings import FindingAnswer, finding_answer
from data.access import in_programme
from data.base.message import message
from data.register.changes.draft import Stamp, draft
from data.register.changes.enter import By, enter
from data.register.changes.operations import Act, Operation
from data.register.from_scenarios import LeftOut, WhyNot, scenarios_as_rows
from data.scenario.kinds import ScenarioChange
from data.store.database.record import NotThere
from data.store.register.change_sets import Source
from data.store.studies.scenarios import scenario_of, stacked
from data.store.tables.utc import now

router = Router(prefix="/scenarios", tags=["scenarios"], responses=problems(401, 403, 404, 422, 500))
MOST_SHOWN = 200


class StepOfScenario(Schema):
    """A row that is entered or changed; an empty text clears its column."""

    act: Act
    entity: str = Field(examples=["buddies"])
    id: str = Field(examples=["b001"])
    values: dict[str, str] = Field(examples=[{"max_companies": "26"}])


class LeftOutOfScenario(Schema):
    """A change that has no form as values of rows: its place in the scenario and those that it builds on."""

    number: int = Field(examples=[0])
    change: ScenarioChange
    why: WhyNot


class ScenarioAdopted(Schema):
    """What adopting a scenario does; `change_set` is null for a dry run, and where all is so already."""

    change_set: str | None
    number: int | None
    count: int = Field(description="How many rows are entered or changed")
    steps: list[StepOfScenario] = Field(description=f"The first {MOST_SHOWN}")
    left_out: list[LeftOutOfScenario]
    findings: list[FindingAnswer]


@router.post(
    "/{scenario}/adopt",
    status_code=201,
    dependencies=[Idempotent],
    responses=problems(409)
    | {200: {"description": "A dry run: nothing was changed", "model": ScenarioAdopted}},
)
def adopt_scenario(
    scenario: Key,
    by: ByCoordinatorOfAll,
    app_state: InAppState,
    response: Response,
    dry_run: Annotated[bool, Query()] = False,
) -> ScenarioAdopted:
    """Enter the changes of a scenario, and of those that it builds on, into the register as one change set.

    Changes without a form as values of rows are left out and told: people and companies that are made up or
    removed. A dry run shows all of it and changes nothing.
    """
    programmes, store = app_state.programmes, app_state.service.store
    with store.reading() if dry_run else store.writing() as c:
        stored = scenario_of(c, scenario)
        if not in_programme(by, stored.programme):
            raise NotThere(message("no_scenario", scenario=scenario))
        seen = register_of_reader(app_state, c, by, stored.programme)
        problem, area = programmes.problem(c, stored.programme), programmes.area(c, stored.programme)
        found = scenarios_as_rows(seen.register, problem, stacked(c, stored))
        made = None
        if dry_run:
            response.status_code = 200
            stamp = Stamp(seen.register.number + 1, "", by.user, now())
            drafted = draft(seen.register, area, found.operations, stamp)
        else:
            entering = By(by.user, Source.SCENARIO, stored.name)
            entered = enter(c, programmes.registers, area, found.operations, entering, allow=seen.expect_may)
            made, drafted = entered.change_set, entered.draft
    return ScenarioAdopted(
        change_set=made.id if made else None,
        number=made.number if made else None,
        count=len(drafted.changed) + len(drafted.removed),
        steps=[_step(each) for each in found.operations[:MOST_SHOWN]],
        left_out=[_left_out(each) for each in found.left_out],
        findings=[finding_answer(each) for each in drafted.findings],
    )


def _step(operation: Operation) -> StepOfScenario:
    return StepOfScenario(
        act=operation.act, entity=operation.entity, id=operation.id, values=dict(operation.values)
    )


def _left_out(each: LeftOut) -> LeftOutOfScenario:
    return LeftOutOfScenario(number=each.number, change=each.change, why=each.why)
