"""Our exact weeks against VROOM's plans of the same weeks, in one objective: none of VROOM's may be cheaper.

    python benchmarks/weeks_against_vroom.py [--count 60] [--overloaded 40] [--from 8] [--to 22] [--seed 1]

Weeks are drawn from real settlements with the shipped travel estimate, without breaks, promises and limits,
which VROOM does not know. VROOM gets one vehicle a day, the days laid one after another on one axis of time,
and weights of 1 to 100 as priorities: it raises their sum first and then the number of visits, then lowers
travel. One unit of weight costs us more than all travel (as in `scheduling/week_model.py`), so both want
the same, but for VROOM's number of visits where sums of weights are equal. Its plan is timed from the start
of each shift, judged by our judge and priced by our objective.
Exit status 1: a week of ours is not optimal or dearer than VROOM's, or the judge finds fault with either.
"""

import argparse
import json
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter

from benchmarks.week_peers import penalty_unit, timed, vroom_orders
from data.gazetteer import Gazetteer
from data.solution import Status
from data.travel.estimate import Estimate
from scheduling.check_week import check_week
from scheduling.instance import Day, WeekInstance, WeekVisit
from scheduling.week import solve_week

DAYS = 5
START, END = 480, 990
HELD = 0.7
"""The part of an overloaded week's work that its shifts can hold, roughly."""

OVERDUE_DAYS = (0, 0, 0, 3, 7, 13)
"""At most 13, since VROOM's priorities end at 100: 5 × (7 + 13)."""

HEADER = " seed visits kind       status   objective   bound       s   VROOM       s  above unplanned"

Windows = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Row:
    """One week, solved by both; times in seconds, `faults` what the judge found in either plan."""

    seed: int
    kind: str
    visits: int
    objective: int
    bound: int
    status: str
    seconds: float
    vroom_objective: int
    vroom_seconds: float
    travel_min: int
    vroom_travel_min: int
    unplanned: int
    vroom_unplanned: int
    faults: tuple[str, ...]

    @property
    def above(self) -> int:
        """How much dearer VROOM's plan is."""
        return self.vroom_objective - self.objective

    def line(self) -> str:
        """Return the row below `HEADER`."""
        return (
            f"{self.seed:>5} {self.visits:>6} {self.kind:<10} {self.status:<8} {self.objective:>9} "
            f"{self.bound:>7} {self.seconds:>7.3f} {self.vroom_objective:>7} {self.vroom_seconds:>7.3f} "
            f"{self.above:>6} {self.unplanned:>4}/{self.vroom_unplanned:<4} {' '.join(self.faults)}"
        ).rstrip()

    @property
    def more_travel(self) -> float | None:
        """How much more VROOM's plan travels, as a part of ours; None where it leaves out more weight."""
        more = self.vroom_travel_min - self.travel_min
        return more / max(1, self.travel_min) if self.above == more else None

    @property
    def failed(self) -> bool:
        """Whether this week breaks what the benchmark claims."""
        return bool(self.faults) or self.above < 0 or self.status != Status.OPTIMAL


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
    settlements = Gazetteer.shipped().settlements
    base = rng.choice([s for s in settlements if s.main])
    near, reach = Estimate.shipped(), rng.randint(35, 60)
    from_base = near.matrices([base.point], [s.point for s in settlements])[0][0]
    around = [s for s, minutes in zip(settlements, from_base, strict=True) if minutes <= reach]
    points = [base.point, *(s.point for s in rng.choices(around, k=count))]
    return tuple(tuple(int(minutes) for minutes in row) for row in near.matrices(points, points)[0])


