"""Requests that solve have threads and processes of their own, so others are answered meanwhile."""

import os
import signal
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from multiprocessing import active_children
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.http.app import create_app
from api.http.frame import computing
from api.http.frame.computing import MOST_OF_USER, Computing
from api.http.frame.errors import TooOften
from api.http.planning import slots
from api.jobs.answering import PROCESSES, Answering
from api.pages.site import with_pages
from api.planning import offering
from api.planning.offering import Offer
from api.run.run import Run
from tests.api.http.conftest import World

ASKED = "/api/v1/slots?at=bakery&week=2026-W48"


def test_a_user_holds_so_many_places_and_no_more() -> None:
    places = Computing()
    held = [places.place("anna") for _ in range(MOST_OF_USER)]
    for each in held:
        each.__enter__()
    with pytest.raises(TooOften), places.place("anna"):
        pass
    with places.place("ben"):
        pass
    held[0].__exit__(None, None, None)
    with places.place("anna"):
        pass


def test_pages_are_answered_while_slots_are_computed(
    on_sqlite: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Six requests stand still: two compute, four wait; a seventh is refused, and a list is shown."""
    world = on_sqlite
    world.published()
    opened, running = threading.Event(), threading.Semaphore(0)

    def stands_still(*args: object, **kwargs: object) -> slots.OfferAnswer:
        running.release()
        assert opened.wait(30)
        return slots.OfferAnswer(week="2026-W48", buddies=[], slots=[], fit_in=None)

    monkeypatch.setattr(slots, "slots_of", stands_still)
    with world.client as client, ThreadPoolExecutor(MOST_OF_USER) as asking:
        own = {"Authorization": f"Bearer {world.keys['coordinator']}"}
        sent = [asking.submit(client.get, ASKED, headers=own) for _ in range(MOST_OF_USER)]
        for _ in range(PROCESSES):
            assert running.acquire(timeout=30)
        held = world.app.state.app_state.computing
        deadline = time.monotonic() + 30
        while sum(held._of_user.values()) < MOST_OF_USER and time.monotonic() < deadline:
            time.sleep(0.01)
        assert not running.acquire(timeout=0.2), "no third one runs"
        refused = client.get(ASKED, headers=own)
        assert refused.status_code == 429 and refused.headers["Retry-After"] == str(computing.WAIT_S)
        assert client.get("/api/v1/buddies", headers=own).status_code == 200
        opened.set()
        assert {each.result().status_code for each in sent} == {200}
    assert not held._of_user


PIDS = "PIDS_OF_THIS_TEST"


def waits(run: Run, **asked: object) -> Offer:
    """What a process computes instead of an offer: Python without a pause, until it is let go."""
    folder = Path(os.environ[PIDS])
    (folder / str(os.getpid())).touch()
    while not (folder / "go").exists():
        pass
    return Offer("2026-W48", ("anna",), (), None)


def dies(run: Run, **asked: object) -> Offer:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


@pytest.fixture
def apart(on_sqlite: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """An app with processes of its own, and a folder in which they leave their ids."""
    on_sqlite.published()
    (tmp_path / "pids").mkdir()
    monkeypatch.setenv(PIDS, str(tmp_path / "pids"))
    state = on_sqlite.app.state
    made = Answering(on_sqlite.service.store.url, 0)
    state.app_state = replace(state.app_state, answering=made)
    yield on_sqlite
    made.close()


def test_a_week_is_answered_while_slots_are_solved(
    apart: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(offering, "offer", waits)
    with apart.client as client, ThreadPoolExecutor(PROCESSES) as asking:
        office, buddy = ({"Authorization": f"Bearer {apart.keys[who]}"} for who in ("coordinator", "buddy"))
        sent = [asking.submit(client.get, ASKED, headers=office) for _ in range(PROCESSES)]
        deadline = time.monotonic() + 60
        while len(list((tmp_path / "pids").iterdir())) < PROCESSES and time.monotonic() < deadline:
            time.sleep(0.01)
        pids = {path.name for path in (tmp_path / "pids").iterdir()}
        assert len(pids) == PROCESSES and str(os.getpid()) not in pids
        for _ in range(20):
            assert client.get("/api/v1/me/weeks/2026-W48", headers=buddy).status_code == 200
        assert not any(each.done() for each in sent)
        (tmp_path / "pids" / "go").touch()
        assert [each.result().json()["buddies"] for each in sent] == [["anna"]] * PROCESSES


def test_what_cannot_be_solved_now_is_503_with_a_time_to_wait(
    apart: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(offering, "offer", dies)
    answer = apart.by("coordinator").get(ASKED)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert (answer.json()["type"], answer.json()["code"]) == (
        "urn:buddyplan:problem:not_available",
        "not_computed",
    )
    own = {"Authorization": f"Bearer {apart.keys['buddy']}"}
    page = TestClient(with_pages(apart.app), headers=own, raise_server_exceptions=False)
    stop = page.get("/api/v1/me/weeks/2026-W48").json()["days"][0]["stops"][0]["visit"]
    shown = page.get(f"/me/weeks/2026-W48/stops/{stop}/move")
    assert (shown.status_code, shown.headers["Retry-After"]) == (503, "5")


def answers(run: Run, **asked: object) -> Offer:
    return Offer("2026-W48", ("anna",), (), None)


def test_an_app_that_ends_ends_its_processes(on_sqlite: World, monkeypatch: pytest.MonkeyPatch) -> None:
    on_sqlite.published()
    monkeypatch.setattr(offering, "offer", answers)
    app = create_app(on_sqlite.service)
    own = {"Authorization": f"Bearer {on_sqlite.keys['coordinator']}"}
    before = set(active_children())
    with TestClient(app, headers=own) as client:
        assert client.get(ASKED).status_code == 200
        begun = set(active_children()) - before
        assert len(begun) == 1, "one request needs one process"
    assert set(active_children()) == before
