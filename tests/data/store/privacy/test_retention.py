"""Retention deletes rows that are old enough, class by class, and nothing else; on both databases."""

import json
from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, Table, func, insert, select, update

from data.base.errors import BuddyplanError
from data.model.history import Contact
from data.model.identity import Identities, Identity
from data.register.changes.draft import Area
from data.register.changes.enter import By
from data.register.changes.enter import enter as enter_rows
from data.register.changes.operations import Act, Operation
from data.register.changes.undo import undo
from data.register.rows.load import Registers
from data.store.database.record import Conflict
from data.store.privacy.retention import RetentionRules, apply_retention, parse_rules
from data.store.register.change_sets import Source, last_change_set
from data.store.tables import schema as s
from data.store.work.plans import plan_of
from data.store.work.problems import keep_import, keep_problem, packed
from data.store.work.programmes import identities_of, keep_programme
from data.store.work.promises import keep_promises
from data.store.work.references import keep_reference
from tests.data.reference.own_land import OWN
from tests.data.store.entered import PROGRAMME, RUN, draft, entered, published, raised, reported
from tests.data.store.rows import one_row_each
from tests.data.store.work.test_promises import MONDAY
from tests.refusals import refused

DAY = date(2026, 11, 24)
MOMENT = datetime(2026, 11, 24, 12, tzinfo=UTC)
FAR = datetime(2199, 1, 1, tzinfo=UTC)
FOR_EVER = RetentionRules(**{field.name: 99_999 for field in fields(RetentionRules)})


def after(c: Connection, days: int, **rules: int) -> dict[str, int]:
    """Apply retention so many days after everything was created; other classes are kept for ever."""
    counts = apply_retention(c, replace(FOR_EVER, **rules), DAY + timedelta(days))
    assert counts.keys() == {field.name for field in fields(RetentionRules)}
    return {name: count for name, count in counts.items() if count}


def count(c: Connection, table: Table) -> int:
    return c.execute(select(func.count()).select_from(table)).scalar() or 0


def enter(c: Connection, table: Table, **values: Any) -> None:
    c.execute(insert(table).values(one_row_each(table) | values))


NO_SCENARIO = {"problem": RUN.problem.hash, "scenario": None}


@pytest.mark.parametrize(
    ("name", "table", "values"),
    [
        ("sessions", s.session, {"expires_at": MOMENT}),
        ("tokens", s.token, {"expires_at": MOMENT, "revoked_at": None}),
        ("tokens", s.token, {"expires_at": None, "revoked_at": MOMENT}),
        ("invitations", s.invitation, {"expires_at": MOMENT, "used_at": None}),
        ("invitations", s.invitation, {"expires_at": FAR, "used_at": MOMENT}),
        ("sign_in_failures", s.sign_in_failure, {"at": MOMENT}),
        ("idempotency", s.idempotency, {"day": DAY}),
        ("jobs", s.job, {"ended_at": MOMENT, "programme": PROGRAMME}),
        ("outcomes", s.outcome, {"created_at": MOMENT, "programme": PROGRAMME, **NO_SCENARIO}),
    ],
)
def test_rows_go_on_the_day_after_their_last(c: Connection, name: str, table: Table, values: Any) -> None:
    entered(c)
    enter(c, s.user)
    enter(c, table, **values)
    assert after(c, 5, **{name: 5}) == {} and count(c, table) == 1
    assert after(c, 6, **{name: 5}) == {name: 1} and count(c, table) == 0


@pytest.mark.parametrize(
    ("table", "values"),
    [
        (s.token, {"expires_at": None, "revoked_at": None}),
        (s.job, {"programme": PROGRAMME, "ended_at": None}),
    ],
)
def test_what_has_not_ended_does_not_age(c: Connection, table: Table, values: Any) -> None:
    entered(c)
    enter(c, s.user)
    enter(c, table, **values)
    after(c, 9999, tokens=0, jobs=0)
    assert count(c, table) == 1


def test_contacts_and_settled_requests_go_with_all_that_the_journal_says_of_them(c: Connection) -> None:
    entered(c)
    told = Contact(company="bakery", date=DAY, buddy="anna", minutes=60)
    contact = reported(c, "bakery-1", told).id
    reported(c, "bakery-1", told.replace(minutes=15))
    taken_away = reported(c, "bakery-2", told).id
    removal = Operation(Act.REMOVE, "history", taken_away)
    enter_rows(c, Registers(), Area(RUN.problem.programme, None), [removal], By("u", Source.DESK))
    reported(c, "garage-1", told.replace(company="garage", date=DAY + timedelta(days=1)))
    for key, state in (("settled", "done"), ("waits", "open"), ("usual", "")):
        raised(c, key, "bakery", due=DAY.isoformat(), state=state)
    assert after(c, 5, contacts=5, requests=5) == {}
    known = Registers()
    assert known.of(c, PROGRAMME).row("history", contact)
    assert after(c, 6, contacts=5, requests=5) == {"contacts": 1, "requests": 1}
    for register in (known.of(c, PROGRAMME), Registers().of(c, PROGRAMME)):
        assert [row.values["company"] for row in register.of("history")] == ["garage"]
        assert {row.id for row in register.of("requests")} == {"waits", "usual"}
    change = s.register_change.c
    said = select(change.row, change.before, change.after).where(
        change.row.in_((contact, taken_away, "settled"))
    )
    entered_or_gone = change.entity.in_(("history", "requests"))
    found = {tuple(row) for row in c.execute(said.where(entered_or_gone))}
    assert found == {(key, None, None) for key in (contact, taken_away, "settled")}
    made = last_change_set(c, PROGRAMME)
    assert made and made.by_user == "retention"
    with refused(Conflict, "is no longer stored"):
        undo(c, known, Area(RUN.problem.programme, None), made, "u")


