"""Whatever happens to a sealed row behind the service's back is found and named; on both databases."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Connection, delete, insert, select, update

from data.store.database.store import Store
from data.store.people.audit import AuditRow, keep_audit
from data.store.people.audit_check import AuditChanged, AuditFound, check_audit
from data.store.people.audit_seals import chained, seal_audit
from data.store.tables import schema as s
from tests.data.store.people.audited import enter_days
from tests.refusals import refused


@pytest.fixture
def sealed(store: Store) -> Store:
    """Three days of three rows each, every day under a seal."""
    with store.writing() as c:
        enter_days(c)
    seal_audit(store)
    return store


def checked(store: Store, noted: str = "") -> AuditFound:
    with store.reading() as c:
        return check_audit(c, noted)


def ids(c: Connection) -> list[int]:
    return list(c.execute(select(s.audit.c.id).order_by(s.audit.c.id)).scalars())


def set_of(**values: object) -> Callable[[Connection, int], None]:
    return lambda c, key: void(c.execute(update(s.audit).where(s.audit.c.id == key).values(values)))


def void(done: object) -> None:
    assert done is not None


def removed(c: Connection, key: int) -> None:
    c.execute(delete(s.audit).where(s.audit.c.id == key))


def exchanged(c: Connection, key: int) -> None:
    """The same row with another number, in the gap that a failed write has left."""
    held = c.execute(select(s.audit).where(s.audit.c.id == key)).one()._mapping
    removed(c, key)
    c.execute(insert(s.audit).values({**held, "id": key + 1000}))


def test_untouched_rows_are_as_they_were(sealed: Store) -> None:
    with sealed.writing() as c:
        enter_days(c, 1)
    found = checked(sealed)
    assert replace(found, seal="") == AuditFound(9, date(2025, 11, 26), 0, 0, 3, "")
    assert checked(sealed, found.seal) == found


@pytest.mark.parametrize(
    ("happened", "said"),
    [
        (set_of(subject="week=2026-W49"), "are not as they were sealed"),
        (set_of(user="somebody else"), "are not as they were sealed"),
        (set_of(action="GET"), "are not as they were sealed"),
        (set_of(outcome=403), "are not as they were sealed"),
        (set_of(at=datetime(2025, 11, 25, 9, tzinfo=UTC)), "are not as they were sealed"),
        (removed, "are missing"),
        (exchanged, "are missing"),
    ],
)
def test_a_row_that_was_changed_removed_or_added_is_named(
    sealed: Store, happened: Callable[[Connection, int], None], said: str
) -> None:
    with sealed.writing() as c:
        of_second_day = ids(c)[3:6]
        happened(c, of_second_day[1])
    first, last = of_second_day[0], of_second_day[-1]
    with refused(AuditChanged, f"rows among {first} to {last} of 2025-11-25 {said}"):
        checked(sealed)


def test_a_row_that_was_slipped_in_is_named(store: Store) -> None:
    """Failed writes leave gaps in the numbers, within what a seal covers and between two seals."""
    with store.writing() as c:
        enter_days(c, 2)
        gap, held = ids(c)[3], c.execute(select(s.audit)).first()
        assert held is not None
        removed(c, gap)
    seal_audit(store)
    with store.writing() as c:
        c.execute(insert(s.audit).values({**held._mapping, "id": gap}))
    with refused(AuditChanged, f"rows were added among {gap + 1} to {gap + 2} of 2025-11-25"):
        checked(store)


def test_a_seal_that_was_changed_or_removed_is_named(sealed: Store) -> None:
    first = s.audit_seal.c.day == date(2025, 11, 24)
    with sealed.writing() as c:
        c.execute(update(s.audit_seal).where(first).values(row_count=2))
    with refused(AuditChanged, "the seal of rows 1 to 3 of 2025-11-24, or the one before it"):
        checked(sealed)
    with sealed.writing() as c:
        c.execute(delete(s.audit_seal).where(first))
    with refused(AuditChanged, "the seal of rows 4 to 6 of 2025-11-25, or the one before it"):
        checked(sealed)


def test_rows_that_are_said_to_be_taken_are_missing_unless_they_are_the_oldest(sealed: Store) -> None:
    with sealed.writing() as c:
        for key in ids(c)[3:6]:
            removed(c, key)
        second = update(s.audit_seal).where(s.audit_seal.c.first_row == 4)
        c.execute(second.values(doings_salt=None, subjects_salt=None))
    with refused(AuditChanged, "rows among 4 to 6 of 2025-11-25 are missing"):
        checked(sealed)


def test_a_chain_that_was_made_anew_lacks_the_seal_that_was_noted(sealed: Store) -> None:
    noted = checked(sealed).seal
    with sealed.writing() as c:
        c.execute(delete(s.audit_seal))
        set_of(user="somebody else")(c, ids(c)[0])
    seal_audit(sealed)
    assert checked(sealed).rows == 9, "by itself it is whole"
    with refused(AuditChanged, f"the seal {noted} is not there"):
        checked(sealed, noted)


def test_no_rows_are_as_they_were(store: Store) -> None:
    assert checked(store) == AuditFound(rows=0, day=None, took=0, erasures=0, unsealed=0, seal="")


def test_the_hash_of_a_seal_says_all_that_it_covers(sealed: Store) -> None:
    with sealed.reading() as c:
        seal = dict(c.execute(select(s.audit_seal)).first()._mapping)  # type: ignore[union-attr]
    assert chained("", seal) == seal["hash"]
    for name in ("first_row", "last_row", "row_count", "day", "doings", "subjects"):
        assert chained("", {**seal, name: "another"}) != seal["hash"]


def test_rows_of_one_instant_are_told_apart(store: Store) -> None:
    moment = datetime(2025, 11, 24, 9, tzinfo=UTC)
    with store.writing() as c:
        keep_audit(c, [AuditRow(moment, "u", "planner", "GET", subject, 200) for subject in ("a=1", "a=2")])
    seal_audit(store)
    with store.writing() as c:
        first, second = ids(c)
        set_of(subject="a=2")(c, first)
        set_of(subject="a=1")(c, second)
    with refused(AuditChanged, "are not as they were sealed"):
        checked(store)
