"""Weeks of six kinds from a number, for what a limit does: some proved at once, some never."""

from collections.abc import Callable
from random import Random

from benchmarks.drawn_weeks import drawn_week
from benchmarks.week_peers import penalty_unit
from scheduling.week.instance import LEGAL_BREAKS, Day, WeekInstance, WeekVisit

Matrix = list[list[int]]
OPEN = ((0, 1440),)
SHIFT = Day(start=480, end=990)


def drawn(number: int) -> tuple[str, WeekInstance]:
    """Return the kind of week, and the week; kinds take turns."""
    kind = tuple(KINDS)[number % len(KINDS)]
    rng = Random(f"anytime {number}")
    return kind, KINDS[kind](rng, number)


def _ordinary(rng: Random, number: int) -> WeekInstance:
    return drawn_week(7000 + number, rng.randint(18, 34), overloaded=number % 2 == 0)


def _with_breaks(rng: Random, number: int) -> WeekInstance:
    week = drawn_week(8000 + number, rng.randint(18, 30), overloaded=number % 2 == 0)
    return week.model_copy(update={"breaks": LEGAL_BREAKS, "max_work_min": 600})


def _wide_open(rng: Random, number: int) -> WeekInstance:
    """Short visits that may start at any time: nearly every set of them fits into a day."""
    count = rng.randint(24, 36)
    return _plain(rng, _square(rng, count, 60), count, (15, 45), (SHIFT,) * rng.randint(2, 5))


def _asymmetric(rng: Random, number: int) -> WeekInstance:
    """Legs drawn one by one, without any triangle inequality."""
    count = rng.randint(20, 32)
    legs = [[0 if a == b else rng.randint(3, 60) for b in range(count + 1)] for a in range(count + 1)]
    return _plain(rng, legs, count, (20, 60), (SHIFT,) * rng.randint(2, 5))


def _one_node(rng: Random, number: int) -> WeekInstance:
    """All visits in one house; only how often somebody goes there costs travel."""
    count = rng.randint(20, 36)
    away = rng.randint(10, 60)
    legs = [[0 if a == b or min(a, b) > 0 else away for b in range(count + 1)] for a in range(count + 1)]
    return _plain(rng, legs, count, (20, 90), (SHIFT,) * rng.randint(2, 4))


def _one_day(rng: Random, number: int) -> WeekInstance:
    """One long day of many short visits, with windows around the times of a drawn tour."""
    count, legs = rng.randint(20, 40), _square(rng, 40, 50)
    tour, now, here = rng.sample(range(1, count + 1), count), 0, 0
    minutes, windows = [0] * (count + 1), [OPEN] * (count + 1)
    for stop in tour:
        now += legs[here][stop]
        minutes[stop] = rng.randint(1, 5)
        windows[stop] = ((max(0, now - rng.randint(0, 90)), now + rng.randint(0, 90)),)
        now, here = now + minutes[stop], stop
    day = Day(start=0, end=now + legs[here][0] + 60)
    unit = penalty_unit((day,))
    visits = tuple(
        WeekVisit(
            id=f"v{v}",
            node=v,
            duration_min=minutes[v],
            penalty=unit * rng.randint(5, 20),
            windows=(windows[v],),
        )
        for v in range(1, count + 1)
    )
    return WeekInstance(days=(day,), travel_min=_part(legs, count), visits=visits)


KINDS: dict[str, Callable[[Random, int], WeekInstance]] = {
    "ordinary": _ordinary,
    "wide open": _wide_open,
    "asymmetric": _asymmetric,
    "one node": _one_node,
    "one day": _one_day,
    "breaks": _with_breaks,
}


def _plain(
    rng: Random, legs: Matrix, count: int, minutes: tuple[int, int], days: tuple[Day, ...]
) -> WeekInstance:
    unit = penalty_unit(days)
    visits = tuple(
        WeekVisit(
            id=f"v{v}",
            node=v,
            duration_min=rng.randint(*minutes),
            penalty=unit * rng.randint(5, 100),
            windows=(OPEN,) * len(days),
        )
        for v in range(1, count + 1)
    )
    return WeekInstance(days=days, travel_min=_part(legs, count), visits=visits)


def _part(legs: Matrix, count: int) -> tuple[tuple[int, ...], ...]:
    return tuple(tuple(row[: count + 1]) for row in legs[: count + 1])


def _square(rng: Random, count: int, side: int) -> Matrix:
    """Return the rounded distances of a base and `count` places on a square."""
    at = [(rng.uniform(0, side), rng.uniform(0, side)) for _ in range(count + 1)]
    return [[round(((a - c) ** 2 + (b - d) ** 2) ** 0.5) for c, d in at] for a, b in at]
