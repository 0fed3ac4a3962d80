"""What a limit does to a week: more work or time must never give a worse plan, and no peer a cheaper one.

    python benchmarks/anytime.py [--weeks 60] [--seed 0] [--most-seconds 16] [--pyvrp]
        [--bench ../shared/bench] [--json FILE] [--plot FILE]

Weeks of six kinds (`drawn_anytime.py`), and those of the folder `weeks` of `--bench` if there is one, are
solved on one thread under growing limits of work, and of seconds from 0.5 on, each twice the last. Every plan
goes through the judge. VROOM plans each week once at its highest exploration level, PyVRP with `--pyvrp` for
half a second; their plans are re-priced in our objective. Weeks with breaks or promises have no peer.

Exit status 1: under growing work a plan gets dearer or a bound falls; a limit is passed by more than 5 % +
0.2 s; an answer is `unknown`, or the judge finds a fault; a peer's plan is cheaper than ours at any limit of
seconds; or, of all pairs of neighbouring limits of seconds, more than one in 300 gets worse, or one by more
than 0.1 %.
"""

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import pairwise
from math import log2
from pathlib import Path
from statistics import mean
from time import perf_counter

from benchmarks.drawn_anytime import KINDS, drawn
from benchmarks.week_peers import pyvrp_orders, timed, vroom_orders
from scheduling.week.files import parse_week
from scheduling.week.instance import WeekInstance
from scheduling.week.judge import check_week
from scheduling.week.loading import load_kernels
from scheduling.week.solve import WeekOptions, solve_week

ROOT = Path(__file__).parent.parent
WORKS = (1, 10_000, 100_000, 400_000, 1_600_000, 6_400_000)
FIRST_S = 0.5
WORSE_PAIRS, WORSE_BY = 1 / 300, 0.001
PART, EXTRA_S = 0.05, 0.2
"""How far a limit of seconds may be passed."""
WIDTH, HEIGHT, MARGIN = 640, 360, 50
COLOURS = ("#1b6ca8", "#d1495b", "#66a182", "#8d6a9f", "#c98b27", "#444444", "#00838f")


@dataclass(frozen=True)
class Answer:
    """An answer under one limit; `faults` are those of the judge."""

    objective: int | None
    bound: int
    took_s: float
    faults: tuple[str, ...]


@dataclass(frozen=True)
class Row:
    """A week with its answers by limit, and the re-priced plans of peers."""

    name: str
    kind: str
    visits: int
    by_work: dict[int, Answer]
    by_seconds: dict[float, Answer]
    peers: dict[str, int]

    @property
    def best(self) -> int:
        """The cheapest plan of all."""
        ours = [a.objective for a in (*self.by_work.values(), *self.by_seconds.values())]
        return min(value for value in (*ours, *self.peers.values()) if value is not None)

    def failures(self) -> Iterator[str]:
        """Yield what breaks a promise, except pairs of seconds, of which a few may be worse."""
        answers = [*self.by_work.items(), *self.by_seconds.items()]
        for limit, answer in answers:
            yield from (f"{limit}: {fault}" for fault in answer.faults)
            if answer.objective is None:
                yield f"{limit}: unknown"
        works = list(self.by_work.values())
        for less, more in pairwise(works):
            if (more.objective or 0) > (less.objective or 0) or more.bound < less.bound:
                yield f"more work is worse: {less.objective}/{less.bound}, {more.objective}/{more.bound}"
        for limit, answer in self.by_seconds.items():
            if answer.took_s > limit * (1 + PART) + EXTRA_S:
                yield f"{limit} s: took {answer.took_s:.2f} s"
            for who, value in self.peers.items():
                if answer.objective is not None and value < answer.objective:
                    yield f"{limit} s: {answer.objective}, {who} {value}"

    def worse_pairs(self) -> list[float]:
        """Return by which share each pair of neighbouring limits of seconds gets worse (0: not at all)."""
        values = [answer.objective or 0 for answer in self.by_seconds.values()]
        return [max(0, b - a) / max(1, a) for a, b in pairwise(values)]

    def line(self) -> str:
        """Return the week in a line: the excess over the best plan under each limit of seconds."""
        cells = [f"+{(answer.objective or 0) - self.best}" for answer in self.by_seconds.values()]
        last = list(self.by_seconds.values())[-1]
        others = [f"{who} +{value - self.best}" for who, value in self.peers.items()]
        return f"{self.name:>12} {self.visits:>3}  {self.best:>9} {last.bound:>9}  " + " ".join(
            cells + others
        )


def answered(week: WeekInstance, options: WeekOptions) -> Answer:
    begun = perf_counter()
    result = solve_week(week, options)
    took = perf_counter() - begun
    faults = tuple(str(fault.told) for fault in check_week(week, result))
    return Answer(result.objective, result.bound, round(took, 3), faults)


