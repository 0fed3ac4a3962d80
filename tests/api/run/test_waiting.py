"""Waiting is what lies between arrival and start and is no break."""

import pytest

from api.run.waiting import wait_min, waits
from data.results.solution import Break, DayRoute, Stop

STOP = Stop(id="bakery-1", place="bakery", arrive=540, start=600, end=660)


def day(*breaks: tuple[int, int]) -> DayRoute:
    pauses = tuple(Break(start=start, end=end) for start, end in breaks)
    return DayRoute(
        leave=500, back=700, work_min=0, travel_min=80, distance_m=0, stops=(STOP,), breaks=pauses
    )


@pytest.mark.parametrize(
    ("breaks", "left"),
    [
        ((), [(540, 600)]),
        (((480, 500), (660, 690)), [(540, 600)]),
        (((540, 555),), [(555, 600)]),
        (((550, 565),), [(540, 550), (565, 600)]),
        (((550, 565), (570, 600)), [(540, 550), (565, 570)]),
        (((540, 600),), []),
    ],
)
def test_breaks_are_no_waiting(breaks: tuple[tuple[int, int], ...], left: list[tuple[int, int]]) -> None:
    assert [(wait.start, wait.end) for wait in waits(day(*breaks))] == left
    assert wait_min(day(*breaks), STOP) == sum(end - start for start, end in left)


def test_time_off_is_no_waiting_beside_breaks_either() -> None:
    off = day((545, 560)).replace(off=(Break(start=560, end=590), Break(start=300, end=400)))
    assert [(wait.start, wait.end) for wait in waits(off)] == [(540, 545), (590, 600)]


def test_who_arrives_in_time_does_not_wait() -> None:
    prompt = day().replace(stops=(STOP.replace(arrive=600),))
    assert list(waits(prompt)) == []
