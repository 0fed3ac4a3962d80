"""Contacts and requests of earlier versions become rows of the register, nothing lost; on both databases."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, MetaData, Table, insert, inspect, select, update

from data.model.history import Contact
from data.model.problem import Problem, Request
from data.model.vocabulary import Outcome, RequestKind, RequestState
from data.register.contacts import contacts_of
from data.register.first_rows import fill_registers
from data.register.problem import problem_of
from data.register.rows.load import Registers
from data.register.rows.register import Register
from data.store.backup.restore import restore
from data.store.backup.write import back_up
from data.store.database.migrate import migrate
from data.store.database.store import Store
from data.store.register.change_sets import change_sets_before
from data.store.tables import schema as s
from data.tables.read import Reading
from tests.api.runs import run
from tests.data.register.test_first_rows import FIRST, OF_F7F32CF, stored
from tests.data.store.privacy.test_erasure import WHO

BEFORE = "0012"
"""The last revision with tables of their own; a register is there already."""
DAY = date(2026, 11, 19)


@pytest.fixture
def old(empty_database_url: str) -> Iterator[Store]:
    store = Store(empty_database_url)
    yield store
    store.close()


def filled(old: Store, revision: str = BEFORE, **fields: object) -> Problem:
    """A small programme, as an earlier version stored it."""
    problem = run().problem.replace(**fields)
    migrate(old, revision)
    with old.writing(shown=False) as c:
        stored(c, Reading(problem, WHO, ()))
    return problem


def table_of(c: Connection, name: str) -> Table:
    return Table(name, MetaData(), autoload_with=c)


def keep_contact(c: Connection, key: str, problem: Problem, contact: Contact) -> None:
    told = contact.model_dump(exclude={"topic"})
    told |= {"id": key, "programme": problem.programme.id, "visit": f"v-{key}"}
    c.execute(insert(table_of(c, "contact")).values(told))


def keep_request(c: Connection, problem: Problem, request: Request, by_user: str = "u") -> None:
    own: dict[str, Any] = {"programme": problem.programme.id, "by_user": by_user, "version": 3}
    c.execute(insert(table_of(c, "request")).values(**request.model_dump(), **own))


def register_of(store: Store, problem: Problem) -> Register:
    with store.reading() as c:
        return Registers().of(c, problem.programme.id)


@pytest.mark.parametrize("revision", [FIRST, OF_F7F32CF, BEFORE])
def test_what_was_entered_in_earlier_versions_becomes_rows(old: Store, revision: str) -> None:
    problem = filled(old, revision)
    first, second = problem.companies[:2]
    contact = Contact(company=first.id, date=DAY, buddy=problem.buddies[0].id, minutes=45, travel_min=20)
    request = Request(id="q1", company=second.id, kind=RequestKind.URGENT, raised=DAY, due=DAY, minutes=45)
    settled = request.replace(id="q2", state=RequestState.WITHDRAWN)
    with old.writing(shown=False) as c:
        keep_contact(c, "k1", problem, contact)
        keep_request(c, problem, request, "boris")
        keep_request(c, problem, settled, "carla")
    migrate(old)
    fill_registers(old)
    fill_registers(old)
    register = register_of(old, problem)
    now = problem_of(register, problem.programme, problem.horizon)
    order = [(*problem.history, contact), (*problem.requests, request, settled)]
    assert [set(now.history), set(now.requests)] == [set(each) for each in order]
    assert len(now.history) == len(problem.history) + 1
    (row,) = [each for each in contacts_of(register) if each.visit]
    assert (row.id, row.visit, row.contact) == ("k1", "v-k1", contact)
    raised = {key: register.row("requests", key) for key in ("q1", "q2")}
    assert {key: each and each.changed_by for key, each in raised.items()} == {"q1": "boris", "q2": "carla"}
    with old.reading() as c:
        assert {"contact", "request"}.isdisjoint(inspect(c).get_table_names())
        sets = change_sets_before(c, problem.programme.id, 10)
    assert [each.by_user for each in sets] == ["migration", "carla", "boris", "migration"]


def test_a_report_takes_the_place_of_a_contact_that_a_list_has_and_settles_its_request(old: Store) -> None:
    listed = Contact(company="bakery", date=DAY, buddy="anna", minutes=50)
    waits = Request(id="v-k1", company="bakery", kind=RequestKind.FOLLOW_UP, raised=DAY, due=DAY)
    problem = filled(old, history=(listed, listed.replace(buddy="ben")), requests=(waits,))
    with old.writing(shown=False) as c:
        keep_contact(c, "k1", problem, listed.replace(minutes=75))
        keep_contact(c, "k2", problem, listed.replace(minutes=30, outcome=Outcome.NO_SHOW))
    migrate(old)
    fill_registers(old)
    register = register_of(old, problem)
    told = [(each.contact.buddy, each.contact.minutes, each.visit) for each in contacts_of(register)]
    # Both were of that day; the list had one of them.
    assert sorted(told) == [("anna", 30, "v-k2"), ("anna", 75, "v-k1"), ("ben", 50, "")]
    assert problem_of(register, problem.programme, problem.horizon).requests == (
        waits.replace(state=RequestState.DONE),
    )


def test_what_is_about_somebody_who_is_gone_stays_in_the_register_and_out_of_plans(old: Store) -> None:
    problem = filled(old)
    gone = Contact(company="mill", date=DAY, buddy="anna", minutes=15)
    by_nobody = Contact(company="bakery", date=DAY, buddy="zoe", minutes=15)
    request = Request(id="q1", company="mill", kind=RequestKind.URGENT, raised=DAY, due=DAY)
    with old.writing(shown=False) as c:
        keep_contact(c, "k1", problem, gone)
        keep_contact(c, "k2", problem, by_nobody)
        keep_request(c, problem, request)
    migrate(old)
    fill_registers(old)
    register = register_of(old, problem)
    assert {each.contact for each in contacts_of(register)} == {gone, by_nobody}
    assert register.row("requests", "q1")
    now = problem_of(register, problem.programme, problem.horizon)
    assert now == problem.replace(history=(*problem.history, by_nobody.replace(buddy="")))


def test_a_backup_of_an_earlier_version_brings_them_back(old: Store, tmp_path: Path) -> None:
    problem = filled(old)
    with old.writing(shown=False) as c:
        keep_contact(c, "k1", problem, Contact(company="bakery", date=DAY, buddy="anna", minutes=15))
    back_up(old, tmp_path / "old.zip")
    restore(old, tmp_path / "old.zip", replace=True)
    fill_registers(old)
    assert [each.id for each in contacts_of(register_of(old, problem))] == ["k1"]


def test_what_a_migration_moved_is_no_row_before_it_is_entered(old: Store) -> None:
    problem = filled(old)
    migrate(old)
    fill_registers(old)
    with old.writing(shown=False) as c:
        keys = c.execute(select(s.register_row.c.id).where(s.register_row.c.entity == "companies")).scalars()
        one = (s.register_row.c.entity == "companies") & (s.register_row.c.id == keys.first())
        c.execute(update(s.register_row).where(one).values(version=0))
    assert len(register_of(old, problem).rows["companies"]) == len(problem.companies) - 1
