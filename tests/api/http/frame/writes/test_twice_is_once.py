"""Trust 13, twice is once, also across a kill: row, audit row and kept answer are one transaction.

Every route that takes a POST is asked: where the commit fails, nothing is there but the failure noted; under
the same key the request is done then, once, and answered alike ever after.
"""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection, event, select

from api.http.app import create_app
from api.http.invitations.invitations import DOING
from api.http.register import pins
from api.service.settings import Settings
from api.service.wiring import wired
from data.store.database.store import Store
from data.store.tables import schema as s
from tests.api.http.conftest import World
from tests.api.http.frame.writes.posts import ASKING, POSTS, STOP, WEEK, Post, Sender, senders
from tests.api.http.test_roles import routes

Rows = dict[str, list[str]]
PIN = {"kind": "pin", "buddy": "anna", "company": "bakery", "reason": "knows the owner"}
KEY = {"Idempotency-Key": "k1"}
NOON = "2026-11-22T11:00:00+00:00"


@pytest.fixture
def sender(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Sender]:
    from datetime import datetime

    for place in ("plans", "moves", "drafts", "adoption"):
        monkeypatch.setattr(f"api.http.planning.{place}.now", lambda: datetime.fromisoformat(NOON))
    yield from senders(database_url, tmp_path)


def rows(store: Store) -> Rows:
    """Everything that is stored, but for the mark that something has changed."""
    with store.reading() as c:
        return {
            table.name: sorted(str(row) for row in c.execute(select(table)))
            for table in s.metadata.sorted_tables
            if table.name != "change"
        }


def added(before: Rows, after: Rows) -> dict[str, int]:
    return {name: len(after[name]) - len(before[name]) for name in after if after[name] != before[name]}


@contextmanager
def commits(store: Store, fail: bool = False) -> Iterator[list[str]]:
    """The writing transactions that come to their commit; if asked, the first of them fails there."""
    seen: list[str] = []

    def arrived(c: Connection) -> None:
        if c.get_execution_options().get("writes"):
            seen.append("commit")
            if fail and len(seen) == 1:
                raise OSError("the disk is gone")

    event.listen(store.engine, "commit", arrived)
    yield seen
    event.remove(store.engine, "commit", arrived)


def outcomes(store: Store) -> list[tuple[str, int]]:
    with store.reading() as c:
        return [(row.action, row.outcome) for row in c.execute(select(s.audit).order_by(s.audit.c.id))]


def test_every_route_that_takes_a_post_is_asked(sender: Sender) -> None:
    assert {path for method, path in routes(sender.world) if method == "POST"} - ASKING == set(POSTS)


def test_every_post_is_done_once_whole_or_not_at_all(sender: Sender) -> None:
    store, wrong = sender.world.service.store, []
    for route, post in POSTS.items():
        sender.prepare(post)
        wrong += [f"{route}: {fault}" for fault in _faults(sender, store, post)]
    assert "\n".join(wrong) == ""


def _faults(sender: Sender, store: Store, post: Post) -> Iterator[str]:
    before = rows(store)
    with commits(store, fail=True):
        failed = sender.send(post)
    left = added(before, rows(store))
    if failed.status_code != 500 or left.keys() - {"audit"} or left.get("audit", 0) > 1:
        yield f"{failed.status_code} where the commit fails, and {left} is there"
    before, noted = rows(store), len(outcomes(store))
    with commits(store) as seen:
        answer = sender.send(post)
    after = rows(store)
    if not answer.is_success:
        yield f"{answer.status_code} under the same key: {answer.text[:200]}"
    if len(seen) != 1:
        yield f"{len(seen)} transactions"
    of_request = [(action, outcome) for action, outcome in outcomes(store)[noted:] if action != DOING]
    if [outcome for _, outcome in of_request] != [answer.status_code]:
        yield f"audit has {outcomes(store)[noted:]}"
    made = added(before, after)
    if made.get("idempotency", 0) != post.keyed or not made.keys() - {"idempotency", "audit"}:
        yield f"made {made}"
    if post.keyed:
        again = sender.send(post)
        if (again.status_code, again.content) != (answer.status_code, answer.content):
            yield f"answers {again.status_code} {again.text[:100]} the second time"
        if rows(store) != after:
            yield f"the second time adds {added(after, rows(store))}"


def test_what_a_page_sends_is_one_transaction_too(sender: Sender) -> None:
    store, anna = sender.world.service.store, _with_pages(sender.world)
    for path, form in (
        (f"/me/weeks/{WEEK}/stops/{STOP}/report", {"outcome": "done", "minutes": "45"}),
        ("/account/calendar", {}),
    ):
        before = rows(store)
        with commits(store, fail=True):
            assert anna.post(path, data=form).status_code == 500
        assert added(before, rows(store)).keys() <= {"audit"}
        with commits(store) as seen:
            assert anna.post(path, data=form, follow_redirects=False).status_code in (201, 303)
        assert len(seen) == 1


def _with_pages(world: World) -> TestClient:
    from api.pages.site import with_pages

    return TestClient(with_pages(create_app(world.service)), headers=_key(world, "buddy"))


def _key(world: World, role: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {world.keys[role]}"}


def test_a_second_web_process_frees_no_key_of_the_first(
    world: World, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It starts, and gets the same request, while the first has written and not yet answered."""
    written, go_on, shown = threading.Event(), threading.Event(), pins._shown

    def held(*stored: Any) -> pins.PinAnswer:
        if not written.is_set():
            written.set()
            assert go_on.wait(30)
        return shown(*stored)

    monkeypatch.setattr(pins, "_shown", held)
    second = wired(Settings(data_dir=tmp_path / "data", database_url=database_url, plain_http=True))
    with (
        TestClient(create_app(second), headers=_key(world, "coordinator")) as other,
        ThreadPoolExecutor(2) as threads,
    ):
        first = threads.submit(world.by("coordinator").post, "/api/v1/pins", json=PIN, headers=KEY)
        assert written.wait(30)
        again = threads.submit(other.post, "/api/v1/pins", json=PIN, headers=KEY)
        threading.Timer(0.5, go_on.set).start()
        answers = first.result(60), again.result(60)
    second.close()
    assert [each.status_code for each in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    assert [each.headers.get("Idempotency-Replayed") for each in answers] == [None, "true"]
    assert outcomes(world.service.store)[-1:] == [("POST /api/v1/pins", 201)]


def test_a_refusal_keeps_what_had_to_stay_and_frees_the_key(world: World) -> None:
    """A wrong password is counted, though the request is refused; its row and the count come together."""
    own, store = world.by("coordinator"), world.service.store
    before = rows(store)
    with commits(store) as seen:
        told = own.put("/api/v1/me/password", json={"old": "wrong", "new": "a new long password"})
    assert told.status_code == 401 and len(seen) == 1
    assert added(before, rows(store)).keys() == {"sign_in_failure", "audit"}
    assert outcomes(store)[-1] == ("PUT /api/v1/me/password", 401)
