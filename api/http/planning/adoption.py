"""Adopting a matching: who changes first, then relations in the register, and their visits planned again."""

from dataclasses import asdict
from datetime import date, datetime
from hashlib import sha256
from typing import Annotated, Any

from fastapi import Query, Response
from pydantic import Field
from sqlalchemy import Connection

from api.http.frame.auth import ByCoordinatorOfAll, Idempotent
from api.http.frame.errors import problems
from api.http.frame.schemas import AskedDay, IfMatch, Key, Schema, etag, must_match
from api.http.frame.state import AppState, InAppState
from api.http.frame.writes.router import Router
from api.http.planning.matchings import visible_matching
from api.jobs.inputs import ReplanInput
from api.jobs.queue import submit
from api.published.losing import VisitLost, visits_lost
from api.service.wiring import Service
from data.base.dates import minute_of, parse_week
from data.base.ids import BuddyId, CompanyId, VisitId
from data.register.changes.adopting import Adoption, adopt, adoption_of
from data.results.replanning import HandedOver
from data.store.database.record import Conflict
from data.store.tables.utc import now
from data.store.work.jobs import JobKind, NewJob
from data.store.work.matchings import StoredMatching, matching_of
from data.store.work.plans import plan_of

router = Router(prefix="/matchings", tags=["matchings"], responses=problems(401, 403, 404, 422, 500))
TAGGED: dict[int | str, dict[str, Any]] = {200: {"headers": {"ETag": {"schema": {"type": "string"}}}}}


class SuccessionShown(Schema):
    """A company whose main buddy changes; an empty buddy: there was none, or there is none any more."""

    company: CompanyId
    before: BuddyId
    after: BuddyId
    since: date | None = Field(description="Since when the present relation lasts")


class VisitLosing(Schema):
    """A published visit whose buddy is the company's no longer; `after` is the new one, empty: nobody."""

    plan: str
    week: str = Field(examples=["2026-W48"])
    visit: VisitId = Field(examples=["bakery-2026-W48-1"])
    company: CompanyId
    buddy: BuddyId
    day: date
    start_min: int = Field(examples=[540])
    after: BuddyId


class AdoptionShown(Schema):
    """What adopting a matching changes from a day on; `kept` relations stay."""

    day: date
    kept: int
    successions: list[SuccessionShown]
    visits: list[VisitLosing] = Field(description="Published visits that lose their buddy by it")


class AdoptionMade(AdoptionShown):
    """The same, done; `change_set` is null where the relations were so already.

    `jobs` plan the visits again with their new buddies, one job a plan; each result is a draft.
    """

    change_set: str | None
    jobs: list[str]


Day = Annotated[
    AskedDay | None, Query(description="The first day; by default the Monday of its first week, or today.")
]


@router.get("/{matching}/adoption", responses=TAGGED)
def show_adoption(
    matching: Key, by: ByCoordinatorOfAll, app_state: InAppState, response: Response, day: Day = None
) -> AdoptionShown:
    """Show who changes if a matching is adopted, and which published visits lose their buddy.

    Nothing happens; adopting requires this answer's ETag.
    """
    with app_state.service.store.reading() as c:
        visible_matching(app_state, c, matching, by)
        _, shown, _ = _proposal(app_state, c, matching_of(c, matching), day)
    response.headers["ETag"] = _tag(shown)
    return shown


@router.post("/{matching}/adopt", dependencies=[Idempotent], responses=problems(409, 412, 428))
def adopt_matching(
    matching: Key, by: ByCoordinatorOfAll, app_state: InAppState, if_match: IfMatch, day: Day = None
) -> AdoptionMade:
    """Adopt a matching after reading who changes: its pairs are the relations of the register from a day on.

    That is one change set. Published visits that lose their buddy are planned again with the new one.
    """
    moment = now()
    with app_state.service.store.writing() as c:
        visible_matching(app_state, c, matching, by)
        stored = matching_of(c, matching)
        adoption, shown, lost = _proposal(app_state, c, stored, day)
        must_match(if_match, _tag(shown).strip('"'))
        programmes = app_state.programmes
        area = programmes.area(c, stored.programme)
        entered = adopt(c, programmes.registers, area, stored, adoption.day, by.user)
        again = _replannings(c, lost, moment, by.user)
    jobs = [job for new in again for job in _submitted(app_state.service, new)]
    made = entered.change_set
    return AdoptionMade(**dict(shown), change_set=made.id if made else None, jobs=jobs)


def _proposal(
    app_state: AppState, c: Connection, stored: StoredMatching, asked: date | None
) -> tuple[Adoption, AdoptionShown, tuple[VisitLost, ...]]:
    horizon, today = app_state.problem(c, stored.problem).horizon, minute_of(now())[0]
    day = asked or max(parse_week(horizon.first_week), today)
    adoption = adoption_of(app_state.programmes.register(c, stored.programme), stored.matching, day)
    lost = tuple(visits_lost(c, app_state.runs, stored.programme, adoption, today))
    shown = AdoptionShown(
        day=day,
        kept=adoption.kept,
        successions=[SuccessionShown(**asdict(each)) for each in adoption.successions],
        visits=[_losing(each) for each in lost],
    )
    return adoption, shown, lost


def _losing(lost: VisitLost) -> VisitLosing:
    own = lost.own
    return VisitLosing(
        plan=lost.plan,
        week=own.week,
        visit=own.visit,
        company=own.company,
        buddy=own.buddy,
        day=own.day,
        start_min=own.start_min,
        after=lost.after,
    )


def _tag(shown: AdoptionShown) -> str:
    """Return the ETag of what changes; in which version of a plan a visit stands makes no difference."""
    visits = [each.model_copy(update={"plan": ""}) for each in shown.visits]
    shown = shown.model_copy(update={"visits": visits})
    return etag(sha256(shown.model_dump_json().encode()).hexdigest())


def _replannings(c: Connection, lost: tuple[VisitLost, ...], moment: datetime, user: str) -> list[NewJob]:
    """Return the jobs that plan visits again with their new buddies, one a plan."""
    jobs = []
    for key in sorted({each.plan for each in lost if each.able}):
        plan = plan_of(c, key)
        own = [each for each in lost if each.plan == key and each.able]
        handed = tuple(HandedOver(visit=e.own.visit, company=e.own.company, buddy=e.after) for e in own)
        body = ReplanInput(plan=key, moment=moment, disruptions=handed).model_dump(mode="json")
        jobs.append(NewJob(plan.programme, JobKind.REPLAN, plan.first_week, plan.weeks, body, user))
    return jobs


def _submitted(service: Service, new: NewJob) -> list[str]:
    """Return the job, or none where another one is at work on these weeks: then that is planned first."""
    try:
        return [submit(service, new)]
    except Conflict:
        return []
