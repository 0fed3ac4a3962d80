"""Retention: how long each class of rows is kept, and deletion afterwards.

docs/works-agreement.md explains the classes with their defaults.
"""

import tomllib
from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import ColumnElement, Connection, Table, delete, or_, select

from data.base.dates import days_of
from data.base.errors import BuddyplanError
from data.base.foreign_errors import why_unparsed
from data.base.message import message
from data.store.people.audit_seals import take_before
from data.store.privacy.aged_rows import remove_contacts, remove_settled_requests
from data.store.privacy.departed import departed
from data.store.privacy.erasure import erase_person
from data.store.tables import schema as s
from data.store.tables.utc import now
from data.store.work.plans import PlanState, StoredPlan, all_plans
from data.store.work.programmes import programme_ids


@dataclass(frozen=True)
class RetentionRules:
    """Days for which rows of each class are kept; raises ValueError for negative numbers."""

    sessions: int = 0  # after they ended
    tokens: int = 90  # after they were revoked or expired
    invitations: int = 30  # after they were used or expired
    sign_in_failures: int = 1
    idempotency: int = 2
    audit: int = 365
    contacts: int = 1095  # after the day of the visit; funding reports go back years
    promises: int = 90  # after their day
    requests: int = 365  # after the day they were due, if no longer open
    drafts: int = 30  # after they were made
    superseded_plans: int = 180  # after their last week
    published_plans: int = 1095  # after their last week
    matchings: int = 180  # after they were made, if no plan uses them; the latest stays
    outcomes: int = 365  # after they were made
    scenarios: int = 730  # after they were made
    imports: int = 365  # after they were made; the latest stays
    problems: int = 30  # after they were made, if nothing derived from them is left
    jobs: int = 90  # after they ended
    changes: int = 730  # of the register, what stood before and after; that there was a change set stays
    people_who_left: int = 90  # after a buddy's last day, or since the files no longer name somebody

    def __post_init__(self) -> None:
        for field in fields(self):
            days = getattr(self, field.name)
            if type(days) is not int or days < 0:
                raise BuddyplanError(message("retention_days", name=field.name, days=str(days)))


def parse_rules(text: str) -> RetentionRules:
    """Parse rules from TOML: one line for each class that deviates from its default.

    Raises `BuddyplanError` naming the wrong line or class.
    """
    try:
        given = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BuddyplanError(message("retention_unread", error=why_unparsed(error))) from None
    known = {field.name for field in fields(RetentionRules)}
    if wrong := given.keys() - known:
        said = message("no_retention_class", given=min(wrong), known=", ".join(sorted(known)))
        raise BuddyplanError(said)
    return RetentionRules(**given)


def apply_retention(c: Connection, rules: RetentionRules, today: date) -> dict[str, int]:
    """Delete rows past their retention, and return how many of each class were deleted.

    Follow this by `data.store.privacy.compaction.compact`. For a dry run, roll the transaction back.
    """
    return {
        field.name: _STEPS[field.name](c, today - timedelta(getattr(rules, field.name)))
        for field in fields(rules)
    }


def _before(column: ColumnElement[datetime]) -> Callable[[date], ColumnElement[bool]]:
    return lambda limit: column < datetime.combine(limit, time(), UTC)


def _rows(table: Table, old: Callable[[date], ColumnElement[bool]]) -> Callable[[Connection, date], int]:
    """Return a function that deletes the rows of a table older than a day."""
    return lambda c, limit: c.execute(delete(table).where(old(limit))).rowcount


def _tokens(limit: date) -> ColumnElement[bool]:
    return or_(_before(s.token.c.revoked_at)(limit), _before(s.token.c.expires_at)(limit))


def _invitations(limit: date) -> ColumnElement[bool]:
    return or_(_before(s.invitation.c.used_at)(limit), _before(s.invitation.c.expires_at)(limit))


def _changes(c: Connection, limit: date) -> int:
    """Delete what changes of a change set older than a day say; such a set can no longer be undone."""
    old = select(s.change_set.c.id).where(_before(s.change_set.c.at)(limit))
    removed = 0
    for table in (s.register_change, s.register_text_change):
        removed += c.execute(delete(table).where(table.c.change_set.in_(old))).rowcount
    return removed


