"""Pins and bans: pairs that must be, and pairs that must not."""

from dataclasses import asdict
from datetime import datetime

from fastapi import Response
from pydantic import Field

from api.http.frame.auth import ByCoordinator, Idempotent, InProgramme
from api.http.frame.errors import problems
from api.http.frame.schemas import IfMatch, Page, PageTurn, Schema, etag, must_match
from api.http.frame.state import AppState, InAppState
from api.http.frame.writes.router import Router
from api.http.register.access import OfReader, register_of_reader
from api.http.register.rows import RowKey
from api.http.register.writing import enter_over_http
from data.access import Coordinator
from data.base.errors import BuddyplanError
from data.base.ids import BuddyId, CompanyId
from data.base.message import message
from data.register.changes.operations import Operation
from data.register.pair_rules import PairRule, RuleKind, changing, entering, removing, rule_of, rules_of
from data.store.database.record import NotThere

router = Router(prefix="/pins", tags=["pins and bans"], responses=problems(401, 403, 404, 422, 500))


class PinAnswer(Schema):
    """A pin or ban."""

    id: str
    programme: str
    kind: RuleKind
    buddy: BuddyId = Field(examples=["b001"])
    company: CompanyId = Field(examples=["c0001"])
    reason: str
    version: int
    by_user: str
    created_at: datetime


class PinRequest(Schema):
    """A pin or ban to enter."""

    kind: RuleKind
    buddy: str = Field(max_length=80, examples=["b001"])
    company: str = Field(max_length=80, examples=["c0001"])
    reason: str = Field(default="", max_length=500, examples=["knows the owner"])


class PinChange(Schema):
    """What to change (JSON merge patch)."""

    kind: RuleKind | None = None
    reason: str | None = Field(default=None, max_length=500)


def _shown(rule: PairRule, response: Response) -> PinAnswer:
    response.headers["ETag"] = etag(rule.version)
    return PinAnswer(**asdict(rule))


def _visible(seen: OfReader, key: str) -> PairRule:
    rule = rule_of(seen.register, key)
    if seen.sight.sees(rule.buddy, rule.company):
        return rule
    raise NotThere(message("no_rule", key=key))


def _entered(
    app_state: AppState, by: Coordinator, programme: str, operations: list[Operation], key: str = ""
) -> PairRule:
    """Enter operations, and return the rule as it is then: that of an id, or of the row that was entered."""
    entered = enter_over_http(app_state, by, programme, operations, single=True)
    return rule_of(entered.draft.register, key or entered.draft.keys[-1][1])


@router.get("")
def list_pins(
    by: ByCoordinator, programme: InProgramme, app_state: InAppState, turn: PageTurn
) -> Page[PinAnswer]:
    """List pins and bans."""
    with app_state.service.store.reading() as c:
        seen = register_of_reader(app_state, c, by, programme)
    rules = [rule for rule in rules_of(seen.register) if seen.sight.sees(rule.buddy, rule.company)]
    rules = sorted((rule for rule in rules if rule.id > turn.after), key=lambda rule: rule.id)
    return turn.page([PinAnswer(**asdict(rule)) for rule in rules], lambda rule: rule.id)


@router.post("", status_code=201, dependencies=[Idempotent], responses=problems(409))
def enter_pin(
    by: ByCoordinator, programme: InProgramme, app_state: InAppState, asked: PinRequest, response: Response
) -> PinAnswer:
    """Enter a pin or ban; it takes effect with the next matching."""
    with app_state.service.store.writing() as c:
        seen = register_of_reader(app_state, c, by, programme)
        if not seen.has("buddies", asked.buddy):
            raise BuddyplanError(message("no_buddy", buddy=asked.buddy))
        if not seen.has("companies", asked.company):
            raise BuddyplanError(message("no_company", company=asked.company))
        operations = entering(seen.register, asked.kind, asked.buddy, asked.company, asked.reason)
        rule = _entered(app_state, by, programme, operations)
    response.headers["Location"] = f"/api/v1/pins/{rule.id}"
    return _shown(rule, response)


@router.get("/{pin}")
def show_pin(
    pin: RowKey, by: ByCoordinator, programme: InProgramme, app_state: InAppState, response: Response
) -> PinAnswer:
    """Show a pin or ban."""
    with app_state.service.store.reading() as c:
        return _shown(_visible(register_of_reader(app_state, c, by, programme), pin), response)


@router.patch("/{pin}", responses=problems(409, 412, 428))
def edit_pin(
    pin: RowKey,
    by: ByCoordinator,
    programme: InProgramme,
    app_state: InAppState,
    change: PinChange,
    if_match: IfMatch,
    response: Response,
) -> PinAnswer:
    """Change a pin or ban."""
    with app_state.service.store.writing() as c:
        seen = register_of_reader(app_state, c, by, programme)
        rule = _visible(seen, pin)
        must_match(if_match, rule.version)
        operations = changing(seen.register, rule, change.kind, change.reason)
        return _shown(_entered(app_state, by, programme, operations, pin), response)


@router.delete("/{pin}", status_code=204, responses=problems(409, 412, 428))
def remove_pin(
    pin: RowKey, by: ByCoordinator, programme: InProgramme, app_state: InAppState, if_match: IfMatch
) -> None:
    """Delete a pin or ban."""
    with app_state.service.store.writing() as c:
        rule = _visible(register_of_reader(app_state, c, by, programme), pin)
        must_match(if_match, rule.version)
        enter_over_http(app_state, by, programme, removing(rule), single=True)
