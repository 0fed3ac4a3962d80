"""The rows of every entity: list and search, one, enter, change, remove."""

from enum import StrEnum
from typing import Annotated

from fastapi import Path, Query, Request, Response
from starlette.datastructures import QueryParams

from api.http.frame.auth import ByCoordinator, Idempotent, InProgramme
from api.http.frame.errors import problems
from api.http.frame.schemas import IfMatch, Page, PageTurn, etag
from api.http.frame.state import InAppState
from api.http.frame.writes.router import Router
from api.http.register.access import register_of_reader
from api.http.register.listing import filtered, found, ordered
from api.http.register.values import RowShown, SentValues, changed_texts, new_texts, shown
from api.http.register.writing import enter_over_http, of_one, version_of
from data.base.errors import BuddyplanError
from data.base.message import message
from data.register.changes.operations import Act, Operation
from data.register.rows.kinds import HOME, HOMES, KINDS

router = Router(prefix="/register", tags=["register"], responses=problems(401, 403, 404, 422, 500))
RowKey = Annotated[str, Path(max_length=120, examples=["c0001"])]
EntityName = StrEnum("EntityName", {name: name for name in KINDS})  # type: ignore[misc]
EntityName.__doc__ = "A table of the programme."
NO_FILTERS = frozenset(("programme", "limit", "cursor", "q", "sort"))
LONGEST_QUERY = 200
STALE = problems(409, 412, 428)


def _filters(asked: QueryParams) -> dict[str, str]:
    return {name: text[:LONGEST_QUERY] for name, text in asked.items() if name not in NO_FILTERS}


@router.get("/{entity}")
def list_rows(
    entity: EntityName,
    request: Request,
    by: ByCoordinator,
    programme: InProgramme,
    app_state: InAppState,
    turn: PageTurn,
    q: Annotated[str, Query(max_length=LONGEST_QUERY, description="Name, town, postcode or id")] = "",
    sort: Annotated[str, Query(max_length=40, description="A column; `-` before it: backwards")] = "",
) -> Page[RowShown]:
    """List the rows of an entity that the coordinator sees; any column is a filter, and `district`."""
    kind = KINDS[entity.value]
    with app_state.service.store.reading() as c:
        seen = register_of_reader(app_state, c, by, programme)
    wanted, rows = _filters(request.query_params), seen.rows(kind.name)
    if kind.name in HOMES and HOME & {sort.removeprefix("-"), *wanted}:
        rows = [row for row in rows if seen.keeps(row)]  # who asks by homes gets those alone that are seen
    rows = filtered(rows, kind, wanted)
    rows = ordered(found(seen.register, rows, q, seen.keeps), kind, sort)
    if turn.after:
        keys = [row.id for row in rows]
        if turn.after not in keys:
            raise BuddyplanError(message("cursor_unknown"))
        rows = rows[keys.index(turn.after) + 1 :]
    page = turn.page(rows, lambda row: row.id)
    return Page(items=[shown(row, seen.keeps(row)) for row in page.items], next=page.next)


@router.get("/{entity}/{key}")
def show_row(
    entity: EntityName,
    key: RowKey,
    by: ByCoordinator,
    programme: InProgramme,
    app_state: InAppState,
    response: Response,
) -> RowShown:
    """Show a row."""
    with app_state.service.store.reading() as c:
        seen = register_of_reader(app_state, c, by, programme)
    row = seen.row(entity.value, key)
    response.headers["ETag"] = etag(row.version)
    return shown(row, seen.keeps(row))


@router.post("/{entity}", status_code=201, dependencies=[Idempotent], responses=problems(409))
def enter_row(
    entity: EntityName,
    by: ByCoordinator,
    programme: InProgramme,
    app_state: InAppState,
    values: SentValues,
    response: Response,
) -> RowShown:
    """Enter a row by the columns of the files; what is left out has its default."""
    entering = Operation(Act.ENTER, entity.value, values=new_texts(entity.value, values.root))
    answer = of_one(app_state, by, programme, entering, response)
    response.headers["Location"] = f"/api/v1/register/{entity.value}/{answer.id}"
    return answer


@router.patch("/{entity}/{key}", responses=STALE)
def change_row(
    entity: EntityName,
    key: RowKey,
    by: ByCoordinator,
    programme: InProgramme,
    app_state: InAppState,
    values: SentValues,
    if_match: IfMatch,
    response: Response,
) -> RowShown:
    """Change what is named of a row; null clears a column."""
    texts = changed_texts(entity.value, values.root)
    changing = Operation(Act.CHANGE, entity.value, key, texts, version_of(if_match))
    return of_one(app_state, by, programme, changing, response)


@router.delete("/{entity}/{key}", status_code=204, responses=STALE)
def remove_row(
    entity: EntityName,
    key: RowKey,
    by: ByCoordinator,
    programme: InProgramme,
    app_state: InAppState,
    if_match: IfMatch,
) -> None:
    """Remove a row that no other row names."""
    removing = Operation(Act.REMOVE, entity.value, key, version=version_of(if_match))
    enter_over_http(app_state, by, programme, [removing], single=True)
