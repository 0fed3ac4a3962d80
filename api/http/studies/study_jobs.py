"""What-if questions, each run as a job whose result is a study."""

import io
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

from fastapi import File, Form, Response, UploadFile
from pydantic import Field
from sqlalchemy import Connection

from api.http.frame.auth import ByPlanning, Idempotent, InProgramme
from api.http.frame.errors import Forbidden, WrongInput, problems
from api.http.frame.job_answers import JobAccepted, accepted
from api.http.frame.json_entities import SentRates
from api.http.frame.schemas import AskedWeek, Schema
from api.http.frame.state import AppState, InAppState
from api.http.frame.writes.router import Router
from api.http.studies.studies import theirs
from api.http.upload.guard import receive_table
from api.jobs.inputs import FrontierInput, HireInput, ScenarioInput, StressInput, StudyInput
from api.jobs.queue import submit
from api.run.stored_sources import sources_of_programme
from api.studies.planners.reduced import FEWEST_DRAWS
from api.studies.stress.rates import Rates
from data.access import Coordinator, Planner, sees_all
from data.base.dates import weeks_from
from data.base.message import message
from data.geo.gazetteer import Gazetteer
from data.model.problem import Problem
from data.positions.position import Position
from data.scenario.kinds import Scenario
from data.store.database.record import NotThere
from data.store.register.since import change_set_of_problem
from data.store.studies.scenarios import scenario_of, stacked
from data.store.work.jobs import JobKind, NewJob
from data.store.work.matching_in_force import matching_in_force
from data.tables.files.limits import MEGABYTE, FileLimits

router = Router(prefix="/studies", tags=["studies"], responses=problems(401, 403, 404, 422, 500))

MOST_POSITIONS, MOST_DRAWS, MOST_WEEKS = 100, 200, 8
"""The limits of one job in a service shared with others; the commands have no such limits."""
POSITIONS = "positions.csv"
MADE = "+"
"""Begins the ids of positions that are not checked against the programme's; files hold no such ids."""
OF_POSITIONS = FileLimits(upload_bytes=2 * MEGABYTE, files=1, rows=2001, columns=64, cells=128_064)


class StudyRequest(Schema):
    """A scenario to run (null: the programme as it is), and which weeks to plan: by default those with
    absences, else none.
    """

    scenario: str | None = Field(default=None, max_length=80, examples=["4f1c0f6f6f0e4a53a7ad3b2e2f0a9d11"])
    first_week: AskedWeek | None = Field(default=None, examples=["2027-W02"])
    weeks: int | None = Field(default=None, ge=0, le=8)
    seed: int = Field(default=0, ge=0, lt=2**31)


class HireRequest(Schema):
    """Where one more buddy helps most: every district is tried."""

    seed: int = Field(default=0, ge=0, lt=2**31)


class StressRequest(Schema):
    """Plans under stress: that of the programme as it is, and that of a scenario, if one is named."""

    scenario: str | None = Field(default=None, max_length=80, examples=["4f1c0f6f6f0e4a53a7ad3b2e2f0a9d11"])
    first_week: AskedWeek | None = Field(default=None, examples=["2027-W02"])
    weeks: int = Field(default=4, ge=1, le=MOST_WEEKS)
    draws: int = Field(default=40, ge=1, le=MOST_DRAWS)
    seed: int = Field(default=1, ge=0, lt=2**31, description="The same seed draws the same.")
    rates: SentRates | None = Field(default=None, description="Default: those of docs/stress.md.")


