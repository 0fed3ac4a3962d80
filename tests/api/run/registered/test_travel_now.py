"""Travel times of a register as it is now: as if asked for anew, and only for what moved."""

from typing import Any

import numpy as np
import pytest

from data.travel.provider import times_of
from tests.api.http.conftest import World, on_sqlite

__all__ = ["on_sqlite"]

COMPANIES = "/api/v1/register/companies"
NEW = {"id": "sahne", "postcode": "39104", "town": "Magdeburg"}


@pytest.fixture
def asked(
    on_sqlite: World,
    monkeypatch: pytest.MonkeyPatch,
) -> list[int]:
    """The numbers of origins and destinations that the source of travel times was asked for."""
    counts: list[int] = []
    with on_sqlite.service.store.reading() as c:
        source = type(state(on_sqlite).programmes.travel(c, "test"))
    plain = source.matrices

    def counted(self: Any, origins: list[Any], destinations: list[Any]) -> Any:
        counts.append(len(origins) * len(destinations))
        return plain(self, origins, destinations)

    monkeypatch.setattr(source, "matrices", counted)
    return counts


def state(world: World) -> Any:
    return world.app.state.app_state


def test_only_new_points_are_asked_for(on_sqlite: World, asked: list[int]) -> None:
    programmes = state(on_sqlite).programmes
    with on_sqlite.service.store.reading() as c:
        before = programmes.problem(c, "test")
        programmes.times(c, before)
        asked.clear()
        programmes.times(c, before)
    assert asked == []
    assert on_sqlite.by("coordinator").post(COMPANIES, json=NEW).status_code == 201
    asked.clear()
    with on_sqlite.service.store.reading() as c:
        after = programmes.problem(c, "test")
        times, whole = programmes.times(c, after), times_of(after, programmes.travel(c, "test"))
    points = len(before.buddies) + len(before.companies) + len(before.places) + 1
    assert asked == [points, points, points * points]  # the last is the whole table, for comparison
    assert times.ids == whole.ids and np.array_equal(times.travel_min, whole.travel_min)


def test_of_a_large_problem_no_table_is_made(
    on_sqlite: World, asked: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.run.registered.programmes.MOST_POINTS", 5)
    programmes = state(on_sqlite).programmes
    with on_sqlite.service.store.reading() as c:
        of = programmes.problem(c, "test")
        asked.clear()
        times = programmes.times(c, of)
        assert asked == []
        assert times.minutes("anna", "garage") == times_of(of, programmes.travel(c, "test")).minutes(
            "anna", "garage"
        )
    assert asked[0] == 1
