"""Plans: computed by a job, read, compared with what is in force, published, replanned, exported."""

from dataclasses import asdict
from datetime import datetime
from typing import Annotated

from fastapi import Query, Request, Response
from pydantic import Field

from api.export.format import ExportRequest
from api.export.kinds import kinds
from api.export.one_file import exported, format_of
from api.http.frame.auth import ByCoordinator, ByCoordinatorOfAll, Idempotent, InProgramme, Personal
from api.http.frame.errors import problems
from api.http.frame.files import FileKind, file_content
from api.http.frame.job_answers import JobAccepted, accepted
from api.http.frame.json_entities import SentDisruption
from api.http.frame.languages import InLanguage
from api.http.frame.schemas import (
    AskedMoment,
    AskedWeek,
    Key,
    Page,
    PageTurn,
    Schema,
    SinceShown,
)
from api.http.frame.state import AppState, InAppState
from api.http.frame.writes.router import Router
from api.jobs.inputs import PlanInput, ReplanInput
from api.jobs.queue import submit
from api.planning.programme import LEAST_HORIZON
from api.planning.replanning import check_times
from api.published.publishing import visible_plan
from api.run.not_planned import NotPlanned, not_planned
from api.run.privacy_level import Detail
from api.run.run import of_weeks
from api.run.visible import visible_run
from data.access import visible_to
from data.base.message import message
from data.model.problem import Horizon
from data.results.solution import BuddyWeeks
from data.store.database.record import Conflict, NotThere
from data.store.register.since import changes_since
from data.store.tables.utc import now
from data.store.work.bases import first_week_without_plan
from data.store.work.jobs import JobKind, NewJob
from data.store.work.listings import plans_before
from data.store.work.matchings import latest_matching, matching_of
from data.store.work.plans import PlanState, StoredPlan

router = Router(prefix="/plans", tags=["plans"], responses=problems(401, 403, 404, 422, 500))
WRITTEN = file_content(*(format_of(kind).media for kind in kinds()))


class PlanRequest(Schema):
    """What to plan: by default one week, the first one that has no published plan.

    That is a week that has not begun, and none before those of the latest matching. It is planned from
    that matching if its weeks begin so; otherwise the register is matched first, as it is now.
    """

    matching: str | None = Field(
        default=None, max_length=80, description="Plan this one, from the first of its own weeks."
    )
    first_week: AskedWeek | None = Field(default=None, examples=["2026-W48"])
    weeks: int = Field(default=1, ge=1, le=53)
    seed: int = Field(default=0, ge=0, lt=2**31)


class ReplanRequest(Schema):
    """What has happened since the plan was made, known at a moment (default: now)."""

    moment: AskedMoment | None = Field(default=None, examples=["2026-11-24T10:15:00+01:00"])
    disruptions: list[SentDisruption] = Field(
        max_length=200,
        examples=[[{"kind": "away", "buddy": "b001", "first": "2026-11-25", "last": "2026-11-26"}]],
    )


class PlanListed(Schema):
    """A plan without its weeks."""

    id: str
    programme: str
    matching: str
    version: int
    state: PlanState
    first_week: str = Field(examples=["2026-W48"])
    weeks: int
    complete: bool
    parent: str | None
    created_at: datetime
    published_at: datetime | None


class PlanAnswer(PlanListed):
    """A plan with the weeks of every buddy that the reader sees, and what is not planned in them."""

    buddies: tuple[BuddyWeeks, ...]
    not_planned: tuple[NotPlanned, ...]
    since: SinceShown | None = Field(description="Null where it is not known")


def plan_listed(plan: StoredPlan) -> PlanListed:
    """Return a plan as lists have it."""
    return PlanListed(**{name: getattr(plan, name) for name in PlanListed.model_fields})


@router.post("", status_code=202, dependencies=[Idempotent], responses=problems(409))
def ask_for_plan(
    by: ByCoordinatorOfAll,
    programme: InProgramme,
    app_state: InAppState,
    asked: PlanRequest,
    response: Response,
) -> JobAccepted:
    """Plan weeks; the result is a draft."""
    with app_state.service.store.reading() as c:
        key = asked.matching or latest_matching(c, programme)
        stored = matching_of(c, key)
        if stored.programme != programme:
            raise NotThere(message("no_matching", matching=key))
        own, usual = app_state.problem(c, stored.problem).horizon, app_state.programmes.horizon(c, programme)
        earliest = max(own.first_week, usual.first_week)
        usually = own.first_week if asked.matching else first_week_without_plan(c, programme, earliest)
    first = asked.first_week or usually
    if asked.matching or (own.first_week == first and own.weeks >= asked.weeks):
        wanted = PlanInput(matching=key, first_week=first, weeks=asked.weeks, seed=asked.seed)
    else:
        wanted = matched_first(app_state, programme, first, asked.weeks, asked.seed)
    new = NewJob(programme, JobKind.PLAN, first, asked.weeks, wanted.model_dump(mode="json"), by.user)
    return accepted(submit(app_state.service, new), response)


