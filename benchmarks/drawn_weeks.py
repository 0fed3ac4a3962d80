"""Random weeks between real settlements, from a seed: ordinary ones, and ones with too little time."""

from random import Random

from api.service.sources import default_sources
from benchmarks.week_peers import penalty_unit
from scheduling.week.instance import Day, WeekInstance, WeekVisit

DAYS = 5
START, END = 480, 990
HELD = 0.7
"""The share of an overloaded week's work that fits into its shifts, roughly."""

OVERDUE_DAYS = (0, 0, 0, 3, 7, 13)
"""At most 13, since VROOM's priorities end at 100: 5 × (7 + 13)."""

Windows = tuple[tuple[int, int], ...]


def drawn_week(seed: int, count: int, overloaded: bool) -> WeekInstance:
    """Draw a week of `count` visits around a base; an overloaded one has fewer and shorter shifts."""
    rng = Random(f"{seed} {count} {overloaded}")
    travel = _travel(rng, count)
    durations = [rng.choice((45, 60, 60, 75, 90)) for _ in range(count)]
    shifts = [Day(start=START, end=END)] * DAYS
    if overloaded:
        legs = sum(min(row[:v] + row[v + 1 :]) for v, row in enumerate(travel))
        held = round(HELD * (sum(durations) + legs + 2 * sum(travel[0]) // count))
        working = min(DAYS, -(-held // (END - START)))
        shifts = [Day(start=START, end=min(END, START + held // working))] * working
    at_work = set(rng.sample(range(DAYS), len(shifts)))
    days = tuple(shifts[0] if d in at_work else None for d in range(DAYS))
    unit = penalty_unit(days)
    visits = tuple(
        WeekVisit(
            id=f"v{v}",
            node=v + 1,
            duration_min=durations[v],
            penalty=unit * rng.randint(1, 5) * (7 + rng.choice(OVERDUE_DAYS)),
            windows=_windows(rng, durations[v]),
        )
        for v in range(count)
    )
    return WeekInstance(days=days, travel_min=travel, visits=visits)


def _travel(rng: Random, count: int) -> tuple[tuple[int, ...], ...]:
    """Return the travel between a base (node 0) and settlements at most 35 to 60 minutes from it."""
    settlements = default_sources().gazetteer.settlements
    base = rng.choice([s for s in settlements if s.main])
    near, reach = default_sources().travel, rng.randint(35, 60)
    from_base = near.matrices([base.point], [s.point for s in settlements])[0][0]
    around = [s for s, minutes in zip(settlements, from_base, strict=True) if minutes <= reach]
    points = [base.point, *(s.point for s in rng.choices(around, k=count))]
    return tuple(tuple(int(minutes) for minutes in row) for row in near.matrices(points, points)[0])


def _windows(rng: Random, duration_min: int) -> tuple[Windows, ...]:
    """Return when a service may start: opening hours, often with a lunch break and closed days."""
    opens, closes = rng.choice((420, 480, 480, 540, 600)), rng.choice((780, 900, 960, 1020, 1080))
    lunch = rng.random() < 0.4
    hours = ((opens, 720), (780, closes)) if lunch and closes > 780 else ((opens, closes),)
    starts = tuple((a, b - duration_min) for a, b in hours if b - a >= duration_min)
    closed = rng.choice((0.0, 0.1, 0.2, 0.5))
    return tuple(() if rng.random() < closed else starts for _ in range(DAYS))
