"""What a limit does to an assignment: never `unknown`, and never dearer than HiGHS alone in the same run.

    python benchmarks/assignment_limits.py [--count 40] [--first 0] [--seconds 1 5 30] [--json FILE]

Drawn instances of seven kinds (`drawn_assignments.py`) in three sizes: ample and scarce capacity, many
components, some items that must go, two resources, minimum loads. Each is solved by us and by HiGHS alone,
one after the other, under each limit, one thread each; our kernels are loaded beforehand. `*` marks a proof.
Exit status 1: an answer of ours is `unknown`, dearer than HiGHS's, or more than 5 % + 0.2 s late.
"""

import argparse
import json
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from time import perf_counter

from benchmarks.assignment import plain_highs
from benchmarks.drawn_assignments import drawn_assignment
from matching import compile_kernels
from matching.assignment.instance import AssignmentInstance
from matching.assignment.solve import AssignmentOptions, solve_assignment

PART, EXTRA_S = 0.05, 0.2
"""How far a limit may be passed."""


@dataclass(frozen=True)
class Row:
    """One instance under one limit: values (None: nothing found), bounds, and our seconds."""

    name: str
    limit_s: float
    value: int | None
    bound: int | None
    took_s: float
    highs: int | None
    highs_bound: int | None

    @property
    def failed(self) -> bool:
        """Whether a promise is broken."""
        late = self.took_s > self.limit_s * (1 + PART) + EXTRA_S
        return self.value is None or late or (self.highs is not None and self.value > self.highs)

    def line(self) -> str:
        """Return the row as one of a table."""
        ours, theirs = _shown(self.value, self.bound), _shown(self.highs, self.highs_bound)
        mark = " FAILED" if self.failed else ""
        return f"| {self.name} | {self.limit_s:g} | {ours} | {self.took_s:.2f} | {theirs} |{mark}"


def _shown(value: int | None, bound: int | None) -> str:
    return f"{'–' if value is None else value} / {bound}{'*' if value == bound else ''}"


def compared(name: str, instance: AssignmentInstance, limit_s: float) -> Row:
    begun = perf_counter()
    ours = solve_assignment(instance, AssignmentOptions(seconds=limit_s))
    took = perf_counter() - begun
    highs = plain_highs(instance, limit_s)
    return Row(name, limit_s, ours.objective, ours.bound, round(took, 3), highs.value, highs.bound)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--count", type=int, default=40, help="instances (default: 40)")
    parser.add_argument("--first", type=int, default=0, help="number of the first")
    parser.add_argument("--seconds", type=float, nargs="+", default=[1.0, 5.0, 30.0], help="limits")
    parser.add_argument("--json", type=Path, help="file for the rows")
    told = parser.parse_args()
    compile_kernels.main()
    print("| instance | limit s | ours | took s | HiGHS |\n|---|---|---|---|---|")
    rows = []
    for number in range(told.first, told.first + told.count):
        name, instance = drawn_assignment(number)
        for limit_s in told.seconds:
            rows.append(compared(f"{number} {name}", instance, limit_s))
            print(rows[-1].line(), flush=True)
    failed, better = sum(row.failed for row in rows), sum(row.value != row.highs for row in rows)
    proved = sum(row.value == row.bound for row in rows)
    print(f"{len(rows)} solves: {proved} proved, {better} cheaper than HiGHS's, {failed} failed")
    if told.json is not None:
        told.json.write_text(json.dumps([asdict(row) for row in rows], indent=1) + "\n", encoding="utf-8")
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
