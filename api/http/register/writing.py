"""Change sets that come over HTTP, a row at a time or many at once."""

import re
from collections.abc import Sequence
from typing import ClassVar

from fastapi import Response

from api.http.frame.errors import Stale
from api.http.frame.schemas import etag
from api.http.frame.state import AppState
from api.http.register.access import register_of_reader
from api.http.register.values import RowEntered, shown
from api.words.findings import finding_answer
from data.access import Coordinator
from data.base.message import message
from data.register.changes.enter import By, Entered, enter
from data.register.changes.errors import RowsChanged
from data.register.changes.operations import Act, Operation
from data.register.rows.rights import may_change
from data.store.register.change_sets import Source


class StaleRow(RowsChanged):
    """A row changed after it was read; both values are told."""

    http_status: ClassVar[int] = 412
    kind: ClassVar[str] = "row_stale"


def version_of(if_match: str) -> int | None:
    """Return the version that a header names, None for any; raises `Stale` for one that no row can have."""
    if if_match.strip() == "*":
        return None
    match = re.fullmatch(r'\s*"?(\d{1,9})"?\s*', if_match)
    if match is None:
        raise Stale(message("read_again"))
    return int(match[1])


def enter_over_http(
    app_state: AppState,
    by: Coordinator,
    programme: str,
    operations: Sequence[Operation],
    note: str = "",
    single: bool = False,
) -> Entered:
    """Enter operations of a coordinator as one change set; `single`: one row, whose version was a header.

    Raises `Forbidden` if one changes a row of another host, `NotThere` for a row that is not seen, and what
    `data.register.changes.enter.enter` raises.
    """
    with app_state.service.store.writing() as c:
        seen = register_of_reader(app_state, c, by, programme)
        for each in operations:
            if each.act is not Act.ENTER:
                seen.row(each.entity, each.id)
        registers, area = app_state.programmes.registers, app_state.programmes.area(c, programme)
        entering = By(by.user, Source.API, note)
        try:
            return enter(c, registers, area, operations, entering, allow=seen.expect_may)
        except RowsChanged as changed:
            raise (StaleRow(changed.clashes) if single else changed) from None


def of_one(
    app_state: AppState, by: Coordinator, programme: str, operation: Operation, response: Response
) -> RowEntered:
    """Enter one operation; return its row with the warnings, and its version as the answer's ETag."""
    entered = enter_over_http(app_state, by, programme, [operation], single=True)
    (row,) = entered.draft.rows
    assert row is not None, "a row that was entered or changed is there"
    response.headers["ETag"] = etag(row.version)
    answer = shown(row, may_change(by, entered.draft.register, row))
    findings = [finding_answer(each) for each in entered.draft.findings]
    return RowEntered(**dict(answer), findings=findings)
