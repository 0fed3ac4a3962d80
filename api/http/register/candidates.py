"""Who can take a company on, and the one call that makes it so."""

from dataclasses import asdict
from functools import partial
from typing import Annotated

from fastapi import Query
from pydantic import Field

from api.http.frame.auth import ByCoordinator, Idempotent, InProgramme
from api.http.frame.computing import computes
from api.http.frame.errors import problems
from api.http.frame.schemas import AskedDay, Schema
from api.http.frame.schemas import IfMatch as Version
from api.http.frame.state import InAppState
from api.http.frame.writes.router import Router
from api.http.planning.adoption import SuccessionShown
from api.http.register.access import OfReader, register_of_reader
from api.http.register.asking import asked_moment, asked_now, told_of
from api.http.register.naming import naming_of
from api.http.register.rows import RowKey
from api.http.register.writing import StaleRow, version_of
from api.planning.answers import Sentences
from api.words.findings import FindingAnswer, finding_answer
from data.base.dates import iso_week, minute_of
from data.base.ids import BuddyId
from data.model.problem import Horizon
from data.register.changes.adopting import Adoption, succession_of
from data.register.changes.enter import By, enter
from data.register.changes.errors import Clash
from data.results.questions import Candidates
from data.store.register.change_sets import Source

router = Router(
    prefix="/register/companies/{key}", tags=["register"], responses=problems(401, 403, 404, 422, 500)
)
Day = Annotated[
    AskedDay | None, Query(description="By default today, or the Monday of the usual first week if later.")
]


class CandidatesAnswer(Schema):
    """Who can take a company on, in figures and in words."""

    answer: Candidates
    sentences: Sentences


class BuddySent(Schema):
    """The buddy that a company is to have, and the first day."""

    buddy: BuddyId = Field(max_length=120, examples=["b001"])
    since: AskedDay = Field(alias="from", examples=["2026-12-07"])
    before: BuddyId | None = Field(
        default=None,
        max_length=120,
        description="The main buddy on that day as you read it (empty: none); another one by now is refused.",
    )


class BuddyEntered(Schema):
    """The result: the change set (null: everything was so already), who follows whom, and findings."""

    change_set: str | None
    number: int | None
    succession: SuccessionShown | None
    findings: list[FindingAnswer]


@router.get("/candidates", responses=problems(429, 503))
@computes
def list_candidates(
    key: RowKey, by: ByCoordinator, programme: InProgramme, app_state: InAppState, at: Day = None
) -> CandidatesAnswer:
    """Return the three best buddies for a company if all other main relations stay as they are on that day.

    Each has its price on every level of the policy and its first possible visit; the other buddies are
    counted by what excludes them. Nothing is changed.
    """
    from api.planning.questions.candidates import WhoCanTake, who_can_take_in
    from api.words.candidates import candidates_words
    from api.words.catalogue import languages

    with app_state.service.store.reading() as c:
        seen = register_of_reader(app_state, c, by, programme)
        seen.row("companies", key)
        moment = asked_moment(app_state, c, programme, at)
        horizon = Horizon(first_week=iso_week(minute_of(moment)[0]))
        given = asked_now(app_state, c, programme, horizon)
        asked = WhoCanTake(
            problem=given.problem,
            times=given.times,
            travel=app_state.programmes.travel(c, programme),
            company=key,
            moment=moment,
            funded=given.funded,
            among=told_of(seen),
        )
        named = naming_of(seen, app_state.programmes.area(c, programme))
    plans = tuple(each.plan for each in given.plans)
    solved = app_state.answering.of_plans(plans, partial(who_can_take_in, asked, given.plans))
    found = seen.sight.of(solved)
    assert found is not None, "the company is visible"
    words = {language: tuple(candidates_words(found, named, language)) for language in languages()}
    return CandidatesAnswer(answer=found, sentences=words)


@router.post("/buddy", status_code=201, dependencies=[Idempotent], responses=problems(409, 412, 428))
def enter_buddy(
    key: RowKey,
    by: ByCoordinator,
    programme: InProgramme,
    app_state: InAppState,
    asked: BuddySent,
    if_match: Version,
) -> BuddyEntered:
    """Let a company have a buddy from a day on, as one change set: the relation before ends on its eve.

    `If-Match` is the version of the company's row, or `*`.
    """
    with app_state.service.store.writing() as c:
        seen = register_of_reader(app_state, c, by, programme)
        seen.row("buddies", asked.buddy)
        _expect_version(seen, key, version_of(if_match))
        succession = succession_of(seen.register, key, asked.buddy, asked.since)
        expect_before(key, asked.buddy, asked.before, succession)
        registers, area = app_state.programmes.registers, app_state.programmes.area(c, programme)
        entering = By(by.user, Source.API)
        entered = enter(c, registers, area, succession.operations, entering, allow=seen.expect_may)
    made = entered.change_set
    return BuddyEntered(
        change_set=made.id if made else None,
        number=made.number if made else None,
        succession=next((SuccessionShown(**asdict(each)) for each in succession.successions), None),
        findings=[finding_answer(each) for each in entered.draft.findings],
    )


def expect_before(company: str, buddy: str, before: str | None, succession: Adoption) -> None:
    """Raise `StaleRow` if the company has another main buddy than the one that was read (None: not said).

    `succession` is that to `buddy`, as the register is now.
    """
    now = succession.successions[0].before if succession.successions else buddy
    if before is not None and before != now:
        raise StaleRow((Clash("relations", company, None, {"buddy": now}, {"buddy": before}),))


def _expect_version(seen: OfReader, company: str, version: int | None) -> None:
    row = seen.row("companies", company)
    if version not in (None, row.version):
        raise StaleRow((Clash("companies", company, row.version, row.values, {}),))
