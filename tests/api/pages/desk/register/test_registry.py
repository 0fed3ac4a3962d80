"""The register as an open page reads and changes it: by the session of its user, with audit and source."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from api.http.frame.errors import Forbidden, SignInNeeded
from api.http.register.writing import StaleRow
from api.pages.desk.frame.client import Api
from api.pages.desk.register.registry import Registry
from data.register.changes.errors import RowsWrong
from data.register.changes.operations import Act, Operation
from data.store.people.sessions import begin_session, end_session
from data.store.register.change_sets import Source
from data.store.tables import schema as s
from tests.api.apart import apart
from tests.api.http.conftest import PROGRAMME, World


def registry_of(world: World, role: str) -> tuple[Registry, str]:
    """The register as somebody of a role has it at the desk, and the secret of the session."""
    with world.service.store.writing() as c:
        secret = begin_session(c, world.ids[role], timedelta(hours=1))
    return Registry(Api(world.app, secret, PROGRAMME)), secret


def audited(world: World) -> list[tuple[str, str, int]]:
    with world.service.store.reading() as c:
        rows = c.execute(select(s.audit).order_by(s.audit.c.id)).all()
    return [(row.action, row.subject, row.outcome) for row in rows if "desk" in row.action]


def change(employees: str, key: str = "bakery") -> list[Operation]:
    return [Operation(Act.CHANGE, "companies", key, {"employees": employees})]


def test_what_is_entered_at_the_desk_says_so_and_is_audited(world: World) -> None:
    registry, _ = registry_of(world, "coordinator")
    entered = apart(registry.enter(change("12")))
    assert entered.change_set and entered.change_set.source is Source.DESK
    assert entered.change_set.by_user == world.ids["coordinator"]
    undone = apart(registry.undo(entered.change_set.id))
    assert undone.change_set and undone.change_set.undoes == entered.change_set.id
    with pytest.raises(RowsWrong):
        apart(registry.enter(change("viele")))
    assert audited(world) == [
        ("POST /desk/register", "companies/bakery", 201),
        ("POST /desk/register/undo", entered.change_set.id, 201),
        ("POST /desk/register", "companies/bakery", 422),
    ]


def test_a_company_is_given_only_by_who_knows_whose_it_is(world: World) -> None:
    registry, _ = registry_of(world, "coordinator")
    day = date(2199, 12, 2)
    assert apart(registry.give("garage", "anna", day, before="")).change_set
    with pytest.raises(StaleRow):  # a colleague still sees it without a buddy
        apart(registry.give("garage", "ben", day, before=""))
    assert apart(registry.give("garage", "ben", day, before="anna")).change_set


def test_a_coordinator_of_one_host_enters_nothing_of_others(world: World) -> None:
    registry, _ = registry_of(world, "host")
    with pytest.raises(Forbidden):
        apart(registry.enter(change("12")))
    assert audited(world) == [("POST /desk/register", "companies/bakery", 403)]


def test_nothing_is_read_or_entered_once_the_session_has_ended(world: World) -> None:
    registry, secret = registry_of(world, "coordinator")
    apart(registry.read())
    with world.service.store.writing() as c:
        end_session(c, secret)
    with pytest.raises(SignInNeeded):
        apart(registry.read())
    with pytest.raises(SignInNeeded):
        apart(registry.enter(change("12")))


def test_other_roles_have_no_register(world: World) -> None:
    registry, _ = registry_of(world, "buddy")
    with pytest.raises(Forbidden):
        apart(registry.read())


def test_the_changes_of_a_row_have_what_is_gone_and_tell_larger_ones(world: World) -> None:
    registry, _ = registry_of(world, "coordinator")
    absent = {"who": "bakery", "from": "2026-12-21", "to": "2026-12-23"}
    made = apart(registry.enter([Operation(Act.ENTER, "availability", values=absent)]))
    (_, key), *_ = made.draft.keys
    apart(registry.enter([Operation(Act.REMOVE, "availability", key)]))
    apart(registry.enter([*change("12"), *change("9", "foundry")]))
    told = apart(registry.changes_about([("companies", "bakery")], "bakery", 3))
    assert [(each.changes[0].entity, more) for each, more in told] == [
        ("companies", True),
        ("availability", False),
        ("availability", False),
    ]
    assert {one.id for one in told[0][0].changes} == {"bakery"}
