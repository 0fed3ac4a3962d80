"""A remedy becomes a change set: the register's problem is then the one that the remedy was confirmed on."""

import pytest

from data.model.problem import Horizon, Problem
from data.register.changes.operations import Act
from data.register.problem import problem_of
from data.register.remedying import RemedyOutdated, remedy_operations
from data.register.rows.register import Register
from data.results.change import Change, ChangeKind, applied
from tests.data.register.office import area, changing, drafted, entering, office

MAGDEBURG = "15003"
HALLE = "15002"


def problem(register: Register) -> Problem:
    return problem_of(register, area().programme, Horizon(first_week="2026-W50"))


def a_register() -> Register:
    """The small office: Eva's mandate and way are narrow, and she is banned from the mill."""
    return drafted(
        office(),
        changing("buddies", "eva", districts=MAGDEBURG, sectors="Q", max_one_way_min="30", mandate="both"),
        changing("hosts", "ihk", cross_host="no"),
        entering("bans", buddy="eva", company="mill"),
    ).register


def in_order(found: Problem) -> Problem:
    """Return a problem with each mandate in order, as the register keeps it."""
    buddies = (
        each.replace(districts=tuple(sorted(each.districts)), sectors=tuple(sorted(each.sectors)))
        for each in found.buddies
    )
    return found.replace(buddies=tuple(buddies))


CHANGES = [
    Change(kind=ChangeKind.PLACES, who="eva", before="25", after="26"),
    Change(kind=ChangeKind.CARE_MIN, who="eva", before="6000", after="6030"),
    Change(kind=ChangeKind.WEEK_WORK_MIN, who="eva", before="2400", after="2413"),
    Change(kind=ChangeKind.ONE_WAY_MIN, who="eva", before="30", after="40"),
    Change(kind=ChangeKind.POLICY_ONE_WAY_MIN, before="75", after="80"),
    Change(kind=ChangeKind.LANGUAGE, who="eva", before="ar:C1", after="ar:C2"),
    Change(kind=ChangeKind.LANGUAGE, who="eva", after="uk:B1"),
    Change(kind=ChangeKind.DISTRICT, who="eva", after=HALLE),
    Change(kind=ChangeKind.SECTOR, who="eva", after="C10"),
    Change(kind=ChangeKind.PRIORITY, who="mill", before="3", after="5"),
    Change(kind=ChangeKind.PIN, who="jan", after="farm"),
    Change(kind=ChangeKind.UNBAN, who="eva", before="mill"),
    Change(kind=ChangeKind.CROSS_HOST, who="ihk", before="no", after="yes"),
]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: f"{change.kind.value} {change.after}")
def test_entering_a_remedy_gives_the_problem_that_it_was_confirmed_on(change: Change) -> None:
    register = a_register()
    before = problem(register)
    (operation,) = remedy_operations(register, before, [change])
    after = problem(drafted(register, operation).register)
    assert in_order(after) == in_order(applied(before, change))


def test_every_kind_of_remedy_can_be_entered() -> None:
    assert {each.kind for each in CHANGES} == set(ChangeKind) - {ChangeKind.BAN}


def test_only_what_differs_is_sent_with_the_version_that_was_read() -> None:
    register = a_register()
    (operation,) = remedy_operations(register, problem(register), CHANGES[:1])
    assert (operation.act, operation.id, operation.values, operation.version) == (
        Act.CHANGE, "eva", {"max_companies": "26"}, 2,
    )  # fmt: skip


def test_two_changes_of_one_buddy_are_one_step() -> None:
    register = a_register()
    (operation,) = remedy_operations(register, problem(register), CHANGES[7:9])
    assert operation.values == {"districts": f"{MAGDEBURG} {HALLE}", "sectors": "Q C10"}


def test_a_new_pin_replaces_that_of_another_buddy() -> None:
    register = drafted(a_register(), entering("pins", buddy="eva", company="farm")).register
    steps = remedy_operations(register, problem(register), [CHANGES[10]])
    assert [(each.act, each.entity) for each in steps] == [(Act.REMOVE, "pins"), (Act.ENTER, "pins")]


@pytest.mark.parametrize(
    "change",
    [
        Change(kind=ChangeKind.PLACES, who="eva", before="24", after="26"),
        Change(kind=ChangeKind.PLACES, who="gone", before="25", after="26"),
        Change(kind=ChangeKind.LANGUAGE, who="eva", before="ar:A2", after="ar:B1"),
        Change(kind=ChangeKind.UNBAN, who="jan", before="mill"),
        Change(kind=ChangeKind.PRIORITY, who="mill", before="2", after="5"),
    ],
)
def test_a_remedy_that_begins_with_something_else_is_outdated(change: Change) -> None:
    register = a_register()
    with pytest.raises(RemedyOutdated):
        remedy_operations(register, problem(register), [change])
