"""The audit log, for a coordinator of all programmes."""

from dataclasses import asdict
from datetime import datetime

from pydantic import Field

from api.http.frame.auth import ByOffice, Serving
from api.http.frame.errors import problems
from api.http.frame.schemas import Page, PageTurn, Schema
from api.http.frame.writes.router import Router
from data.base.errors import BuddyplanError
from data.base.message import message
from data.store.people.audit import audit_before

router = Router(prefix="/audit", tags=["audit"], responses=problems(401, 403, 422, 500))


class AuditAnswer(Schema):
    """One recorded action; of a buddy's actions only the day is known."""

    number: int
    at: datetime
    user: str
    role: str
    action: str = Field(examples=["GET /api/v1/me/weeks/{week}"])
    subject: str = Field(examples=["week=2026-W48"])
    outcome: int = Field(examples=[200])


@router.get("")
def read_audit(by: ByOffice, service: Serving, turn: PageTurn) -> Page[AuditAnswer]:
    """List who wrote what and who read whose plan, the newest first."""
    if turn.after and not (turn.after.isdecimal() and len(turn.after) < 18):
        raise BuddyplanError(message("cursor_unknown"))
    with service.store.reading() as c:
        found = audit_before(c, turn.limit + 1, int(turn.after) if turn.after else None)
    rows = [AuditAnswer(number=each.number, **asdict(each.row)) for each in found]
    return turn.page(rows, lambda row: str(row.number))
