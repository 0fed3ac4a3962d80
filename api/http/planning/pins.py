"""Pins and bans: pairs that must be, and pairs that must not."""

from dataclasses import asdict
from datetime import datetime

from fastapi import Response
from pydantic import Field
from sqlalchemy import Connection

from api.http.frame.auth import ByCoordinator, Idempotent, InProgramme
from api.http.frame.errors import problems
from api.http.frame.schemas import IfMatch, Key, Page, PageTurn, Schema, etag, must_match
from api.http.frame.state import AppState, InAppState
from api.http.frame.writes.router import Router
from data.access import Coordinator, in_programme
from data.base.errors import BuddyplanError
from data.base.ids import BuddyId, CompanyId
from data.base.message import message
from data.store.database.record import NotThere
from data.store.work.pair_rules import (
    PairRule,
    RuleKind,
    change_rule,
    delete_rule,
    keep_rule,
    rule_of,
    rules_of,
)

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


def _visible(app_state: AppState, c: Connection, key: str, by: Coordinator) -> PairRule:
    rule = rule_of(c, key)
    mine = in_programme(by, rule.programme)
    if mine and app_state.sight(c, by, rule.programme).sees(rule.buddy, rule.company):
        return rule
    raise NotThere(message("no_rule", key=key))


@router.get("")
def list_pins(
    by: ByCoordinator, programme: InProgramme, app_state: InAppState, turn: PageTurn
) -> Page[PinAnswer]:
    """List pins and bans."""
    with app_state.service.store.reading() as c:
        sight = app_state.sight(c, by, programme)
        rules = [rule for rule in rules_of(c, programme) if sight.sees(rule.buddy, rule.company)]
    rules = sorted((rule for rule in rules if rule.id > turn.after), key=lambda rule: rule.id)
    return turn.page([PinAnswer(**asdict(rule)) for rule in rules], lambda rule: rule.id)


@router.post("", status_code=201, dependencies=[Idempotent], responses=problems(409))
def enter_pin(
    by: ByCoordinator, programme: InProgramme, app_state: InAppState, asked: PinRequest, response: Response
) -> PinAnswer:
    """Enter a pin or ban; it takes effect with the next matching."""
    with app_state.service.store.writing() as c:
        seen = app_state.sight(c, by, programme)
        if asked.buddy not in seen.buddies:
            raise BuddyplanError(message("no_buddy", buddy=asked.buddy))
        if asked.company not in seen.companies:
            raise BuddyplanError(message("no_company", company=asked.company))
        rule = keep_rule(c, programme, asked.kind, asked.buddy, asked.company, asked.reason, by.user)
    response.headers["Location"] = f"/api/v1/pins/{rule.id}"
    return _shown(rule, response)


@router.get("/{pin}")
def show_pin(pin: Key, by: ByCoordinator, app_state: InAppState, response: Response) -> PinAnswer:
    """Show a pin or ban."""
    with app_state.service.store.reading() as c:
        return _shown(_visible(app_state, c, pin, by), response)


@router.patch("/{pin}", responses=problems(409, 412, 428))
def edit_pin(
    pin: Key,
    by: ByCoordinator,
    app_state: InAppState,
    change: PinChange,
    if_match: IfMatch,
    response: Response,
) -> PinAnswer:
    """Change a pin or ban."""
    with app_state.service.store.writing() as c:
        rule = _visible(app_state, c, pin, by)
        must_match(if_match, rule.version)
        return _shown(change_rule(c, pin, rule.version, change.kind, change.reason), response)


@router.delete("/{pin}", status_code=204, responses=problems(409, 412, 428))
def remove_pin(pin: Key, by: ByCoordinator, app_state: InAppState, if_match: IfMatch) -> None:
    """Delete a pin or ban."""
    with app_state.service.store.writing() as c:
        rule = _visible(app_state, c, pin, by)
        must_match(if_match, rule.version)
        delete_rule(c, pin, rule.version)