@router.post("", status_code=202, dependencies=[Idempotent], responses=problems(409))
def ask_for_study(
    by: ByPlanning, programme: InProgramme, app_state: InAppState, asked: StudyRequest, response: Response
) -> JobAccepted:
    """Run a scenario: match it, compare it with the matching in force, plan weeks if asked for, and count."""
    from api.studies.outcome.some_weeks import with_horizon

    with app_state.service.store.reading() as c:
        problem, scenarios, number = _asked_about(c, app_state, programme, asked, by)
        matching = _in_force(c, programme, problem)
        first = asked.first_week or _first_week(c, app_state, programme, problem)
    weeks = _weeks(asked, scenarios, first)
    with_horizon(problem, weeks)  # raises where the weeks lie before the problem's
    wanted = ScenarioInput(
        problem=problem.hash, scenario=asked.scenario, matching=matching, weeks=weeks, seed=asked.seed
    )
    if number is not None:
        app_state.stored(problem, number)
    return _submitted(app_state, programme, problem, wanted, by, response)


@router.post("/frontier", status_code=202, dependencies=[Idempotent], responses=problems(409, 413, 415))
def ask_for_frontier(
    by: ByPlanning,
    programme: InProgramme,
    app_state: InAppState,
    response: Response,
    most: Annotated[
        int, Form(ge=1, le=MOST_POSITIONS, description="Up to so many positions.", examples=[20])
    ],
    positions: Annotated[
        UploadFile | None,
        File(description="Candidate positions, a CSV file of docs/frontier.md; without it they are made up."),
    ] = None,
    keep: Annotated[bool, Form(description="Beside the present buddies, not instead.")] = False,
) -> JobAccepted:
    """Compute what 1, 2 … positions can serve at best, with a proved bound and the cost."""
    with app_state.service.store.reading() as c:
        problem, number = _as_it_is(c, app_state, programme)
        gazetteer = sources_of_programme(c, programme).gazetteer
        matching = _in_force(c, programme, problem)
    sent = positions.file.read() if positions else None
    found = _positions(problem, gazetteer, sent, by)
    wanted = FrontierInput(
        problem=problem.hash, matching=matching, positions=found, most=min(most, len(found)), keep=keep
    )
    app_state.stored(problem, number)
    return _submitted(app_state, programme, problem, wanted, by, response)


@router.post("/hire", status_code=202, dependencies=[Idempotent], responses=problems(409))
def ask_for_hire(
    by: ByPlanning, programme: InProgramme, app_state: InAppState, asked: HireRequest, response: Response
) -> JobAccepted:
    """Find where one more buddy helps most: solve each district again and rank them."""
    with app_state.service.store.reading() as c:
        problem, number = _as_it_is(c, app_state, programme)
        matching = _in_force(c, programme, problem)
    wanted = HireInput(problem=problem.hash, matching=matching, seed=asked.seed)
    app_state.stored(problem, number)
    return _submitted(app_state, programme, problem, wanted, by, response)


@router.post("/stress", status_code=202, dependencies=[Idempotent], responses=problems(409))
def ask_for_stress(
    by: ByPlanning, programme: InProgramme, app_state: InAppState, asked: StressRequest, response: Response
) -> JobAccepted:
    """Measure what illness, arrivals and cancellations do to a plan, by random draws."""
    from api.studies.outcome.some_weeks import with_horizon

    if not sees_all(by) and (asked.draws < FEWEST_DRAWS or asked.rates is not None):
        raise Forbidden(message("draws_needed", draws=FEWEST_DRAWS))
    with app_state.service.store.reading() as c:
        problem, _, number = _asked_about(c, app_state, programme, asked, by)
        matching = _in_force(c, programme, problem)
        first = asked.first_week or _first_week(c, app_state, programme, problem)
    weeks = weeks_from(first, asked.weeks)
    with_horizon(problem, weeks)
    wanted = StressInput(
        problem=problem.hash,
        scenario=asked.scenario,
        matching=matching,
        weeks=weeks,
        draws=asked.draws,
        rates=asked.rates or Rates(),
        seed=asked.seed,
    )
    if number is not None:
        app_state.stored(problem, number)
    return _submitted(app_state, programme, problem, wanted, by, response)