def matched_first(app_state: AppState, programme: str, first: str, weeks: int, seed: int) -> PlanInput:
    """Return the input of a plan for which the register as it is now is matched first."""
    horizon = Horizon(first_week=first, weeks=max(weeks, LEAST_HORIZON))
    with app_state.service.store.reading() as c:
        number = app_state.programmes.register(c, programme).number
        problem = app_state.programmes.problem(c, programme, horizon)
    key = app_state.stored(problem, number)
    return PlanInput(problem=key, first_week=first, weeks=weeks, seed=seed)


@router.get("")
def list_plans(
    by: ByCoordinator, programme: InProgramme, app_state: InAppState, turn: PageTurn
) -> Page[PlanListed]:
    """List plans, the newest first."""
    with app_state.service.store.reading() as c:
        found = plans_before(c, programme, turn.limit + 1, turn.after)
    return turn.page([plan_listed(plan) for plan in found], lambda plan: plan.id)


@router.get("/{plan}", dependencies=[Personal])
def show_plan(plan: Key, by: ByCoordinator, app_state: InAppState) -> PlanAnswer:
    """Show a plan with its weeks."""
    with app_state.service.store.reading() as c:
        stored = visible_plan(c, plan, by)
        run = of_weeks(app_state.runs.of_plan(c, plan), stored.covered)
        matching = matching_of(c, stored.matching)
        since = changes_since(c, stored.programme, matching.problem, matching.adopted_by)
    seen = visible_to(by, run.problem)
    return PlanAnswer(
        **dict(plan_listed(stored)),
        buddies=seen.all_of(run.weeks),
        not_planned=seen.all_of(not_planned(run)),
        since=SinceShown(**asdict(since)) if since else None,
    )


@router.post("/{plan}/replan", status_code=202, dependencies=[Idempotent], responses=problems(409))
def replan_plan(
    plan: Key, by: ByCoordinatorOfAll, app_state: InAppState, asked: ReplanRequest, response: Response
) -> JobAccepted:
    """Replan a published plan after disruptions; the result is a draft."""
    with app_state.service.store.reading() as c:
        stored = visible_plan(c, plan, by)
        run = app_state.runs.of_plan(c, plan)
    if stored.state is not PlanState.PUBLISHED:
        state = message("not_published", state=stored.state.value)
        raise Conflict(
            message("only_published_replanned", state=message(f"desk_state_{stored.state}")), cause=state
        )
    wanted = ReplanInput(plan=plan, moment=asked.moment or now(), disruptions=tuple(asked.disruptions))
    check_times(run, wanted.moment, wanted.disruptions)
    body = wanted.model_dump(mode="json")
    new = NewJob(stored.programme, JobKind.REPLAN, stored.first_week, stored.weeks, body, by.user)
    return accepted(submit(app_state.service, new), response)


@router.get(
    "/{plan}/exports/{kind}",
    dependencies=[Personal],
    response_class=Response,
    responses={200: {"description": "The file", "content": WRITTEN}},
)
def export_plan(
    plan: Key,
    kind: FileKind,
    by: ByCoordinator,
    app_state: InAppState,
    request: Request,
    language: InLanguage,
    buddy: Annotated[str, Query(max_length=80)] = "",
    week: AskedWeek | None = None,
    detail: Detail = Detail.NAMES,
) -> Response:
    """Export a plan at a level of detail; a calendar, a week on paper or a track covers one buddy."""
    with app_state.service.store.reading() as c:
        stored = visible_plan(c, plan, by)
        run = of_weeks(app_state.runs.of_plan(c, plan), stored.covered)
    run = visible_run(run, visible_to(by, run.problem))
    wish = ExportRequest(kind, buddy, week or "", detail, language)
    request.state.subject = f"buddy={buddy}" if buddy else ""
    name = f"plan.{kind}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(exported(run, wish), media_type=format_of(kind).media, headers=headers)