def _windows(rng: Random, duration_min: int) -> tuple[Windows, ...]:
    """Return when a service may start: hours of one company, often a lunch break, some days closed."""
    opens, closes = rng.choice((420, 480, 480, 540, 600)), rng.choice((780, 900, 960, 1020, 1080))
    lunch = rng.random() < 0.4
    hours = ((opens, 720), (780, closes)) if lunch and closes > 780 else ((opens, closes),)
    starts = tuple((a, b - duration_min) for a, b in hours if b - a >= duration_min)
    closed = rng.choice((0.0, 0.1, 0.2, 0.5))
    return tuple(() if rng.random() < closed else starts for _ in range(DAYS))


def compared(seed: int, count: int, overloaded: bool, level: int = 5) -> Row:
    """Solve one week by both; our time includes the reasons of what is not planned, VROOM has none."""
    week = drawn_week(seed, count, overloaded)
    begun = perf_counter()
    ours = solve_week(week)
    seconds = perf_counter() - begun
    begun = perf_counter()
    orders = vroom_orders(week, level)
    vroom_seconds = perf_counter() - begun
    theirs = timed(week, orders)
    assert ours.objective is not None and ours.travel_min is not None
    assert theirs.objective is not None and theirs.travel_min is not None
    judged = (("ours", check_week(week, ours)), ("VROOM", check_week(week, theirs)))
    faults = tuple(f"{who}: {fault.where}: {fault.detail}" for who, found in judged for fault in found)
    return Row(
        seed, "overloaded" if overloaded else "ordinary", count,
        ours.objective, ours.bound, str(ours.status), round(seconds, 4),
        theirs.objective, round(vroom_seconds, 4), ours.travel_min, theirs.travel_min,
        len(ours.unplanned), len(theirs.unplanned), faults,
    )  # fmt: skip


def summary(kind: str, rows: list[Row]) -> str:
    """Return one kind of week in a line."""
    proved = sum(row.status == Status.OPTIMAL for row in rows)
    less = sum(row.more_travel is None for row in rows)
    longer = [row.more_travel for row in rows if row.more_travel]
    ours, theirs = [row.seconds for row in rows], [row.vroom_seconds for row in rows]
    ratio = median(row.seconds / row.vroom_seconds for row in rows)
    return (
        f"{kind}: {len(rows)} weeks, {proved} optimal; VROOM equal {sum(row.above == 0 for row in rows)}, "
        f"below {sum(row.above < 0 for row in rows)}, leaves out more weight {less}, travels more "
        f"{len(longer)} (at most {max(longer, default=0):.1%}); seconds ours / VROOM: median "
        f"{median(ours):.3f} / {median(theirs):.3f} (median ratio {ratio:.2f}), longest {max(ours):.3f} / "
        f"{max(theirs):.3f}"
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--count", type=int, default=60, help="ordinary weeks")
    parser.add_argument("--overloaded", type=int, default=40, help="weeks with too little time")
    parser.add_argument("--from", type=int, default=8, dest="fewest", help="fewest visits")
    parser.add_argument("--to", type=int, default=22, dest="most", help="most visits")
    parser.add_argument("--seed", type=int, default=1, help="of the first week")
    parser.add_argument("--level", type=int, default=5, choices=range(6), help="VROOM's exploration level")
    parser.add_argument("--json", type=Path, help="file for the rows")
    told = parser.parse_args()
    compared(0, told.fewest, overloaded=True, level=told.level)  # loads and compiles
    print(HEADER)
    rows, sizes = [], range(told.fewest, told.most + 1)
    for i in range(told.count + told.overloaded):
        row = compared(told.seed + i, sizes[i % len(sizes)], i >= told.count, told.level)
        rows.append(row)
        print(row.line(), flush=True)
    for kind in ("ordinary", "overloaded"):
        of_kind = [row for row in rows if row.kind == kind]
        if of_kind:
            print(summary(kind, of_kind))
    if told.json is not None:
        told.json.write_text(json.dumps([asdict(row) for row in rows], indent=1) + "\n", encoding="utf-8")
    return int(any(row.failed for row in rows))


if __name__ == "__main__":
    sys.exit(main())
