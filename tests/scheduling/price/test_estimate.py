"""Removal and insertion, on routes small enough to compute by hand."""

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from scheduling.price.estimate import DAYS, NO_ROOM_MIN, Newcomers, StandingRoutes, exchange_min

LINE = np.abs(np.arange(10)[:, None] - np.arange(10)[None, :]) * 10
"""Ten places on a line, ten minutes apart; the base is place 0."""
MONDAY, TUESDAY = 1, 2


def routes(*days: tuple[int, ...], room: int = 300, week_room: int = 2000, free: int = 5) -> StandingRoutes:
    """One week's days by the places visited, half an hour each; every stop has its own owner."""
    stops = [place for day in days for place in day]
    first = np.cumsum([0, *(len(day) for day in days), *(0 for _ in range(DAYS - len(days)))])
    return StandingRoutes(
        base=0,
        first=first.astype(np.int64),
        node=np.array(stops, dtype=np.int64),
        owner=np.arange(len(stops), dtype=np.int64),
        minutes=np.full(len(stops), 30, dtype=np.int64),
        room_min=np.full(DAYS, room, dtype=np.int64),
        week_room_min=np.array([week_room], dtype=np.int64),
        days_left=np.array([free], dtype=np.int64),
    )


def newcomer(place: int, *days: int, minutes: int = 30) -> Newcomers:
    """One company whose visits of the week are possible on these days, as bits."""
    count = len(days)
    return Newcomers(
        node=np.array([place], dtype=np.int64),
        first=np.array([0, count], dtype=np.int64),
        week=np.zeros(count, dtype=np.int64),
        minutes=np.full(count, minutes, dtype=np.int64),
        days=np.array(days, dtype=np.int64),
    )


def costs(standing: StandingRoutes, who: Newcomers) -> tuple[list[int], list[int]]:
    saved, added = exchange_min(LINE.astype(np.int64), standing, len(standing.node), who)
    return saved.tolist(), added[:, 0].tolist()


def test_what_leaves_saves_its_detour_and_what_comes_adds_the_least() -> None:
    # 0-2-5-0 without 2 has the same length; without 5 it is 0-2-0, 60 shorter; place 7 adds 40 beyond 5; 40
    # without 2; 100 without 5, beyond 2
    assert costs(routes((2, 5)), newcomer(7, MONDAY)) == ([0, 60], [40, 100, 40])


def test_a_day_of_its_own_is_taken_where_nothing_is_nearer_or_open() -> None:
    assert costs(routes((2, 5)), newcomer(7, TUESDAY))[1] == [140, 140, 140]


def test_two_visits_of_a_company_take_two_days() -> None:
    either = MONDAY | TUESDAY
    # 40 on Monday, 140 for a trip of its own on Tuesday
    assert costs(routes((2, 5)), newcomer(7, either, either))[1][-1] == 180


def test_without_minutes_or_days_there_is_no_room() -> None:
    # 40 of travel and 30 of service
    full = [routes((5,), room=69), routes((5,), week_room=69)]
    assert [costs(of, newcomer(7, MONDAY))[1][-1] for of in full] == [NO_ROOM_MIN] * 2
    assert costs(routes((5,), room=70, week_room=70), newcomer(7, MONDAY))[1][-1] == 40
    assert costs(routes((5,), free=0), newcomer(7, TUESDAY))[1] == [140, NO_ROOM_MIN]


@given(st.lists(st.integers(1, 9), max_size=4), st.integers(1, 9))
def test_insertion_is_the_best_of_all_positions(places: list[int], place: int) -> None:
    def length(stops: list[int]) -> int:
        return sum(int(LINE[a, b]) for a, b in pairwise([0, *stops, 0]))

    for gone, found in enumerate(costs(routes(tuple(places)), newcomer(place, MONDAY))[1]):
        rest = [each for k, each in enumerate(places) if k != gone]
        tried = [length([*rest[:k], place, *rest[k:]]) for k in range(len(rest) + 1)]
        assert found == min(tried) - length(rest)
