"""Pins and bans set by coordinators, each with a reason; at most one per pair."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, Row, delete, insert, select, update

from data.base.message import message
from data.store.database.record import Conflict, NotThere, new_id
from data.store.tables import schema as s
from data.store.tables.utc import now
from data.store.work.programmes import lock_programme


class RuleKind(StrEnum):
    """A pinned pair is required, a banned one forbidden."""

    PIN = "pin"
    BAN = "ban"


@dataclass(frozen=True)
class PairRule:
    """A decision on a pair; the reason is free text and stored nowhere else."""

    id: str
    programme: str
    kind: RuleKind
    buddy: str
    company: str
    reason: str
    version: int
    by_user: str
    created_at: datetime


def keep_rule(
    c: Connection, programme: str, kind: RuleKind, buddy: str, company: str, reason: str, by_user: str
) -> PairRule:
    """Store a rule; raises `Conflict` if the pair has one, or the company is pinned to another buddy."""
    lock_programme(c, programme)
    for other in rules_of(c, programme):
        if (other.buddy, other.company) == (buddy, company):
            raise Conflict(
                message(
                    "pair_has_rule", buddy=buddy, company=company, rule=message(f"desk_kind_{other.kind}")
                )
            )
    _expect_one_pin(c, programme, kind, buddy, company)
    key = new_id()
    c.execute(
        insert(s.pair_rule).values(
            id=key,
            programme=programme,
            kind=kind,
            buddy=buddy,
            company=company,
            reason=reason,
            version=1,
            by_user=by_user,
            created_at=now(),
        )
    )
    return rule_of(c, key)


def rule_of(c: Connection, key: str) -> PairRule:
    """Return a rule by its id; raises `NotThere`."""
    row = c.execute(select(s.pair_rule).where(s.pair_rule.c.id == key)).first()
    if row is None:
        raise NotThere(message("no_rule", key=key))
    return _stored(row)


def rules_of(c: Connection, programme: str) -> tuple[PairRule, ...]:
    """Return the rules of a programme, by company and buddy."""
    own = s.pair_rule.c
    rows = c.execute(
        select(s.pair_rule).where(own.programme == programme).order_by(own.company, own.buddy, own.id)
    )
    return tuple(map(_stored, rows))


def change_rule(
    c: Connection, key: str, version: int, kind: RuleKind | None = None, reason: str | None = None
) -> PairRule:
    """Change the given fields of a rule.

    Raises `NotThere`, and `Conflict` if it has changed since the expected version, or if the company is
    pinned to another buddy.
    """
    lock_programme(c, rule_of(c, key).programme)
    rule = _expected(c, key, version)
    kind, reason = kind or rule.kind, rule.reason if reason is None else reason
    _expect_one_pin(c, rule.programme, kind, rule.buddy, rule.company)
    changed = {"kind": kind, "reason": reason, "version": version + 1}
    c.execute(update(s.pair_rule).where(s.pair_rule.c.id == key).values(**changed))
    return rule_of(c, key)


def delete_rule(c: Connection, key: str, version: int) -> None:
    """Delete a rule; raises `NotThere`, and `Conflict` if it has changed since."""
    lock_programme(c, rule_of(c, key).programme)
    _expected(c, key, version)
    c.execute(delete(s.pair_rule).where(s.pair_rule.c.id == key))


def _expected(c: Connection, key: str, version: int) -> PairRule:
    rule = rule_of(c, key)
    if rule.version != version:
        raise Conflict(
            message("rule_version", rule=message(f"desk_kind_{rule.kind}"), found=rule.version, sent=version)
        )
    return rule


def _expect_one_pin(c: Connection, programme: str, kind: RuleKind, buddy: str, company: str) -> None:
    for other in rules_of(c, programme) if kind is RuleKind.PIN else ():
        if other.kind is RuleKind.PIN and other.company == company and other.buddy != buddy:
            raise Conflict(message("pinned_already", company=company, buddy=other.buddy))


def _stored(row: Row[tuple[object, ...]]) -> PairRule:
    return PairRule(**{**row._mapping, "kind": RuleKind(row.kind)})