def _plans(state: PlanState) -> Callable[[Connection, date], int]:
    """Return a function that deletes plans of a state, latest first, except those kept plans depend on."""

    def step(c: Connection, limit: date) -> int:
        removed = 0
        for programme in programme_ids(c):
            for plan in all_plans(c, programme):
                if plan.state is state and _last_day(plan) < limit and not _needed(c, plan.id):
                    c.execute(delete(s.buddy_weeks).where(s.buddy_weeks.c.plan == plan.id))
                    removed += c.execute(delete(s.plan).where(s.plan.c.id == plan.id)).rowcount
        return removed

    return step


def _last_day(plan: StoredPlan) -> date:
    """Return the day from which a plan ages: a draft from its creation, any other from its last day."""
    return plan.created_at.date() if plan.state is PlanState.DRAFT else days_of(plan.covered[-1])[-1]


def _needed(c: Connection, plan: str) -> bool:
    again = select(s.plan.c.id).where(s.plan.c.parent == plan)
    promised = select(s.promise.c.visit).where(s.promise.c.plan == plan)
    return any(c.execute(asked.limit(1)).first() is not None for asked in (again, promised))


def _unused(
    table: Table, key: ColumnElement[str], users: tuple[ColumnElement[str], ...], keep_latest: bool
) -> Callable[[Connection, date], int]:
    """Return a function that deletes old unreferenced rows; the latest of each programme may stay."""

    def step(c: Connection, limit: date) -> int:
        old = _before(table.c.created_at)(limit)
        for user in users:
            old &= key.not_in(select(user).where(user.is_not(None)))
        latest = [found for each in programme_ids(c) if (found := _latest(c, table, key, each))]
        if keep_latest:
            old &= key.not_in(latest)
        return c.execute(delete(table).where(old)).rowcount

    return step


def _latest(c: Connection, table: Table, key: ColumnElement[str], programme: str) -> str | None:
    own, order = table.c.programme == programme, (table.c.created_at.desc(), key.desc())
    return c.execute(select(key).where(own).order_by(*order)).scalar()


def _people_who_left(c: Connection, limit: date) -> int:
    gone = [(programme, key) for programme in programme_ids(c) for key in departed(c, programme, limit)]
    for programme, key in gone:
        erase_person(c, programme, key, "retention", now().date())
    return len(gone)


def _problems(c: Connection, limit: date) -> int:
    """Delete old problems from which nothing is left, and old reference data that nothing has any more."""
    users = (s.programme_import.c.problem, s.matching.c.problem, s.scenario.c.problem, s.outcome.c.problem)
    removed = _unused(s.problem, s.problem.c.hash, users, keep_latest=False)(c, limit)
    old = _before(s.reference.c.created_at)(limit)
    for user in (s.problem.c.reference, s.programme.c.reference):
        old &= s.reference.c.hash.not_in(select(user).where(user.is_not(None)))
    c.execute(delete(s.reference).where(old))
    return removed


_STEPS: dict[str, Callable[[Connection, date], int]] = {
    "sessions": _rows(s.session, _before(s.session.c.expires_at)),
    "tokens": _rows(s.token, _tokens),
    "invitations": _rows(s.invitation, _invitations),
    "sign_in_failures": _rows(s.sign_in_failure, _before(s.sign_in_failure.c.at)),
    "idempotency": _rows(s.idempotency, lambda limit: s.idempotency.c.day < limit),
    "audit": take_before,
    "contacts": remove_contacts,
    "promises": _rows(s.promise, lambda limit: s.promise.c.date < limit),
    "requests": remove_settled_requests,
    "drafts": _plans(PlanState.DRAFT),
    "superseded_plans": _plans(PlanState.SUPERSEDED),
    "published_plans": _plans(PlanState.PUBLISHED),
    "matchings": _unused(s.matching, s.matching.c.id, (s.plan.c.matching,), keep_latest=True),
    "outcomes": _rows(s.outcome, _before(s.outcome.c.created_at)),
    "scenarios": _unused(
        s.scenario, s.scenario.c.id, (s.scenario.c.parent, s.outcome.c.scenario), keep_latest=False
    ),
    "imports": _unused(s.programme_import, s.programme_import.c.id, (), keep_latest=True),
    "problems": _problems,
    "jobs": _rows(s.job, _before(s.job.c.ended_at)),
    "changes": _changes,
    "people_who_left": _people_who_left,
}
