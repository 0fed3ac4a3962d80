"""What changes of the register would make possible; nothing is changed."""

from collections.abc import Sequence
from functools import partial

from pydantic import Field

from api.http.frame.auth import ByCoordinator, InProgramme
from api.http.frame.computing import computes
from api.http.frame.errors import problems
from api.http.frame.schemas import Schema
from api.http.frame.state import AppState, InAppState
from api.http.frame.writes.router import Router
from api.http.register.access import register_of_reader
from api.http.register.asking import asked_moment, funded_now
from api.http.register.changes import MOST_OPERATIONS, OperationSent, operation_of
from api.planning.answers import Sentences
from api.words.findings import FindingAnswer, finding_answer
from data.access import Coordinator
from data.base.dates import iso_week, minute_of
from data.model.problem import Horizon
from data.register.changes.draft import Stamp, draft
from data.register.changes.operations import Act, Operation
from data.register.problem import problem_of
from data.results.questions import Possible
from data.store.tables.utc import now

router = Router(prefix="/register", tags=["register"], responses=problems(401, 403, 404, 422, 500))


class PossibleAsked(Schema):
    """Steps as `POST /changes` takes them; here they are only tried."""

    operations: list[OperationSent] = Field(min_length=1, max_length=MOST_OPERATIONS)


class PossibleAnswer(Schema):
    """What the steps would make possible, in figures and in words; findings as `POST /changes` has them."""

    answer: Possible
    sentences: Sentences
    findings: list[FindingAnswer]


@router.post("/possible", responses=problems(409, 429, 503))
async def try_changes(
    by: ByCoordinator, programme: InProgramme, app_state: InAppState, asked: PossibleAsked
) -> PossibleAnswer:
    """Try steps, and return which companies somebody could take then and which pairs become eligible.

    Nothing is stored. What is wrong with the steps is refused as by `POST /changes`.
    """
    operations = [operation_of(each) for each in asked.operations]
    return await tried(by=by, programme=programme, app_state=app_state, operations=operations)


@computes
def tried(
    *, by: Coordinator, programme: str, app_state: AppState, operations: Sequence[Operation]
) -> PossibleAnswer:
    """Return what operations would make possible; raises what entering them raises."""
    from api.planning.questions.possible import WhatBecomesPossible, what_becomes_possible
    from api.words.candidates import possible_words
    from api.words.catalogue import languages

    with app_state.service.store.reading() as c:
        seen, programmes = register_of_reader(app_state, c, by, programme), app_state.programmes
        for each in operations:
            if each.act is not Act.ENTER:
                seen.row(each.entity, each.id)
        area = programmes.area(c, programme)
        drafted = draft(seen.register, area, operations, Stamp(seen.register.number + 1, "", by.user, now()))
        seen.expect_may(drafted)
        day = minute_of(asked_moment(app_state, c, programme, None))[0]
        weeks = Horizon(first_week=iso_week(day))
        before = programmes.problem(c, programme, weeks)
        after = problem_of(drafted.register, area.programme, weeks)
        question = WhatBecomesPossible(
            before=before,
            after=after,
            times_before=programmes.times(c, before),
            travel=programmes.travel(c, programme),
            day=day,
            funded=funded_now(c, programme),
            hidden=seen.sight.hidden,
        )
    found = app_state.answering.of_plans((), partial(what_becomes_possible, question))
    words = {language: tuple(possible_words(found, language)) for language in languages()}
    findings = [finding_answer(each) for each in drafted.findings]
    return PossibleAnswer(answer=found, sentences=words, findings=findings)