def aged(c: Connection, plan: str, state: str) -> None:
    c.execute(update(s.plan).where(s.plan.c.id == plan).values(state=state, created_at=MOMENT))


def test_plans_go_by_state_with_their_weeks(c: Connection) -> None:
    matching = entered(c)
    for state in ("draft", "superseded", "published"):
        aged(c, draft(c, matching), state)
    assert after(c, 6, drafts=5, superseded_plans=5, published_plans=5) == {"drafts": 1}
    # The week ends on 29 November, five days after everything was created.
    assert after(c, 10, superseded_plans=5) == {}
    assert after(c, 11, superseded_plans=5) == {"superseded_plans": 1}
    assert after(c, 11, published_plans=5) == {"published_plans": 1}
    assert count(c, s.plan) == 0 and count(c, s.buddy_weeks) == 0


def test_a_plan_stays_while_a_later_one_or_a_promise_is_of_it(c: Connection) -> None:
    plan = published(c)
    keep_promises(c, plan, {"anna": (MONDAY,)})
    later = draft(c, plan.matching)
    c.execute(update(s.plan).where(s.plan.c.id == later).values(parent=plan.id))
    assert after(c, 999, published_plans=0) == {}
    assert after(c, 999, promises=0) == {"promises": 1}
    assert after(c, 999, published_plans=0) == {} and plan_of(c, plan.id)
    assert after(c, 999, drafts=0, published_plans=0) == {"drafts": 1, "published_plans": 1}


def test_matchings_imports_and_problems_go_once_nothing_came_of_them(c: Connection) -> None:
    entered(c)
    other = RUN.problem.replace(care=())
    keep_import(c, PROGRAMME, keep_problem(c, packed(other, RUN.times, None)), 0, 0, "u")
    for table in (s.problem, s.programme_import, s.matching):
        c.execute(update(table).values(created_at=MOMENT))
    of_other = s.programme_import.c.problem == other.hash
    later = MOMENT + timedelta(seconds=1)
    c.execute(update(s.programme_import).where(of_other).values(created_at=later))
    everything = {"matchings": 0, "imports": 0, "problems": 0}
    assert after(c, 999, **everything) == {"imports": 1}  # the latest matching still needs its problem
    newer = entered(c)
    c.execute(update(s.matching).where(s.matching.c.id != newer).values(created_at=MOMENT))
    assert after(c, 999, **everything)["matchings"] == 1


def test_reference_data_go_with_the_last_problem_that_has_them(c: Connection) -> None:
    entered(c)
    other, unused = RUN.problem.replace(care=()), OWN.replace(attributions=())
    keep_problem(c, packed(other, RUN.times, keep_reference(c, OWN)))
    keep_reference(c, unused)
    left = select(s.reference.c.hash)
    c.execute(update(s.reference).values(created_at=MOMENT))
    later = MOMENT + timedelta(days=999)
    c.execute(update(s.problem).where(s.problem.c.hash == other.hash).values(created_at=later))
    after(c, 999, problems=0)
    assert c.execute(left).scalars().all() == [OWN.hash]
    c.execute(update(s.problem).where(s.problem.c.hash == other.hash).values(created_at=MOMENT))
    assert after(c, 999, problems=0) == {"problems": 1}
    assert c.execute(left).scalars().all() == []


def test_people_who_left_are_erased(c: Connection) -> None:
    entered(c)
    who = [Identity(id=key, name=f"{key} N.") for key in ("anna", "ben", "zoe", "bakery")]
    keep_programme(c, RUN.problem.programme, Identities(people=tuple(who)))
    employed = {"id": "anna", "employed_to": DAY.isoformat()}
    of_anna = (s.register_row.c.entity == "buddies") & (s.register_row.c.id == "anna")
    c.execute(update(s.register_row).where(of_anna).values(data=json.dumps(employed)))
    c.execute(update(s.change_set).values(at=MOMENT + timedelta(days=3)))
    assert after(c, 5, people_who_left=5) == {}
    assert after(c, 6, people_who_left=5) == {"people_who_left": 1}
    assert [one.id for one in identities_of(c, PROGRAMME).people] == ["bakery", "ben", "zoe"]
    # Zoe has never been in the register, which has been there for five days.
    assert after(c, 9, people_who_left=5) == {"people_who_left": 1}
    assert [one.id for one in identities_of(c, PROGRAMME).people] == ["bakery", "ben"]
    assert c.execute(select(s.erasure.c.id, s.erasure.c.by_user).order_by(s.erasure.c.id)).all() == [
        ("anna", "retention"),
        ("zoe", "retention"),
    ]
    assert after(c, 9, people_who_left=5) == {}


def test_rules_are_read_from_toml_and_checked() -> None:
    assert parse_rules("audit = 30\n") == replace(RetentionRules(), audit=30)
    with refused(BuddyplanError, 'there is no class "cats"; the classes are audit, '):
        parse_rules("cats = 1\n")
    for wrong in ("-1", "1.5", '"a year"', "true"):
        with refused(BuddyplanError, "audit: .* is no whole number of days"):
            parse_rules(f"audit = {wrong}\n")
    with refused(BuddyplanError, "line 1"):
        parse_rules("audit =\n")
