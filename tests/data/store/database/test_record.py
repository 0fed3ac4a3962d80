"""Rows that are kept once: who comes second waits for the first one, and finds what that one kept."""

import threading
from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import Connection, func, select

from data.model.identity import Identities
from data.store.database.record import Conflict, insert_unless_there
from data.store.database.store import Store
from data.store.tables import schema as s
from data.store.work.problems import keep_problem, packed
from data.store.work.programmes import begin_programme, keep_programme
from data.store.work.references import keep_reference
from tests.builders import problem, times
from tests.data.reference.own_land import OWN

PROBLEM = problem((), ())
ERASED = {"programme": "test", "id": "anna", "what": "person", "erased_on": date(2026, 12, 1), "by_user": "u"}
KEPT: dict[str, Callable[[Connection], object]] = {
    "problem": lambda c: keep_problem(c, packed(PROBLEM, times(PROBLEM), None)),
    "reference": lambda c: keep_reference(c, OWN),
    "programme": lambda c: keep_programme(c, PROBLEM.programme.replace(id="new"), Identities()),
    "erasure": lambda c: insert_unless_there(c, s.erasure, ERASED),
}


def at_once(store: Store, keep: Callable[[Connection], object]) -> list[Exception]:
    """Keep a row in one transaction and, before that ends, in another; return what the second one raised."""
    raised: list[Exception] = []
    begun = threading.Event()

    def second() -> None:
        try:
            begun.set()
            with store.writing() as other:
                keep(other)
        except Exception as error:
            raised.append(error)

    thread = threading.Thread(target=second)
    with store.writing() as c:
        keep(c)
        thread.start()
        begun.wait(10)
        thread.join(0.3)
        assert thread.is_alive()
    thread.join(10)
    assert not thread.is_alive()
    return raised


@pytest.mark.parametrize("table", KEPT)
def test_the_same_kept_by_two_at_once_is_there_once(database_url: str, table: str) -> None:
    store = Store(database_url)
    with store.writing() as c:
        keep_programme(c, PROBLEM.programme, Identities())
    assert at_once(store, KEPT[table]) == []
    with store.reading() as c:
        counted = select(func.count()).select_from(s.metadata.tables[table])
        assert c.execute(counted).scalar() == (2 if table == "programme" else 1)
    store.close()


def test_of_two_who_begin_one_programme_at_once_the_second_is_told(database_url: str) -> None:
    store = Store(database_url)
    with store.writing() as c:
        keep_reference(c, OWN)
    (refused,) = at_once(store, lambda c: begin_programme(c, "one", "ST", OWN.hash, invented=False))
    assert isinstance(refused, Conflict)
    store.close()