def _submitted(
    app_state: AppState,
    programme: str,
    problem: Problem,
    wanted: StudyInput,
    by: Coordinator | Planner,
    response: Response,
) -> JobAccepted:
    # A study writes no week, so it conflicts with no other job.
    first = getattr(wanted, "weeks", ())[:1] or (problem.horizon.first_week,)
    new = NewJob(programme, JobKind.STUDY, first[0], 0, wanted.model_dump(mode="json"), by.user)
    return accepted(submit(app_state.service, new), response)


def _first_week(c: Connection, app_state: AppState, programme: str, problem: Problem) -> str:
    """Return where a study begins: the first week without a published plan, none before the problem's."""
    return max(problem.horizon.first_week, app_state.programmes.horizon(c, programme).first_week)


def _in_force(c: Connection, programme: str, problem: Problem) -> str | None:
    force = matching_in_force(c, programme)
    return force.id if force and force.problem == problem.hash else None


def _as_it_is(
    c: Connection, app_state: AppState, programme: str, first_week: str | None = None
) -> tuple[Problem, int]:
    """Return the programme as it is now, and the number of its last change set."""
    usual = app_state.programmes.horizon(c, programme)
    first = min(first_week or usual.first_week, usual.first_week)
    problem = app_state.programmes.problem(c, programme, usual.replace(first_week=first))
    return problem, app_state.programmes.register(c, programme).number


def _asked_about(
    c: Connection,
    app_state: AppState,
    programme: str,
    asked: StudyRequest | StressRequest,
    by: Coordinator | Planner,
) -> tuple[Problem, tuple[Scenario, ...], int | None]:
    """Return the problem of a study with its scenarios; of one that is not stored yet also its change set."""
    if asked.scenario is None:
        problem, number = _as_it_is(c, app_state, programme, asked.first_week)
        return problem, (), number
    stored = scenario_of(c, asked.scenario)
    if stored.programme != programme or not theirs(by, stored.programme, stored.by_user):
        raise NotThere(message("no_scenario", scenario=asked.scenario))
    problem, scenarios = app_state.problem(c, stored.problem), stacked(c, stored)
    first = asked.first_week
    if first is None or first >= problem.horizon.first_week:
        return problem, scenarios, None
    # The scenario was entered when the usual weeks were later ones.
    earlier = problem.replace(horizon=problem.horizon.replace(first_week=first))
    return earlier, scenarios, change_set_of_problem(c, stored.problem) or 0


def _weeks(asked: StudyRequest, scenarios: tuple[Scenario, ...], first: str) -> tuple[str, ...]:
    from api.studies.outcome.run_scenario import weeks_named

    if asked.weeks is None and asked.first_week is None:
        return weeks_named(scenarios)
    return weeks_from(first, 1 if asked.weeks is None else asked.weeks)


def _positions(
    problem: Problem, gazetteer: Gazetteer, sent: bytes | None, by: Coordinator | Planner
) -> tuple[Position, ...]:
    """Read the uploaded positions, or invent some for the programme; raises `WrongInput`.

    For readers who do not see every row an id is never refused as somebody's: theirs begin with `MADE`.
    """
    from data.positions.candidates import candidate_positions
    from data.positions.file import read_positions, write_positions

    if sent is None:
        text = io.StringIO()
        write_positions(text, candidate_positions(problem, gazetteer))
        sent = text.getvalue().encode()
    with TemporaryDirectory(prefix="buddyplan-") as folder:
        file = receive_table(POSITIONS, sent, Path(folder), OF_POSITIONS)
        known = problem if sees_all(by) else problem.replace(buddies=(), companies=(), places=())
        reading = read_positions(file, known, gazetteer)
    if not reading.positions:
        raise WrongInput(message("positions_wrong"), reading.findings)
    if sees_all(by):
        return reading.positions
    own = [each.replace(buddy=each.buddy.replace(id=MADE + each.id)) for each in reading.positions]
    return tuple(own)
