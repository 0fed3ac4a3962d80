"""Tiny weeks for Hypothesis, with every feature of the file format, and ordinary ones for larger tests.

Days of a tiny week are so short that every minute can be tried. Most visits are open, cheap to reach and
expensive to leave out, so that most weeks plan two visits or more.
"""

import json
import random
from typing import Any

from hypothesis import strategies as st

from scheduling.week.files import parse_week
from scheduling.week.instance import WeekInstance


@st.composite
def tiny_weeks(
    draw: st.DrawFn, most_visits: int = 4, length: int = 24, most_days: int = 2, required: int = 1
) -> WeekInstance:
    """Draw a week of a few short days; about `required` visits in 12 must be planned."""
    nodes = draw(st.integers(2, 4))
    legs = st.integers(0, length // 6)
    days = [draw(_days(nodes, length)) for _ in range(draw(st.integers(1, most_days)))]
    count = most_visits - draw(st.integers(0, most_visits - 1))
    raw = {
        "days": days,
        "base": draw(st.integers(0, nodes - 1)),
        "travel_min": [[0 if a == b else draw(legs) for b in range(nodes)] for a in range(nodes)],
        "visits": [draw(_visits(f"v{i}", nodes, len(days), length, required)) for i in range(count)],
        "breaks": draw(st.none() | _breaks(length)),
        "max_work_min": draw(_rarely(st.integers(length // 3, length))),
        "max_week_work_min": draw(_rarely(st.integers(length // 2, 2 * length))),
        "max_days": draw(_rarely(st.sampled_from([1, 2, 0]))),
    }
    return parse_week(json.dumps(raw))


def clashing_weeks() -> st.SearchStrategy[WeekInstance]:
    """Weeks of one or two days in which half of the visits must be planned."""
    return tiny_weeks(length=18, required=6)


def ordinary_week(visits: int, seed: int, **fields: Any) -> WeekInstance:
    """A week of five days, 08:00-16:30, with visits of about an hour scattered within an hour's drive."""
    chance = random.Random(seed)
    spots = [(30, 30), *((chance.randrange(60), chance.randrange(60)) for _ in range(visits))]
    travel = [[abs(a - c) + abs(b - d) for c, d in spots] for a, b in spots]
    drawn = []
    for i in range(visits):
        opens = [chance.choice([480, 480, 600]) for _ in range(5)]
        windows = [[] if chance.random() < 0.3 else [[at, at + chance.choice([180, 360])]] for at in opens]
        minutes, penalty = chance.choice([45, 60, 75, 90]), chance.choice([300, 600, 1500])
        drawn.append(
            {"id": f"v{i:02}", "node": i + 1, "duration_min": minutes, "penalty": penalty, "windows": windows}
        )
    law = {"max_stretch_min": 360, "piece_min": 15, "totals": [[360, 30], [540, 45]]}
    raw = {"days": [{"start": 480, "end": 990}] * 5, "travel_min": travel, "visits": drawn, "breaks": law}
    return parse_week(json.dumps(raw | {"max_work_min": 600} | fields))


def _rarely(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.integers(0, 3).flatmap(lambda k: values if k == 3 else st.none())


@st.composite
def _days(draw: st.DrawFn, nodes: int, length: int) -> dict[str, Any] | None:
    if draw(st.integers(0, 14)) == 14:
        return None
    start = draw(st.integers(0, 3))
    day: dict[str, Any] = {"start": start, "end": draw(st.integers(2 * length // 3, length))}
    if draw(st.booleans()):
        day |= {"from": draw(st.integers(0, nodes - 1)), "to": draw(st.integers(0, nodes - 1))}
    if draw(st.integers(0, 2)) == 2:
        day["off"] = draw(_off(start, day["end"]))
    if draw(st.integers(0, 3)) == 3:
        worked = draw(st.integers(0, 8))
        begun = draw(st.integers(start - worked, start))
        day["so_far"] = {
            "work_min": worked,
            "break_min": draw(st.integers(0, 4)),
            "off_min": draw(st.integers(0, 2)),
            "stretch_from": begun,
        }
    return day


@st.composite
def _off(draw: st.DrawFn, start: int, end: int) -> list[list[int]]:
    """One time off, or two; they may touch each other and the ends of the shift."""
    marks = draw(st.lists(st.integers(start, end), min_size=2, max_size=4, unique=True).map(sorted))
    return [[a, b] for a, b in zip(marks[::2], marks[1::2], strict=False)]


@st.composite
def _breaks(draw: st.DrawFn, length: int) -> dict[str, Any]:
    above = sorted(draw(st.lists(st.integers(4, 2 * length // 3), max_size=2, unique=True)))
    due = sorted(draw(st.lists(st.integers(1, length // 4), min_size=len(above), max_size=len(above))))
    return {
        "max_stretch_min": length - draw(st.integers(0, 2 * length // 3)),
        "piece_min": draw(st.integers(1, 4)),
        "totals": [list(pair) for pair in zip(above, due, strict=True)],
        "first_min": draw(st.just(0) | st.integers(0, length // 2)),
    }


@st.composite
def _visits(draw: st.DrawFn, key: str, nodes: int, days: int, length: int, required: int) -> dict[str, Any]:
    visit: dict[str, Any] = {
        "id": key,
        "node": draw(st.integers(0, nodes - 1)),
        "duration_min": draw(st.integers(0, length // 5)),
        "penalty": 30 - draw(st.integers(0, 20) | st.integers(0, 30)),
        "windows": [draw(_windows(length)) for _ in range(days)],
        "required": draw(st.integers(0, 11)) >= 12 - required,
        "group": draw(_rarely(st.sampled_from(["g", "h"]))),
    }
    if draw(st.integers(0, 3)) == 3:
        visit["leave_node"] = draw(st.integers(0, nodes - 1))
    if draw(st.booleans()):
        start = draw(st.integers(0, length))
        until = draw(st.integers(start, length))
        cost = draw(st.integers(0, 20))
        visit["promise"] = {"day": draw(st.integers(0, days - 1)), "from": start, "to": until, "cost": cost}
    return visit


def _windows(length: int) -> st.SearchStrategy[list[list[int]]]:
    """Mostly one window, wide or narrow; sometimes two, rarely none."""
    wide = st.tuples(st.integers(0, length // 3), st.integers(length // 2, length))
    narrow = st.integers(0, length).flatmap(lambda a: st.tuples(st.just(a), st.integers(a, a + 5)))
    one = (wide | narrow).map(lambda window: [list(window)])
    two = st.tuples(narrow, narrow).map(lambda windows: [list(window) for window in windows])
    return st.integers(0, 9).flatmap(lambda k: st.just([]) if k == 9 else two if k > 6 else one)
