"""Tiny weeks for Hypothesis, with every feature of the file format, and realistic ones for larger tests."""

import json
from typing import Any

from hypothesis import strategies as st

from scheduling.instance import WeekInstance, parse_week


@st.composite
def tiny_weeks(draw: st.DrawFn, most_visits: int = 4, length: int = 30) -> WeekInstance:
    """Draw a week of up to two short days, so short that every minute can be tried."""
    nodes = draw(st.integers(1, 4))
    legs = st.integers(0, 9)
    travel = [[0 if a == b else draw(legs) for b in range(nodes)] for a in range(nodes)]
    days = [draw(_days(nodes, length)) for _ in range(draw(st.integers(1, 2)))]
    visits = [_visit(draw, i, nodes, len(days), length) for i in range(draw(st.integers(1, most_visits)))]
    raw = {
        "days": days,
        "base": draw(st.integers(0, nodes - 1)),
        "travel_min": travel,
        "visits": visits,
        "breaks": draw(st.none() | _breaks()),
        "max_work_min": draw(st.none() | st.integers(5, length)),
        "max_week_work_min": draw(st.none() | st.integers(5, 2 * length)),
        "max_days": draw(st.none() | st.integers(0, 2)),
    }
    return parse_week(json.dumps(raw))


@st.composite
def _days(draw: st.DrawFn, nodes: int, length: int) -> dict[str, Any] | None:
    if draw(st.integers(0, 9)) == 0:
        return None
    start = draw(st.integers(0, 5))
    day: dict[str, Any] = {"start": start, "end": draw(st.integers(start, length))}
    if draw(st.booleans()):
        day |= {"from": draw(st.integers(0, nodes - 1)), "to": draw(st.integers(0, nodes - 1))}
    if draw(st.integers(0, 3)) == 0:
        worked = draw(st.integers(0, 8))
        begun = draw(st.integers(start - worked, start))
        day["so_far"] = {"work_min": worked, "break_min": draw(st.integers(0, 4)), "stretch_from": begun}
    return day


@st.composite
def _breaks(draw: st.DrawFn) -> dict[str, Any]:
    above = sorted(draw(st.lists(st.integers(4, 20), max_size=2, unique=True)))
    due = sorted(draw(st.lists(st.integers(1, 9), min_size=len(above), max_size=len(above))))
    return {
        "max_stretch_min": draw(st.integers(6, 25)),
        "piece_min": draw(st.integers(2, 4)),
        "totals": [list(pair) for pair in zip(above, due, strict=True)],
    }


def _visit(draw: st.DrawFn, i: int, nodes: int, days: int, length: int) -> dict[str, Any]:
    windows = [draw(st.lists(_window(length), max_size=2)) for _ in range(days)]
    visit: dict[str, Any] = {
        "id": f"v{i}",
        "node": draw(st.integers(0, nodes - 1)),
        "duration_min": draw(st.integers(0, 8)),
        "penalty": draw(st.integers(0, 40)),
        "windows": windows,
        "required": draw(st.integers(0, 9)) == 0,
        "group": draw(st.none() | st.sampled_from(["g", "h"])),
    }
    if draw(st.booleans()):
        start = draw(st.integers(0, length))
        until = draw(st.integers(start, length))
        cost = draw(st.integers(0, 30))
        visit["promise"] = {"day": draw(st.integers(0, days - 1)), "from": start, "to": until, "cost": cost}
    return visit


def _window(length: int) -> st.SearchStrategy[list[int]]:
    return st.tuples(st.integers(0, length), st.integers(0, length)).map(lambda w: [min(w), max(w)])
