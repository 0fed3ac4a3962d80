"""Requests that solve have threads of their own, so those that only read are answered meanwhile."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from api.http.frame import computing
from api.http.frame.computing import MOST_OF_USER, THREADS, Computing
from api.http.frame.errors import TooOften
from api.http.planning import slots
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
        for _ in range(THREADS):
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
