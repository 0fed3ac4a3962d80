"""Our exact weeks against VROOM, PyVRP and OR-Tools routing in one run: none of their plans may be cheaper.

    python benchmarks/weeks.py [--ordinary 100] [--overloaded 100] [--from 8] [--to 25] [--seed 1] [--breaks]
        [--seconds 20] [--peer-seconds 0] [--json FILE] [--plot FILE]

Weeks are drawn from real settlements with the shipped travel estimate, without promises and limits, which the
peers do not support; with `--breaks` only ours are solved, under the law on breaks, and compared with ours
without breaks. VROOM runs at its highest exploration level; PyVRP and OR-Tools get `--peer-seconds` each (0:
they are left out). All on one thread. For us, one unit of weight costs more than all travel (as in
`scheduling/plan/model.py`), so all solvers have the same objective. Plans are timed from the start of each
shift, judged by our judge and priced by our objective. Our time includes the reasons for unplanned visits,
which the peers lack. The plot shows the number of weeks at the proved optimum over time. Exit status 1: a
peer is cheaper, or the judge finds a fault.
"""

import argparse
import json
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import partial
from math import log10
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

from benchmarks.drawn_weeks import drawn_week
from benchmarks.week_peers import Orders, ortools_orders, pyvrp_orders, timed, vroom_orders
from data.base.status import Status
from scheduling.week.instance import LEGAL_BREAKS, WeekInstance
from scheduling.week.judge import check_week
from scheduling.week.solve import WeekOptions, solve_week

Peer = Callable[[WeekInstance], Orders]
OURS = "ours"
WIDTH, HEIGHT, MARGIN = 640, 360, 50
COLOURS = ("#1b6ca8", "#d1495b", "#66a182", "#8d6a9f")
SHORTEST_S, DECADES = 0.001, 5
"""The start of the plot's time axis, and its length in powers of ten."""


@dataclass(frozen=True)
class Plan:
    """One solver's plan of a week; `above` is how much dearer it is than ours, `faults` the judge's."""

    objective: int
    above: int
    seconds: float
    faults: tuple[str, ...]


@dataclass(frozen=True)
class Row:
    """One week; `plain_seconds` is our time without breaks if breaks are on."""

    seed: int
    visits: int
    kind: str
    status: str
    bound: int
    unplanned: int
    plain_seconds: float | None
    plans: dict[str, Plan]

    @property
    def failed(self) -> bool:
        """Whether this week violates what the benchmark claims."""
        return any(plan.faults or plan.above < 0 for plan in self.plans.values())

    def line(self) -> str:
        """Return the week in a line: each solver's excess over ours and its seconds."""
        ours = self.plans[OURS]
        shown = [f"{who} +{p.above} {p.seconds:.3f}" for who, p in self.plans.items() if who != OURS]
        faults = [f"{who}: {fault}" for who, plan in self.plans.items() for fault in plan.faults]
        return (
            f"{self.seed:>5} {self.visits:>3} {self.kind:<10} {self.status:<8} {ours.objective:>9} "
            f"{self.bound:>9} {ours.seconds:>7.3f}  {'  '.join(shown + faults)}"
        ).rstrip()


def compared(
    seed: int, count: int, overloaded: bool, peers: dict[str, Peer], breaks: bool = False, seconds: float = 20
) -> Row:
    """Solve one week with every solver; with breaks only with ours."""
    week = drawn_week(seed, count, overloaded)
    plain_seconds = None
    if breaks:
        begun = perf_counter()
        solve_week(week, WeekOptions(seconds=seconds))
        plain_seconds = round(perf_counter() - begun, 4)
        week = week.model_copy(update={"breaks": LEGAL_BREAKS, "max_work_min": 600})
    begun = perf_counter()
    ours = solve_week(week, WeekOptions(seconds=seconds))
    took = round(perf_counter() - begun, 4)
    assert ours.objective is not None
    faults = tuple(str(fault.told) for fault in check_week(week, ours))
    plans = {OURS: Plan(ours.objective, 0, took, faults)}
    for who, peer in ({} if breaks else peers).items():
        plans[who] = _of_peer(week, peer, ours.objective)
    kind = "overloaded" if overloaded else "ordinary"
    return Row(seed, count, kind, str(ours.status), ours.bound, len(ours.unplanned), plain_seconds, plans)


def _of_peer(week: WeekInstance, peer: Peer, ours: int) -> Plan:
    begun = perf_counter()
    orders = peer(week)
    took = round(perf_counter() - begun, 4)
    result = timed(week, orders)
    assert result.objective is not None
    faults = tuple(str(fault.told) for fault in check_week(week, result))
    return Plan(result.objective, result.objective - ours, took, faults)