def measured(name: str, kind: str, week: WeekInstance, seconds: list[float], pyvrp: bool) -> Row:
    """Solve a week under every limit, and by the peers."""
    plain = week.breaks is None and week.max_week_work_min is None
    peers = {}
    if plain and not any(visit.promise for visit in week.visits):
        peers["VROOM"] = timed(week, vroom_orders(week)).objective or 0
        if pyvrp:
            peers["PyVRP"] = timed(week, pyvrp_orders(week, seconds[0])).objective or 0
    by_work = {work: answered(week, WeekOptions(work=work)) for work in WORKS}
    by_seconds = {limit: answered(week, WeekOptions(seconds=limit)) for limit in seconds}
    return Row(name, kind, len(week.visits), by_work, by_seconds, peers)


def weeks(count: int, seed: int, bench: Path) -> Iterator[tuple[str, str, WeekInstance]]:
    """Yield name, kind and week: those of the folder, then the drawn ones."""
    for path in sorted((bench / "weeks").glob("*.json")):
        yield path.stem, "folder", parse_week(path.read_text(encoding="utf-8"))
    for number in range(seed, seed + count):
        kind, week = drawn(number)
        yield f"{kind} {number}", kind, week


def plot(rows: list[Row], seconds: list[float]) -> str:
    """Return an SVG of the mean excess over the best plan of each kind, by the limit of seconds."""
    kinds = [kind for kind in ("folder", *KINDS) if any(row.kind == kind for row in rows)]
    gaps = {
        kind: [
            mean(
                ((row.by_seconds[limit].objective or 0) - row.best) / max(1, row.best)
                for row in rows
                if row.kind == kind
            )
            for limit in seconds
        ]
        for kind in kinds
    }
    most = max(0.001, *(max(values) for values in gaps.values()))
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-size="12">']
    parts.append(f'<text x="{MARGIN}" y="14">mean excess over the best plan of the run, by limit</text>')
    for share in (0, 0.5, 1):
        y = HEIGHT - MARGIN - share * (HEIGHT - 2 * MARGIN)
        parts.append(f'<text x="{MARGIN - 6}" y="{y + 4:.1f}" text-anchor="end">{share * most:.2%}</text>')
    step = (WIDTH - 2 * MARGIN) / max(1.0, log2(seconds[-1] / seconds[0]))
    for limit in seconds:
        parts.append(
            f'<text x="{MARGIN + step * log2(limit / seconds[0]):.1f}" y="{HEIGHT - 30}">{limit:g} s</text>'
        )
    for place, (kind, colour) in enumerate(zip(kinds, COLOURS, strict=False)):
        points = " ".join(
            f"{MARGIN + step * log2(limit / seconds[0]):.1f},"
            f"{HEIGHT - MARGIN - gap / most * (HEIGHT - 2 * MARGIN):.1f}"
            for limit, gap in zip(seconds, gaps[kind], strict=True)
        )
        parts.append(f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts.append(f'<text x="{MARGIN + 85 * place}" y="32" fill="{colour}">{kind}</text>')
    return "\n".join([*parts, "</svg>\n"])


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--weeks", type=int, default=60, help="drawn weeks (default: 60)")
    parser.add_argument("--seed", type=int, default=0, help="number of the first")
    parser.add_argument("--most-seconds", type=float, default=16.0, help="the longest limit (default: 16)")
    parser.add_argument("--pyvrp", action="store_true", help="PyVRP as well, with the shortest limit")
    parser.add_argument("--bench", type=Path, default=ROOT.parent / "shared" / "bench")
    parser.add_argument("--json", type=Path, help="file for the rows")
    parser.add_argument("--plot", type=Path, help="file for the plot (SVG)")
    told = parser.parse_args()
    load_kernels()
    seconds = [FIRST_S * 2**k for k in range(20) if FIRST_S * 2**k <= told.most_seconds]
    print(
        "week, visits, best, bound, excess at " + ", ".join(f"{limit:g}" for limit in seconds) + " s, peers"
    )
    rows: list[Row] = []
    failures: list[str] = []
    for name, kind, week in weeks(told.weeks, told.seed, told.bench):
        rows.append(measured(name, kind, week, seconds, told.pyvrp))
        print(rows[-1].line(), flush=True)
        for failure in rows[-1].failures():
            failures.append(f"{name}: {failure}")
            print("    " + failure, flush=True)
    pairs = [share for row in rows for share in row.worse_pairs()]
    worse = [share for share in pairs if share > 0]
    proved = sum(list(row.by_seconds.values())[-1].bound == row.best for row in rows)
    print(
        f"{len(rows)} weeks, {proved} proved; {len(worse)} of {len(pairs)} pairs of seconds worse, "
        f"by at most {max(worse, default=0):.3%}; {len(failures)} failures"
    )
    if told.json is not None:
        told.json.write_text(json.dumps([asdict(row) for row in rows], indent=1) + "\n", encoding="utf-8")
    if told.plot is not None:
        told.plot.write_text(plot(rows, seconds), encoding="utf-8")
    too_many = len(worse) > max(1, WORSE_PAIRS * len(pairs)) or max(worse, default=0) > WORSE_BY
    return int(bool(failures) or too_many)


if __name__ == "__main__":
    sys.exit(main())
