"""Pins and bans as one list: decisions on pairs, at most one for each, at most one pin for a company."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from data.base.message import message
from data.register.changes.operations import Act, Operation
from data.register.rows.register import Register
from data.register.rows.row import RegisterRow
from data.store.database.record import Conflict, NotThere


class RuleKind(StrEnum):
    """A pinned pair is required, a banned one forbidden."""

    PIN = "pin"
    BAN = "ban"


ENTITY: Mapping[RuleKind, str] = {RuleKind.PIN: "pins", RuleKind.BAN: "bans"}


@dataclass(frozen=True)
class PairRule:
    """A decision on a pair; `id` stays when a pin becomes a ban."""

    id: str
    programme: str
    kind: RuleKind
    buddy: str
    company: str
    reason: str
    version: int
    by_user: str
    created_at: datetime


def rules_of(register: Register) -> tuple[PairRule, ...]:
    """Return the pins and bans of a register, by company and buddy."""
    found = [_rule(register, kind, row) for kind, entity in ENTITY.items() for row in register.of(entity)]
    return tuple(sorted(found, key=lambda rule: (rule.company, rule.buddy, rule.id)))


def rule_of(register: Register, key: str) -> PairRule:
    """Return a rule by its id; raises `NotThere`."""
    for kind, entity in ENTITY.items():
        if row := register.row(entity, key):
            return _rule(register, kind, row)
    raise NotThere(message("no_rule", key=key))


def entering(register: Register, kind: RuleKind, buddy: str, company: str, reason: str) -> list[Operation]:
    """Return what enters a rule; raises `Conflict` if the pair has one, or the company another pin."""
    for other in rules_of(register):
        if (other.buddy, other.company) == (buddy, company):
            ruled = message(f"desk_kind_{other.kind}")
            raise Conflict(message("pair_has_rule", buddy=buddy, company=company, rule=ruled))
    _expect_one_pin(register, kind, buddy, company)
    return [_entered(kind, "", buddy, company, reason)]


def changing(
    register: Register, rule: PairRule, kind: RuleKind | None = None, reason: str | None = None
) -> list[Operation]:
    """Return what changes the given fields of a rule; raises `Conflict` if the company has another pin."""
    kind, reason = kind or rule.kind, rule.reason if reason is None else reason
    _expect_one_pin(register, kind, rule.buddy, rule.company)
    if kind is rule.kind:
        return [Operation(Act.CHANGE, ENTITY[kind], rule.id, {"reason": reason}, rule.version)]
    return [*removing(rule), _entered(kind, rule.id, rule.buddy, rule.company, reason)]


def removing(rule: PairRule) -> list[Operation]:
    """Return what removes a rule."""
    return [Operation(Act.REMOVE, ENTITY[rule.kind], rule.id, version=rule.version)]


def _entered(kind: RuleKind, key: str, buddy: str, company: str, reason: str) -> Operation:
    values = {"buddy": buddy, "company": company} | ({"reason": reason} if reason else {})
    return Operation(Act.ENTER, ENTITY[kind], key, values)


def _expect_one_pin(register: Register, kind: RuleKind, buddy: str, company: str) -> None:
    for other in rules_of(register) if kind is RuleKind.PIN else ():
        if other.kind is RuleKind.PIN and other.company == company and other.buddy != buddy:
            raise Conflict(message("pinned_already", company=company, buddy=other.buddy))


def _rule(register: Register, kind: RuleKind, row: RegisterRow) -> PairRule:
    return PairRule(
        id=row.id,
        programme=register.programme,
        kind=kind,
        buddy=row.values["buddy"],
        company=row.values["company"],
        reason=row.values.get("reason", ""),
        version=row.version,
        by_user=row.changed_by,
        created_at=row.changed_at,
    )
