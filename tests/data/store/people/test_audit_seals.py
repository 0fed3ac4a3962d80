"""Seals of the audit log go on through retention, erasure, restore, kills and other processes."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, delete, func, insert, select, update

from data.base.dates import minute_of
from data.model.identity import Identities, Identity
from data.store.backup.restore import restore
from data.store.backup.write import back_up
from data.store.database.store import Store, sqlite_url
from data.store.people import audit_seals
from data.store.people.audit import keep_audit
from data.store.people.audit_check import AuditChanged, AuditFound, check_audit
from data.store.people.audit_seals import seal_audit, take_before
from data.store.privacy.erasure import erase_person
from data.store.privacy.retention import RetentionRules, apply_retention
from data.store.tables import schema as s
from data.store.tables.utc import now
from data.store.work.programmes import keep_programme
from tests.data.store.entered import PROGRAMME, RUN
from tests.data.store.people.audited import DAY, enter_days, row
from tests.refusals import refused

WHO = Identities(people=(Identity(id="b1", name="Anna Quittenbaum"), Identity(id="b2", name="Ben Zacharias")))
NAMED = ("buddy=Quittenbaum week=2026-W48", "buddy=Zacharias", "buddy=b1")


def checked(store: Store) -> AuditFound:
    with store.reading() as c:
        return check_audit(c)


def made(c: Connection) -> list[tuple[int, int, int, str]]:
    own = s.audit_seal.c
    rows = c.execute(select(own.first_row, own.last_row, own.row_count, own.day).order_by(own.id))
    return [(*row[:3], str(row[3])) for row in rows]


def test_a_seal_covers_one_day_and_so_many_rows(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit_seals, "MOST_ROWS", 2)
    with store.writing() as c:
        enter_days(c, 2)
    seal_audit(store)
    days = ("2025-11-24", "2025-11-25")
    expected = [(1, 2, 2, days[0]), (3, 3, 1, days[0]), (4, 5, 2, days[1]), (6, 6, 1, days[1])]
    with store.reading() as c:
        assert made(c) == expected
    seal_audit(store)
    with store.reading() as c:
        assert made(c) == expected, "nothing is sealed twice"


def test_retention_takes_whole_days_and_their_seals_stay(store: Store) -> None:
    with store.writing() as c:
        enter_days(c)
        rules, a_year_on = RetentionRules(), DAY + timedelta(366)
        assert apply_retention(c, rules, a_year_on)["audit"] == 3
        assert apply_retention(c, rules, a_year_on)["audit"] == 0
    found = checked(store)
    assert (found.rows, found.took, found.unsealed) == (7, 3, 0), "it left a row of its own"
    with store.writing() as c:
        assert take_before(c, minute_of(now())[0]) == 6
    found = checked(store)
    assert (found.rows, found.took, found.unsealed) == (1, 9, 1)
    seal_audit(store)
    assert checked(store).rows == 2, "numbers go on where they were"


def test_what_retention_took_cannot_be_guessed_from_its_seal(store: Store) -> None:
    with store.writing() as c:
        enter_days(c, 1)
        take_before(c, DAY + timedelta(1))
        salts = select(s.audit_seal.c.doings_salt, s.audit_seal.c.subjects_salt)
        assert c.execute(salts).all() == [(None, None)]


@pytest.fixture
def named(store: Store) -> Store:
    """A seal about subjects that hold names, which nobody writes today, and one about others."""
    with store.writing() as c:
        keep_programme(c, RUN.problem.programme, WHO)
        keep_audit(c, [row(now() - timedelta(9), subject) for subject in NAMED])
    seal_audit(store)
    with store.writing() as c:
        keep_audit(c, [row(now())])
    seal_audit(store)
    return store


def erase(store: Store, key: str, on: date = DAY) -> None:
    with store.writing() as c:
        erase_person(c, PROGRAMME, key, "u", on)


def test_an_erasure_changes_subjects_and_is_recorded(named: Store) -> None:
    with named.reading() as c:
        salts = c.execute(select(s.audit_seal.c.subjects_salt).order_by(s.audit_seal.c.id)).scalars().all()
    for key in ("b1", "b2"):
        erase(named, key)
        found = checked(named)
        assert (found.rows, found.erasures) == (4, 1)
    with named.reading() as c:
        subjects = c.execute(select(s.audit.c.subject).order_by(s.audit.c.id)).scalars().all()
        assert subjects[:3] == ["buddy=… week=2026-W48", "buddy=…", "buddy=b1"]
        after = c.execute(select(s.audit_seal).order_by(s.audit_seal.c.id)).all()
    assert [seal.erased_on for seal in after] == [DAY, None]
    assert after[0].subjects_salt != salts[0], "the hash of a name cannot be compared with a guess"
    assert after[1].subjects_salt == salts[1]


@pytest.mark.parametrize("values", [{"user": "somebody else"}, {"subject": "buddy=…"}])
def test_what_was_changed_after_an_erasure_is_named(named: Store, values: dict[str, str]) -> None:
    erase(named, "b1")
    with named.writing() as c:
        c.execute(update(s.audit).where(s.audit.c.id == 3).values(values))
    with refused(AuditChanged, "rows among 1 to 3 of .* are not as they were sealed"):
        checked(named)


def test_an_erasure_covers_up_nothing_that_was_changed_before(named: Store) -> None:
    with named.writing() as c:
        c.execute(update(s.audit).where(s.audit.c.id == 3).values(subject="buddy=b2"))
    erase(named, "b1")
    with refused(AuditChanged, "rows among 1 to 3 of .* are not as they were sealed"):
        checked(named)


def test_a_restored_backup_is_as_it_was_and_goes_on(named: Store, tmp_path: Path) -> None:
    """Of either database, on the other one, with an erasure that followed the backup."""
    with named.writing() as c:
        c.execute(delete(s.audit).where(s.audit.c.id == 99))
        keep_audit(c, [row(now())])
    file, before = tmp_path / "backup.zip", checked(named)
    back_up(named, file)
    anew = Store(sqlite_url(tmp_path / "anew.db"))
    restore(anew, file)
    assert checked(anew) == before and before.unsealed == 1
    erase(named, "b1")
    with named.writing() as c:
        enter_days(c, 1)
    seal_audit(named)
    restore(named, file, replace=True)
    assert checked(named) == replace(before, erasures=1)
    for each in (named, anew):
        with each.writing() as c:
            keep_audit(c, [row(now())])
        seal_audit(each)
        assert (checked(each).rows, checked(each).unsealed) == (6, 0)
    anew.close()


SEALS = "import sys; from data.store.database.store import Store; from data.store.people import audit_seals; "


@contextmanager
def process(store: Store, then: str) -> Iterator["subprocess.Popen[bytes]"]:
    command = [sys.executable, "-c", f"{SEALS}audit_seals.MOST_ROWS = 7; {then}", store.url]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as started:
        yield started


def test_processes_that_seal_at_once_take_turns(store: Store) -> None:
    """Meanwhile rows are written, so that there is something to seal for all of them."""
    again = "[audit_seals.seal_audit(Store(sys.argv[1])) for _ in sys.stdin]"
    with process(store, again) as one, process(store, again) as other:
        for _ in range(20):
            with store.writing() as c:
                enter_days(c, 5)
            for each in (one, other):
                assert each.stdin
                each.stdin.write(b"\n")
                each.stdin.flush()
        assert [each.communicate() and each.returncode for each in (one, other)] == [0, 0]
    found = checked(store)
    assert (found.rows, found.unsealed) == (300, 0)


def test_a_process_that_dies_while_it_seals_leaves_whole_seals(store: Store) -> None:
    """It ends between its fourth seal and the commit; the next one goes on from the third."""
    with store.writing() as c:
        enter_days(c, 5)
    dies = (
        "import os; made = audit_seals._seal; count = iter(range(9)); "
        "end = lambda: print('dies', flush=True) or os._exit(9); "
        "audit_seals._seal = lambda *given: made(*given) if next(count) < 3 else end(); "
        "audit_seals.seal_audit(Store(sys.argv[1]))"
    )
    with process(store, dies) as started:
        assert started.communicate()[0] == b"dies\n" and started.returncode == 9
    assert (checked(store).rows, checked(store).unsealed) == (9, 6)
    seal_audit(store)
    assert (checked(store).rows, checked(store).unsealed) == (15, 0)


def test_a_row_that_is_committed_late_is_sealed_in_its_place(store: Store) -> None:
    """PostgreSQL numbers rows before they are committed: a seal waits for those under way."""
    begun, go_on = threading.Event(), threading.Event()

    def slow() -> None:
        with store.writing() as c:
            keep_audit(c, [row(now())])
            begun.set()
            go_on.wait(10)

    writer, sealer = threading.Thread(target=slow), threading.Thread(target=seal_audit, args=(store,))
    writer.start()
    assert begun.wait(10)
    if not store.on_sqlite:
        with store.writing() as c:
            keep_audit(c, [row(now())])
    sealer.start()
    sealer.join(0.3)
    assert sealer.is_alive()
    go_on.set()
    writer.join()
    sealer.join()
    with store.reading() as c:
        expected = c.execute(select(func.count()).select_from(s.audit)).scalar()
    assert (checked(store).rows, checked(store).unsealed) == (expected, 0)


def test_rows_of_an_earlier_version_are_sealed_at_the_first_run(store: Store) -> None:
    with store.writing() as c:
        old = row(now() - timedelta(400))
        c.execute(insert(s.audit), [dict(old.__dict__) for _ in range(2500)])
    seal_audit(store)
    with store.reading() as c:
        assert [seal[2] for seal in made(c)] == [1000, 1000, 500]
    assert checked(store).rows == 2500
