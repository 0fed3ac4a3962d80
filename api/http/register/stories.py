"""The story of a company or buddy: all rows about it, what happened, what is next, and what changed."""

from datetime import date

from pydantic import Field
from sqlalchemy import Connection

from api.http.frame.auth import ByCoordinator, InProgramme, Personal
from api.http.frame.errors import problems
from api.http.frame.schemas import Schema
from api.http.frame.state import AppState, InAppState
from api.http.frame.writes.router import Router
from api.http.register.access import OfReader, register_of_reader
from api.http.register.changes import ChangeSetShown, change_set_shown
from api.http.register.rows import RowKey
from api.http.register.values import RowShown, shown
from data.base.dates import iso_week, minute_of
from data.base.ids import BuddyId, CompanyId, VisitId
from data.model.problem import Horizon
from data.register.rows.row import RegisterRow
from data.results.promise import PromiseState
from data.results.questions import CaseloadUse
from data.store.register.change_sets import changes_of, sets_about
from data.store.tables.utc import now
from data.store.work.promises import promises_ahead

router = Router(prefix="/register", tags=["register"], responses=problems(401, 403, 404, 422, 500))
LAST_CHANGES = 20


class NextVisit(Schema):
    """A visit that is planned and was told to the company, with its answer."""

    visit: VisitId
    company: CompanyId
    buddy: BuddyId
    date: date
    from_min: int = Field(examples=[540], description="Minutes after midnight")
    to_min: int = Field(examples=[600])
    state: PromiseState


class Story(Schema):
    """Everything about one company or buddy; `rows` are those of other entities about it, by entity."""

    row: RowShown
    rows: dict[str, list[RowShown]]
    next_visits: list[NextVisit]
    caseload: list[CaseloadUse] = Field(
        default=[], description="Of a buddy, today: companies and minutes of care per four weeks"
    )
    changes: list[ChangeSetShown] = Field(description=f"The last {LAST_CHANGES}")


@router.get("/companies/{key}/story", dependencies=[Personal])
def company_story(key: RowKey, by: ByCoordinator, programme: InProgramme, app_state: InAppState) -> Story:
    """Tell a company's story: groups, care, relations, requests, contacts, next visits, changes."""
    with app_state.service.store.reading() as c:
        seen = register_of_reader(app_state, c, by, programme)
        return _story(c, programme, seen, seen.row("companies", key))


@router.get("/buddies/{key}/story", dependencies=[Personal])
def buddy_story(key: RowKey, by: ByCoordinator, programme: InProgramme, app_state: InAppState) -> Story:
    """Tell a buddy's story: relations, caseload, absences, contacts, next visits, changes."""
    with app_state.service.store.reading() as c:
        seen = register_of_reader(app_state, c, by, programme)
        row = seen.row("buddies", key)
        story = _story(c, programme, seen, row)
        return story.model_copy(update={"caseload": _caseload(c, app_state, programme, seen, row)})


def _caseload(
    c: Connection, app_state: AppState, programme: str, seen: OfReader, row: RegisterRow
) -> list[CaseloadUse]:
    """Return how full a buddy is today; nothing for one who does not keep the buddy's row."""
    from api.planning.questions.caseload import caseload_on

    if not seen.keeps(row):
        return []
    today = minute_of(now())[0]
    problem = app_state.programmes.problem(c, programme, Horizon(first_week=iso_week(today)))
    return list(caseload_on(problem, row.id, today))


def _story(c: Connection, programme: str, seen: OfReader, row: RegisterRow) -> Story:
    rows = [each for each in _about(seen, row) if seen.sees(each)]
    by_entity: dict[str, list[RowShown]] = {}
    for each in sorted(rows, key=lambda each: (each.position, each.id)):
        by_entity.setdefault(each.entity, []).append(_row(seen, each))
    told = _who(row)
    keys = [(each.entity, each.id) for each in (row, *rows)]
    sets = sets_about(c, programme, keys, LAST_CHANGES)
    changes = changes_of(c, [each.id for each in sets])
    return Story(
        row=_row(seen, row),
        rows=by_entity,
        next_visits=_next(c, programme, seen, told),
        changes=[change_set_shown(each, changes[each.id], seen) for each in sets],
    )


def _about(seen: OfReader, row: RegisterRow) -> list[RegisterRow]:
    named = [
        each
        for entity in ("requests", "appointments")
        for each in seen.register.of(entity)
        if row.id in (each.values.get("company", ""), *each.values.get("buddies", "").split())
    ]
    return [*seen.register.about({row.id}), *named]


def _who(row: RegisterRow) -> dict[str, str]:
    return {
        "company": row.id if row.entity == "companies" else "",
        "buddy": row.id if row.entity == "buddies" else "",
    }


def _next(c: Connection, programme: str, seen: OfReader, told: dict[str, str]) -> list[NextVisit]:
    ahead = promises_ahead(c, programme, minute_of(now())[0], **told)
    return [
        NextVisit(**each.promise.model_dump(), buddy=each.buddy)
        for each in ahead
        if _shows(seen, each.promise.company)
    ]


def _shows(seen: OfReader, company: str) -> bool:
    row = seen.register.row("companies", company)
    return row is not None and seen.sees(row)


def _row(seen: OfReader, row: RegisterRow) -> RowShown:
    return shown(row, seen.keeps(row))
