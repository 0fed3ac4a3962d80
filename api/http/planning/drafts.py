"""Drafts: who is affected, publishing, rebasing on what is in force, and the way back to earlier versions."""

from datetime import date

from fastapi import Response
from pydantic import Field

from api.http.frame.auth import ByCoordinator, ByCoordinatorOfAll, Idempotent, Personal
from api.http.frame.errors import problems
from api.http.frame.job_answers import JobAccepted, accepted
from api.http.frame.schemas import IfMatch, Key, Schema, etag, must_match
from api.http.frame.state import InAppState
from api.http.frame.writes.router import Router
from api.http.planning.plans import PlanListed, matched_first, plan_listed
from api.jobs.inputs import ReplanInput
from api.jobs.queue import submit
from api.published.affected import Affected
from api.published.publishing import adopt_with, draft_effects, published_now, visible_plan
from api.published.rebasing import rebase_of
from api.published.restoring import restored
from data.access import visible_to
from data.base.entity import content_hash
from data.base.ids import BuddyId, CompanyId, VisitId
from data.results.replanning import Disruption
from data.store.tables.utc import now
from data.store.work.jobs import JobKind, NewJob
from data.store.work.plans import PlanState, expect_base

router = Router(prefix="/plans", tags=["plans"], responses=problems(401, 403, 404, 422, 500))


class RebaseAccepted(JobAccepted):
    """The job whose result is the new draft; `left_out`: what is in force has no place for these any more."""

    left_out: list[Disruption]


class VisitLeftOut(Schema):
    """A visit that does not come back: the buddy is no longer the company's."""

    visit: VisitId = Field(examples=["bakery-2026-W48-1"])
    company: CompanyId
    buddy: BuddyId
    day: date


class PlanRestored(PlanListed):
    """The new draft, and the visits that it leaves out."""

    left_out: list[VisitLeftOut]


@router.get(
    "/{plan}/affected",
    dependencies=[Personal],
    responses={200: {"headers": {"ETag": {"schema": {"type": "string"}}}}},
)
def show_affected(plan: Key, by: ByCoordinator, app_state: InAppState, response: Response) -> Affected:
    """Show who is affected if a plan is published; publishing requires this answer's ETag."""
    with app_state.service.store.reading() as c:
        found = draft_effects(c, app_state.programmes, visible_plan(c, plan, by))
        seen = visible_to(by, app_state.runs.of_plan(c, plan).problem)
    response.headers["ETag"] = etag(content_hash(found))
    shown = seen.of(found)
    assert shown is not None, "a draft affects more than one"
    return shown


@router.post("/{plan}/publish", dependencies=[Idempotent], responses=problems(409, 412, 428))
def publish_plan(plan: Key, by: ByCoordinatorOfAll, app_state: InAppState, if_match: IfMatch) -> PlanListed:
    """Publish a draft after reading who is affected; this promises companies their windows.

    A matching that was not adopted is adopted with its plan, from the first day of the plan. A draft that was
    made before something else was published for its weeks, or another matching adopted, is refused:
    `POST /plans/{plan}/rebase` applies it to what is in force.
    """
    with app_state.service.store.writing() as c:
        stored = visible_plan(c, plan, by)
        if stored.state is PlanState.DRAFT:
            expect_base(c, stored)
            must_match(if_match, content_hash(draft_effects(c, app_state.programmes, stored)))
        published = published_now(c, stored, app_state.runs.of_plan(c, plan), by.user)
        adopt_with(c, app_state.programmes, published, by.user)
        return plan_listed(published)


@router.post("/{plan}/rebase", status_code=202, dependencies=[Idempotent], responses=problems(409))
def rebase_plan(
    plan: Key, by: ByCoordinatorOfAll, app_state: InAppState, response: Response
) -> RebaseAccepted:
    """Apply a draft's own decisions to what is in force now; the result is a new draft.

    What a re-planning was made for is planned on the plan in force. A draft of whole weeks takes over what
    was re-planned in them since; if its matching was replaced, the weeks are planned anew.
    """
    moment = now()
    with app_state.service.store.reading() as c:
        draft = visible_plan(c, plan, by)
        rebase = rebase_of(c, app_state.runs, draft, moment)
    if rebase.plan is None:
        anew = matched_first(app_state, draft.programme, draft.first_week, draft.weeks, 0)
        new = NewJob(
            draft.programme, JobKind.PLAN, draft.first_week, draft.weeks,
            anew.model_dump(mode="json"), by.user,
        )  # fmt: skip
    else:
        wanted = ReplanInput(plan=rebase.plan.id, moment=moment, disruptions=rebase.disruptions)
        new = NewJob(
            draft.programme, JobKind.REPLAN, rebase.plan.first_week, rebase.plan.weeks,
            wanted.model_dump(mode="json"), by.user,
        )  # fmt: skip
    job = accepted(submit(app_state.service, new), response).job
    return RebaseAccepted(job=job, left_out=list(rebase.left_out))


@router.post("/{plan}/restore", status_code=201, dependencies=[Idempotent], responses=problems(409))
def restore_plan(
    plan: Key, by: ByCoordinatorOfAll, app_state: InAppState, response: Response
) -> PlanRestored:
    """Create a draft from a version that was in force, to publish it again; the past stays as it happened.

    Only its weeks come back, no relation does: visits by who is the company's buddy no longer are left out.
    """
    with app_state.service.store.writing() as c:
        stored = visible_plan(c, plan, by)
        run, register = app_state.runs.of_plan(c, plan), app_state.programmes.register(c, stored.programme)
        draft, gone = restored(c, stored, run, register, now(), by.user)
    response.headers["Location"] = f"/api/v1/plans/{draft.id}"
    left_out = [VisitLeftOut(visit=e.visit, company=e.company, buddy=e.buddy, day=e.day) for e in gone]
    return PlanRestored(**plan_listed(draft).model_dump(), left_out=left_out)
