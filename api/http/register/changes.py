"""Change sets: many operations at once, the journal of what changed, and undo."""

from datetime import datetime
from typing import Annotated

from fastapi import Query, Response
from pydantic import Field
from sqlalchemy import Connection

from api.http.frame.auth import ByCoordinator, Idempotent, InProgramme
from api.http.frame.errors import problems
from api.http.frame.schemas import Key, Page, PageTurn, Schema
from api.http.frame.state import InAppState
from api.http.frame.writes.router import Router
from api.http.register.access import OfReader, register_of_reader
from api.http.register.values import RowShown, changed_texts, new_texts, shown
from api.http.register.writing import enter_over_http
from api.words.findings import FindingAnswer, finding_answer
from data.access import Coordinator, in_programme, sees_all
from data.base.errors import BuddyplanError
from data.base.message import message
from data.register.changes.enter import Entered
from data.register.changes.operations import Act, Operation
from data.register.changes.undo import undo
from data.register.rows.kinds import HOME, HOMES, KINDS
from data.register.rows.rights import may_change
from data.store.database.record import NotThere
from data.store.register.change_sets import (
    Change,
    ChangeSet,
    Source,
    change_set_of,
    change_sets_before,
    changes_of,
    sets_about,
)

router = Router(prefix="/changes", tags=["changes"], responses=problems(401, 403, 404, 422, 500))
MOST_OPERATIONS = 20_000
MOST_CHANGES_SHOWN = 200


class OperationSent(Schema):
    """One step: a row to enter, change or remove; `values` are those of the entity's own route."""

    act: Act
    entity: str = Field(max_length=16, examples=["companies"])
    id: str = Field(default="", max_length=120, examples=["c0001"])
    values: dict[str, str | int | float | bool | None] = Field(default={}, examples=[{"employees": 24}])
    version: int | None = Field(default=None, ge=0, description="The one that was seen; null: any")


class ChangesSent(Schema):
    """Steps that are entered all or none."""

    note: str = Field(default="", max_length=500, examples=["after the call of this morning"])
    operations: list[OperationSent] = Field(min_length=1, max_length=MOST_OPERATIONS)


class ChangeShown(Schema):
    """What became of a field; with an empty `field`, of a whole row that came or went."""

    entity: str = Field(examples=["companies"])
    id: str = Field(examples=["c0001"])
    field: str = Field(examples=["employees"])
    before: str | dict[str, str] | None
    after: str | dict[str, str] | None


class ChangeSetShown(Schema):
    """A change set with what the reader sees of its changes; `count` is how many these are."""

    id: str
    number: int = Field(examples=[12])
    at: datetime
    by_user: str
    source: Source
    note: str
    undoes: str | None
    count: int
    changes: list[ChangeShown] = Field(description=f"At most {MOST_CHANGES_SHOWN}")


class ChangesEntered(Schema):
    """The result: the change set (null: everything was so already), a row for each step, and findings."""

    change_set: str | None
    number: int | None
    rows: list[RowShown | None]
    findings: list[FindingAnswer]


@router.post("", status_code=201, dependencies=[Idempotent], responses=problems(409))
def enter_changes(
    by: ByCoordinator, programme: InProgramme, app_state: InAppState, asked: ChangesSent, response: Response
) -> ChangesEntered:
    """Enter a change set: all of its steps, or none of them with all that is wrong."""
    operations = [operation_of(each) for each in asked.operations]
    entered = enter_over_http(app_state, by, programme, operations, asked.note)
    return _entered(entered, by, response)


def operation_of(sent: OperationSent) -> Operation:
    """Return a step that was sent; raises `BuddyplanError` or `RequestValidationError` for what is none."""
    if sent.entity not in KINDS:
        raise BuddyplanError(message("no_entity", entity=sent.entity, known=", ".join(KINDS)))
    texts = new_texts if sent.act is Act.ENTER else changed_texts
    return Operation(sent.act, sent.entity, sent.id, texts(sent.entity, sent.values), sent.version)