def summary(kind: str, rows: list[Row]) -> str:
    """Return one kind of week in a few lines."""
    ours = [row.plans[OURS].seconds for row in rows]
    cuts = quantiles(ours, n=20) if len(ours) > 1 else ours * 19
    proved = sum(row.status == Status.OPTIMAL for row in rows)
    gap = max((row.plans[OURS].objective - row.bound) / max(1, row.plans[OURS].objective) for row in rows)
    lines = [
        f"{kind}: {len(rows)} weeks, {proved} optimal, largest gap {gap:.2%}; ours median "
        f"{median(ours):.3f} s, 95 % {cuts[18]:.3f} s, longest {max(ours):.3f} s"
    ]
    plain = [row.plans[OURS].seconds / row.plain_seconds for row in rows if row.plain_seconds]
    if plain:
        lines.append(f"  {median(plain):.2f} times our time without breaks (median)")
    for who in rows[0].plans:
        if who != OURS:
            plans = [row.plans[who] for row in rows]
            ratio = median(mine / plan.seconds for mine, plan in zip(ours, plans, strict=True))
            equal = sum(plan.above == 0 for plan in plans)
            most = max(plan.above / max(1, plan.objective) for plan in plans)
            theirs = [plan.seconds for plan in plans]
            lines.append(
                f"  {who}: equal {equal}, at most {most:.1%} dearer; median {median(theirs):.3f} s, "
                f"longest {max(theirs):.3f} s; ours / {who}: median ratio {ratio:.2f}"
            )
    return "\n".join(lines)


def plot(rows: list[Row]) -> str:
    """Return an SVG of the number of weeks at the proved optimum over time (logarithmic)."""
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-size="12">']
    parts.append(f'<text x="{MARGIN}" y="14">weeks at the proved optimum, after so many seconds</text>')
    for share in (0, 50, 100):
        y = HEIGHT - MARGIN - share / 100 * (HEIGHT - 2 * MARGIN)
        parts.append(f'<text x="{MARGIN - 6}" y="{y + 4:.1f}" text-anchor="end">{share} %</text>')
    for power in range(DECADES + 1):
        x = MARGIN + power * (WIDTH - 2 * MARGIN) / DECADES
        parts.append(f'<path d="M{x:.1f} {MARGIN}V{HEIGHT - MARGIN}" stroke="#ddd"/>')
        parts.append(f'<text x="{x:.1f}" y="{HEIGHT - 30}">{SHORTEST_S * 10**power:g} s</text>')
    for number, (who, colour) in enumerate(zip(rows[0].plans, COLOURS, strict=False)):
        times = sorted(
            row.plans[who].seconds
            for row in rows
            if row.plans[who].above == 0 and row.status == Status.OPTIMAL
        )
        line = f"M{MARGIN} {HEIGHT - MARGIN}"
        for count, seconds in enumerate(times, 1):
            y = HEIGHT - MARGIN - count / len(rows) * (HEIGHT - 2 * MARGIN)
            line += f"H{_x(seconds):.1f}V{y:.1f}"
        parts.append(f'<path d="{line}H{WIDTH - MARGIN}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts.append(f'<text x="{MARGIN + 100 * number}" y="32" fill="{colour}">{who}</text>')
    return "\n".join([*parts, "</svg>\n"])


def _x(seconds: float) -> float:
    share = log10(max(seconds, SHORTEST_S) / SHORTEST_S) / DECADES
    return MARGIN + min(1.0, share) * (WIDTH - 2 * MARGIN)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--ordinary", type=int, default=100, help="ordinary weeks")
    parser.add_argument("--overloaded", type=int, default=100, help="weeks with too little time")
    parser.add_argument("--from", type=int, default=8, dest="fewest", help="fewest visits")
    parser.add_argument("--to", type=int, default=25, dest="most", help="most visits")
    parser.add_argument("--seed", type=int, default=1, help="of the first week")
    parser.add_argument("--breaks", action="store_true", help="under the law on breaks, against ours without")
    parser.add_argument("--seconds", type=float, default=20.0, help="the most that we may take")
    parser.add_argument("--peer-seconds", type=float, default=0.0, help="for PyVRP and OR-Tools")
    parser.add_argument("--json", type=Path, help="file for the rows")
    parser.add_argument("--plot", type=Path, help="file for the plot (SVG)")
    told = parser.parse_args()
    peers: dict[str, Peer] = {"VROOM": vroom_orders}
    if told.peer_seconds:
        peers["PyVRP"] = partial(pyvrp_orders, seconds=told.peer_seconds)
        peers["OR-Tools"] = partial(ortools_orders, seconds=told.peer_seconds)
    compared(0, told.fewest, True, {}, told.breaks)  # loads and compiles
    rows, sizes = [], range(told.fewest, told.most + 1)
    for i in range(told.ordinary + told.overloaded):
        overloaded = i >= told.ordinary
        row = compared(told.seed + i, sizes[i % len(sizes)], overloaded, peers, told.breaks, told.seconds)
        rows.append(row)
        print(row.line(), flush=True)
    for kind in ("ordinary", "overloaded"):
        if of_kind := [row for row in rows if row.kind == kind]:
            print(summary(kind, of_kind))
    if told.json is not None:
        told.json.write_text(json.dumps([asdict(row) for row in rows], indent=1) + "\n", encoding="utf-8")
    if told.plot is not None:
        told.plot.write_text(plot(rows), encoding="utf-8")
    return int(any(row.failed for row in rows))


if __name__ == "__main__":
    sys.exit(main())
