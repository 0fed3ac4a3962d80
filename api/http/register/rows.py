"""The rows of every entity: list and search, one, enter, change, remove."""

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import Query, Request, Response
from pydantic import Field
from starlette.datastructures import QueryParams

from api.http.frame.auth import ByCoordinator, Idempotent, InProgramme
from api.http.frame.errors import problems
from api.http.frame.schemas import IfMatch, Page, PageTurn, etag
from api.http.frame.state import InAppState
from api.http.frame.writes.router import Router
from api.http.register.access import register_of_reader
from api.http.register.listing import filtered, found, ordered
from api.http.register.values import SINGULAR, RowShown, models_of, shown, texts_of
from api.http.register.writing import enter_over_http, of_one, version_of
from data.base.errors import BuddyplanError
from data.base.message import message
from data.register.kinds import KINDS, EntityKind
from data.register.operations import Act, Operation
from data.register.policy import POLICY

router = Router(prefix="/register", tags=["register"], responses=problems(401, 403, 404, 422, 500))
RowKey = Annotated[str, Field(max_length=120, examples=["c0001"])]
NO_FILTERS = frozenset(("programme", "limit", "cursor", "q", "sort"))
LONGEST_QUERY = 200


def _filters(asked: QueryParams) -> dict[str, str]:
    return {name: text[:LONGEST_QUERY] for name, text in asked.items() if name not in NO_FILTERS}


def add_routes(kind: EntityKind) -> None:
    """Add the routes of an entity; their models are made of its columns."""
    models, entity, one = models_of(kind.name), kind.name, SINGULAR[kind.name].lower()

    def list_rows(
        request: Request,
        by: ByCoordinator,
        programme: InProgramme,
        app_state: InAppState,
        turn: PageTurn,
        q: Annotated[str, Query(max_length=LONGEST_QUERY, description="Name, town, postcode or id")] = "",
        sort: Annotated[str, Query(max_length=40, description="A column; `-` before it: backwards")] = "",
    ) -> Any:
        with app_state.service.store.reading() as c:
            seen = register_of_reader(app_state, c, by, programme)
        rows = filtered(seen.rows(entity), kind, _filters(request.query_params))
        rows = ordered(found(seen.register, rows, q), kind, sort)
        if turn.after:
            keys = [row.id for row in rows]
            if turn.after not in keys:
                raise BuddyplanError(message("cursor_unknown"))
            rows = rows[keys.index(turn.after) + 1 :]
        page = turn.page(rows, lambda row: row.id)
        return Page[RowShown](items=[shown(row, seen.keeps(row)) for row in page.items], next=page.next)

    def show_row(
        key: RowKey, by: ByCoordinator, programme: InProgramme, app_state: InAppState, response: Response
    ) -> Any:
        with app_state.service.store.reading() as c:
            seen = register_of_reader(app_state, c, by, programme)
        row = seen.row(entity, key)
        response.headers["ETag"] = etag(row.version)
        return shown(row, seen.keeps(row))

    def enter_row(
        by: ByCoordinator, programme: InProgramme, app_state: InAppState, new: Any, response: Response
    ) -> Any:
        entering = Operation(Act.ENTER, entity, values=texts_of(entity, new))
        answer = of_one(app_state, by, programme, entering, response)
        response.headers["Location"] = f"/api/v1/register/{entity}/{answer.id}"
        return answer

    def change_row(
        key: RowKey,
        by: ByCoordinator,
        programme: InProgramme,
        app_state: InAppState,
        change: Any,
        if_match: IfMatch,
        response: Response,
    ) -> Any:
        changing = Operation(Act.CHANGE, entity, key, texts_of(entity, change), version_of(if_match))
        return of_one(app_state, by, programme, changing, response)

    def remove_row(
        key: RowKey, by: ByCoordinator, programme: InProgramme, app_state: InAppState, if_match: IfMatch
    ) -> None:
        removing = Operation(Act.REMOVE, entity, key, version=version_of(if_match))
        enter_over_http(app_state, by, programme, [removing], single=True)

    of_page = Page[models.row]  # type: ignore[name-defined]
    enter_row.__annotations__["new"], change_row.__annotations__["change"] = models.new, models.values
    stale = problems(409, 412, 428)
    entering = {"status_code": 201, "dependencies": [Idempotent], "responses": problems(409)}
    all_of, one_of = f"/{entity}", f"/{entity}/{{key}}"
    _add(
        "PATCH",
        one_of,
        change_row,
        f"change_{one}_row",
        models.row,
        f"Change one of {entity}.",
        responses=stale,
    )
    _add("GET", one_of, show_row, f"show_{one}_row", models.row, f"Show one of {entity}.")
    if entity == POLICY:
        return
    _add("GET", all_of, list_rows, f"list_{entity}_rows", of_page, f"List {entity}.")
    _add("POST", all_of, enter_row, f"enter_{one}_row", models.row, f"Enter one of {entity}.", **entering)
    _add(
        "PATCH",
        one_of,
        change_row,
        f"change_{one}_row",
        models.row,
        f"Change one of {entity}.",
        responses=stale,
    )
    says = f"Remove one of {entity}, which no other row may name."
    _add("DELETE", one_of, remove_row, f"remove_{one}_row", None, says, status_code=204, responses=stale)


def _add(
    method: str, path: str, endpoint: Callable[..., Any], name: str, answer: Any, says: str, **more: Any
) -> None:
    endpoint.__name__, endpoint.__doc__ = name, says
    endpoint.__annotations__["return"] = answer
    router.add_api_route(path, endpoint, methods=[method], name=name, **more)


for each in KINDS.values():
    add_routes(each)
