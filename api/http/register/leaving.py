"""A buddy leaves on a day: who could follow at each company, and the one call that makes it so."""

from collections import Counter
from datetime import date, datetime, timedelta
from functools import partial
from typing import Annotated

from fastapi import Query
from pydantic import AwareDatetime, Field
from sqlalchemy import Connection

from api.http.frame.auth import ByCoordinator, Idempotent, InProgramme
from api.http.frame.computing import computes
from api.http.frame.errors import problems
from api.http.frame.schemas import AskedDay, AskedMoment, Schema
from api.http.frame.schemas import IfMatch as Version
from api.http.frame.state import AppState, InAppState
from api.http.frame.writes.router import Router
from api.http.register.access import OfReader, register_of_reader
from api.http.register.asking import Asked, asked_now, told_of
from api.http.register.naming import naming_of
from api.http.register.rows import RowKey
from api.http.register.writing import StaleRow, version_of
from api.planning.answers import Sentences
from api.words.findings import FindingAnswer, finding_answer
from data.base.dates import iso_week, minute_of, parse_week
from data.base.errors import BuddyplanError
from data.base.ids import BuddyId, CompanyId
from data.base.message import message
from data.model.problem import Horizon
from data.register.changes.enter import By, enter
from data.register.changes.errors import Clash
from data.register.changes.leaving import Leaving, leaving_of
from data.results.questions import JointVisit, Successions
from data.store.register.change_sets import Source
from data.store.tables.utc import now

router = Router(prefix="/register/buddies", tags=["register"], responses=problems(401, 403, 404, 422, 500))
MOST_DAYS = 366
JOINT_DAYS = 28
"""Joint visits are looked for so long before the last day."""
On = Annotated[AskedDay, Query(description="The last day of work", examples=["2026-12-31"])]


class SuccessionsAnswer(Schema):
    """Who could follow a buddy who leaves, in figures and in words."""

    answer: Successions
    sentences: Sentences


class FollowerSent(Schema):
    """Who is to follow at a company, and when both go there together before (null: they do not)."""

    company: CompanyId = Field(max_length=120, examples=["c0001"])
    buddy: BuddyId = Field(max_length=120, examples=["b002"])
    joint_visit: AskedMoment | None = Field(default=None, examples=["2026-12-15T09:00:00+01:00"])
    minutes: int = Field(default=60, ge=15, le=600, description="How long the joint visit takes")


class FollowersSent(Schema):
    """The successors; companies that are left out have no main buddy from then on."""

    successors: list[FollowerSent] = Field(max_length=500)


class LeavingEntered(Schema):
    """The result: the change set, companies without a successor, appointments of nobody, findings."""

    change_set: str | None
    number: int | None
    without: list[CompanyId]
    appointments: list[str] = Field(description="Later ones at no company that name the buddy alone")
    findings: list[FindingAnswer]


@router.get("/{key}/leaving", responses=problems(429, 503))
@computes
def show_leaving(
    key: RowKey, on: On, by: ByCoordinator, programme: InProgramme, app_state: InAppState
) -> SuccessionsAnswer:
    """Return who could follow at each company of a buddy who leaves, and when both could go there together.

    One matching of these companies; all others keep the buddy they have on that day. Nothing is changed.
    """
    from api.planning.questions.leaving import WhoFollows, who_follows_in
    from api.words.candidates import leaving_words
    from api.words.catalogue import languages

    with app_state.service.store.reading() as c:
        seen = register_of_reader(app_state, c, by, programme)
        seen.row("buddies", key)
        today = minute_of(now())[0]
        _expect_in_reach(on, today)
        given = asked_now(app_state, c, programme, Horizon(first_week=iso_week(on)))
        before = _weeks_before(app_state, c, programme, today, on)
        asked = WhoFollows(
            problem=given.problem,
            before=before.problem,
            times=given.times,
            buddy=key,
            day=on,
            today=today,
            funded=given.funded,
            among=told_of(seen),
        )
        named = naming_of(seen, app_state.programmes.area(c, programme))
    plans = tuple(each.plan for each in before.plans)
    found = seen.sight.of(app_state.answering.of_plans(plans, partial(who_follows_in, asked, before.plans)))
    assert found is not None, "the buddy is visible"
    words = {language: tuple(leaving_words(found, named, language)) for language in languages()}
    return SuccessionsAnswer(answer=found, sentences=words)


@router.post("/{key}/leaving", status_code=201, dependencies=[Idempotent], responses=problems(409, 412, 428))
def enter_leaving(
    key: RowKey,
    on: On,
    by: ByCoordinator,
    programme: InProgramme,
    app_state: InAppState,
    asked: FollowersSent,
    if_match: Version,
) -> LeavingEntered:
    """Let a buddy leave after a day, as one change set.

    Employment and relations end on that day, successors begin on the next, joint visits become appointments,
    pins and deputies name the buddy no more; account, keys and calendar links work until the end of the day.
    `If-Match` is the version of the buddy's row, or `*`.
    """
    _expect_in_reach(on, minute_of(now())[0])
    with app_state.service.store.writing() as c:
        seen = register_of_reader(app_state, c, by, programme)
        leaving = _leaving(seen, key, on, asked, version_of(if_match))
        registers, area = app_state.programmes.registers, app_state.programmes.area(c, programme)
        entering = By(by.user, Source.API)
        entered = enter(c, registers, area, leaving.operations, entering, allow=seen.expect_may)
    made = entered.change_set
    return LeavingEntered(
        change_set=made.id if made else None,
        number=made.number if made else None,
        without=[company for company in leaving.without if seen.has("companies", company)],
        appointments=list(leaving.left),
        findings=[finding_answer(each) for each in entered.draft.findings],
    )


def _leaving(seen: OfReader, key: str, on: date, asked: FollowersSent, version: int | None) -> Leaving:
    row = seen.row("buddies", key)
    if version not in (None, row.version):
        raise StaleRow((Clash("buddies", key, row.version, row.values, {}),))
    for each in asked.successors:
        seen.row("companies", each.company)
        seen.row("buddies", each.buddy)
    successors = {each.company: each.buddy for each in asked.successors}
    for company, times in Counter(each.company for each in asked.successors).items():
        if times > 1:
            raise BuddyplanError(message("successors_of_one", company=company))
    return leaving_of(seen.register, row, on, successors, [*_visits(asked, on)])


def _visits(asked: FollowersSent, on: date) -> list[JointVisit]:
    return [_visit(each, each.joint_visit, on) for each in asked.successors if each.joint_visit is not None]


def _visit(sent: FollowerSent, moment: datetime | AwareDatetime, on: date) -> JointVisit:
    day, minute = minute_of(moment)
    if day > on:
        raise BuddyplanError(message("joint_visit_too_late", company=sent.company, day=on))
    return JointVisit(company=sent.company, buddy=sent.buddy, day=day, start_min=minute, minutes=sent.minutes)


def _expect_in_reach(on: date, today: date) -> None:
    if abs((on - today).days) > MOST_DAYS:
        raise BuddyplanError(message("leaves_out_of_reach", day=on))


def _weeks_before(app_state: AppState, c: Connection, programme: str, today: date, on: date) -> Asked:
    """Return the weeks in which both can go together, up to four before the last day, with their plans."""
    begin = min(on, max(today, on - timedelta(days=JOINT_DAYS)))
    return asked_now(app_state, c, programme, Horizon(first_week=iso_week(begin), weeks=_weeks(begin, on)))


def _weeks(first: date, last: date) -> int:
    return (parse_week(iso_week(last)) - parse_week(iso_week(first))).days // 7 + 1
