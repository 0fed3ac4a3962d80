"""Large weeks against VROOM, PyVRP and OR-Tools routing: team orienteering with time windows.

    python benchmarks/toptw.py [--bench ../shared/bench] [--tours 1 4] [--seconds 3] [--seed 0] [--json FILE]

Every instance becomes a week with one day per tour (`toptw_instances.py`). All have the same seconds on one
thread of the same machine, except VROOM, which ends by itself; ours include the bound and the reasons for
unplanned visits. Plans are read back, judged by our judge and counted in profit; *gap* is the relative
distance of a profit below the best known one, *bound* is our proved upper bound on every plan. Exit status 1:
the judge finds a fault in a plan of ours, a mean gap of ours is above another's or above 0.8 %, or one tour
is at the best known profit in fewer than 90 % of the instances.
"""

import argparse
import csv
import json
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from time import perf_counter

from benchmarks.toptw_instances import profit_of, toptw_week
from benchmarks.week_peers import ortools_orders, pyvrp_orders, timed, vroom_orders
from scheduling.week.instance import WeekInstance, WeekResult
from scheduling.week.judge import check_week
from scheduling.week.solve import WeekOptions, solve_week

OURS, PEERS = "ours", ("VROOM", "PyVRP", "OR-Tools")
MOST_GAP, LEAST_BEST = 0.008, 0.9
HEADER = f"{'instance':<9}{'m':>2}{'best':>6}" + "".join(
    f"{who:>10}{'gap %':>7}{'s':>6}" for who in (OURS, *PEERS)
)


@dataclass(frozen=True)
class Row:
    """One instance with a number of tours: profit and seconds of each solver, our bound, and our faults."""

    instance: str
    tours: int
    best_known: int
    profit: dict[str, int]
    seconds: dict[str, float]
    bound: int
    status: str
    faults: tuple[str, ...]

    def gap(self, who: str) -> float:
        """The relative gap of a solver to the best known profit (below 0: better)."""
        return 1 - self.profit[who] / self.best_known

    def line(self) -> str:
        """Return the row below `HEADER`."""
        cells = (
            f"{self.profit[who]:>10}{100 * self.gap(who):>7.2f}{self.seconds[who]:>6.2f}"
            for who in self.profit
        )
        instance = f"{self.instance:<9}{self.tours:>2}{self.best_known:>6}"
        return f"{instance}{''.join(cells)}  bound {self.bound} {self.status}"


def compared(file: Path, tours: int, best_known: int, seconds: float, seed: int) -> Row:
    """Solve one instance with every solver."""
    week = toptw_week(file, tours)
    profit, taken, ours = {}, {}, None
    for who, solve in _solvers(seconds, seed).items():
        begun = perf_counter()
        result = solve(week)
        taken[who] = round(perf_counter() - begun, 2)
        assert result.objective is not None
        profit[who] = profit_of(week, result.objective) if not check_week(week, result) else 0
        ours = ours or result
    assert ours is not None
    faults = tuple(str(fault.told) for fault in check_week(week, ours))
    return Row(
        file.stem, tours, best_known, profit, taken, profit_of(week, ours.bound), str(ours.status), faults
    )


def _solvers(seconds: float, seed: int) -> dict[str, Callable[[WeekInstance], WeekResult]]:
    return {
        OURS: lambda week: solve_week(week, WeekOptions(seconds=seconds, seed=seed)),
        "VROOM": lambda week: timed(week, vroom_orders(week)),
        "PyVRP": lambda week: timed(week, pyvrp_orders(week, seconds, seed)),
        "OR-Tools": lambda week: timed(week, ortools_orders(week, seconds)),
    }


def summary(tours: int, rows: list[Row]) -> tuple[str, bool]:
    """Return the mean gaps for a number of tours as a line, and whether they violate the claims."""
    mean = {who: sum(row.gap(who) for row in rows) / len(rows) for who in (OURS, *PEERS)}
    best = sum(row.profit[OURS] >= row.best_known for row in rows)
    proved = sum(row.status == "optimal" for row in rows)
    failed = mean[OURS] > min(MOST_GAP, *(mean[who] for who in PEERS)) or any(row.faults for row in rows)
    failed = failed or (tours == 1 and best < LEAST_BEST * len(rows))
    shown = ", ".join(f"{who} {100 * gap:.2f} %" for who, gap in mean.items())
    return f"m={tours}: mean gap {shown}; ours at best known {best} of {len(rows)}, proved {proved}", failed


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument(
        "--bench", type=Path, default=Path("../shared/bench"), help="folder of public instances"
    )
    parser.add_argument("--tours", type=int, nargs="+", default=[1, 4])
    parser.add_argument("--seconds", type=float, default=3.0)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--json", type=Path, help="file for the rows")
    told = parser.parse_args()
    known = told.bench / "toptw" / "best_known.csv"
    if not known.exists():
        print(f"skipped: no public instances in {told.bench} (--bench says where they are)")
        return 0
    with known.open(encoding="utf-8") as lines:
        best = {
            (row["instance"], int(row["m"])): int(row["best_known_profit"]) for row in csv.DictReader(lines)
        }
    files = sorted(known.parent.glob("*.txt"))
    solve_week(toptw_week(files[0], 1), WeekOptions(seconds=1.0))  # loads and compiles
    print(HEADER)
    rows, failed = [], False
    for tours in told.tours:
        for file in files:
            if (file.stem, tours) in best:
                rows.append(compared(file, tours, best[file.stem, tours], told.seconds, told.seed))
                print(rows[-1].line(), flush=True)
        line, fails = summary(tours, [row for row in rows if row.tours == tours])
        failed = failed or fails
        print(line, flush=True)
    if told.json is not None:
        told.json.write_text(json.dumps([asdict(row) for row in rows], indent=1) + "\n", encoding="utf-8")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