def _entered(entered: Entered, by: Coordinator, response: Response) -> ChangesEntered:
    made, drafted = entered.change_set, entered.draft
    if made:
        response.headers["Location"] = f"/api/v1/changes/{made.id}"
    rows: list[RowShown | None] = [
        shown(row, may_change(by, drafted.register, row)) if row else None for row in drafted.rows
    ]
    return ChangesEntered(
        change_set=made.id if made else None,
        number=made.number if made else None,
        rows=rows,
        findings=[finding_answer(each) for each in drafted.findings],
    )


@router.get("")
def list_changes(
    by: ByCoordinator,
    programme: InProgramme,
    app_state: InAppState,
    turn: PageTurn,
    entity: Annotated[str, Query(max_length=16, examples=["companies"])] = "",
    row: Annotated[str, Query(max_length=120, examples=["c0001"])] = "",
    after: Annotated[int, Query(ge=0, le=2**31 - 1, description="Those after this number.")] = 0,
) -> Page[ChangeSetShown]:
    """List change sets, the newest first: all of them, or those that changed one row."""
    before = int(turn.after) if turn.after.isdecimal() else None
    with app_state.service.store.reading() as c:
        seen = register_of_reader(app_state, c, by, programme)
        if entity and row:
            if not sees_all(by):
                seen.row(entity, row)
            sets = sets_about(c, programme, [(entity, row)], turn.limit + 1, before=before)
        else:
            sets = change_sets_before(c, programme, turn.limit + 1, before)
        sets = [each for each in sets if each.number > after]
        changes = changes_of(c, [each.id for each in sets])
    shown_sets = [change_set_shown(each, changes[each.id], seen) for each in sets]
    return turn.page(shown_sets, lambda each: str(each.number))


@router.get("/{change_set}")
def show_change_set(
    change_set: Key, by: ByCoordinator, programme: InProgramme, app_state: InAppState
) -> ChangeSetShown:
    """Show a change set with what it changed."""
    with app_state.service.store.reading() as c:
        made = _of_programme(c, by, programme, change_set)
        seen = register_of_reader(app_state, c, by, programme)
        return change_set_shown(made, changes_of(c, [made.id])[made.id], seen)


@router.post("/{change_set}/undo", status_code=201, dependencies=[Idempotent], responses=problems(409))
def undo_change_set(
    change_set: Key, by: ByCoordinator, programme: InProgramme, app_state: InAppState, response: Response
) -> ChangesEntered:
    """Take a change set back, as long as no later one touched the same fields; this is a change set too."""
    with app_state.service.store.writing() as c:
        made = _of_programme(c, by, programme, change_set)
        seen = register_of_reader(app_state, c, by, programme)
        area = app_state.programmes.area(c, programme)
        entered = undo(c, app_state.programmes.registers, area, made, by.user, seen.expect_may)
    return _entered(entered, by, response)


def _of_programme(c: Connection, by: Coordinator, programme: str, key: str) -> ChangeSet:
    made = change_set_of(c, key)
    if made.programme != programme or not in_programme(by, programme):
        raise NotThere(message("no_change_set", change_set=key))
    return made


def change_set_shown(made: ChangeSet, changes: list[Change], seen: OfReader) -> ChangeSetShown:
    """Return a change set as a reader sees it."""
    visible = [each for each in changes if seen.shows(each)]
    return ChangeSetShown(
        id=made.id,
        number=made.number,
        at=made.at,
        by_user=made.by_user,
        source=made.source,
        note=made.note if sees_all(seen.by) else "",
        undoes=made.undoes,
        count=len(visible),
        changes=[_change(each, seen) for each in visible[:MOST_CHANGES_SHOWN]],
    )


def _change(change: Change, seen: OfReader) -> ChangeShown:
    """Return a change without a buddy's home, unless the reader keeps the buddy's row."""
    row = seen.register.row(change.entity, change.row)
    hidden = change.entity in HOMES and not (row and seen.keeps(row)) and not sees_all(seen.by)
    left_out = (*HOME, "at") if hidden else ()
    if not change.field:
        before, after = (
            {name: text for name, text in values.items() if name not in left_out} or None
            for values in (change.values_before, change.values_after)
        )
        return ChangeShown(entity=change.entity, id=change.row, field="", before=before, after=after)
    secret = change.field in left_out
    return ChangeShown(
        entity=change.entity,
        id=change.row,
        field=change.field,
        before=None if secret else change.before,
        after=None if secret else change.after,
    )
