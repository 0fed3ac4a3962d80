"""How long it takes to replan published weeks after disruptions, and to find slots.

    python benchmarks/replanning.py [--buddies 50] [--companies 1000] [--seed 1] [--json FILE]

Each buddy's first week of an invented programme is published, every promise confirmed. On a drawn day and
hour a visit of the rest of the week is cancelled and an urgent one comes up at a company of the buddy, which
colleagues may take. Every replanning is checked by its judge. Then all slots of an hour are found. Exit
status 1: the judge finds a fault, or the least number of broken promises is not proved where nobody else had
to help.
"""

import argparse
import json
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter

from api.planning.programme import read_demo
from api.service.sources import default_sources
from data.base.dates import aware, days_of
from data.model.vocabulary import CareMode
from data.results.promise import Promise, PromiseState
from data.results.replanning import Cancelled, Urgent
from data.results.solution import WeekPlan
from data.travel.provider import times_of
from matching.eligibility.colleagues import colleagues
from matching.solve import match
from scheduling.cadence.choose import DueVisit
from scheduling.cadence.rhythm import URGENT_PRIORITY
from scheduling.judge.replanning import check_replanning
from scheduling.plan.plan_weeks import plan_weeks
from scheduling.plan.promises import promises_of
from scheduling.replan.cover_by_colleagues import Colleagues, OpenWeeks
from scheduling.replan.reopened_weeks import Published, Reopened
from scheduling.replan.replan import replan
from scheduling.replan.slots import slots
from scheduling.week.solve import WeekOptions

WORK = WeekOptions(work=40_000_000)


@dataclass(frozen=True)
class Row:
    """One buddy's replanned week; times in seconds."""

    buddy: str
    visits: int
    moment: str
    seconds: float
    broken: int
    covers: int
    proved: bool
    faults: tuple[str, ...]
    slots: int
    slots_seconds: float

    @property
    def failed(self) -> bool:
        """Whether this week violates what the benchmark claims."""
        return bool(self.faults) or not (self.proved or self.covers)


def upset(
    plan: Published, own: WeekPlan, promises: tuple[Promise, ...], able: Colleagues, rng: Random
) -> Row | None:
    """Replan one week; None if nothing of it is left to cancel."""
    day = rng.choice(days_of(own.week)[:4])
    moment = aware(day, rng.randrange(420, 900))
    later = [
        stop.id
        for when, route in zip(days_of(own.week), own.days, strict=True)
        for stop in (route.stops if route and when > day else ())
        if stop.place in plan.problem.company
    ]
    companies = plan.matching.companies_of.get(own.buddy, ())
    if not later:
        return None
    due = days_of(own.week)[-1]
    urgent = Urgent(id="urgent", company=rng.choice(companies), minutes=60, due=due)
    begun = perf_counter()
    done = replan(plan, moment, (Cancelled(visit=rng.choice(later)), urgent), promises, able, WORK)
    seconds = perf_counter() - begun
    faults = tuple(str(v.told) for v in check_replanning(plan, done.record, done.weeks))
    weeks = OpenWeeks(Reopened(plan, moment, (), promises), WORK, None)
    place = rng.choice(companies)
    begun = perf_counter()
    visit = DueVisit("new", place, place, CareMode.VISIT, 60, URGENT_PRIORITY)
    found = slots(weeks, (own.buddy, own.week), visit)
    return Row(
        own.buddy, sum(len(day.stops) for day in own.days if day), moment.isoformat(), round(seconds, 4),
        len(done.record.broken), len(done.record.covers), done.record.proved, faults,
        len(found), round(perf_counter() - begun, 4),
    )  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--buddies", type=int, default=50)
    parser.add_argument("--companies", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", type=Path, help="file for the rows")
    told = parser.parse_args()
    problem = read_demo(told.buddies, told.companies, told.seed, 1).problem
    assert problem is not None
    times = times_of(problem, default_sources().travel)
    matching = match(problem, times)
    plan = Published(problem, matching, times, plan_weeks(problem, matching, times, 1, WORK))
    promises, able = promises_of(problem, plan.weeks, PromiseState.CONFIRMED), colleagues(problem, times)
    rng, rows = Random(told.seed), []
    for own in plan.weeks:
        row = upset(plan, own.weeks[0], promises, able, rng)
        if row is not None:
            rows.append(row)
            print(*asdict(row).values(), flush=True)
    for name in ("seconds", "slots_seconds"):
        values = sorted(getattr(row, name) for row in rows)
        print(f"{name}: median {median(values):.3f}, longest {values[-1]:.3f}, of {len(values)} weeks")
    broken = sum(row.broken for row in rows)
    covers, proved = sum(row.covers for row in rows), sum(row.proved for row in rows)
    print(f"promises broken {broken}, covers {covers}, proved {proved}")
    if told.json is not None:
        told.json.write_text(json.dumps([asdict(row) for row in rows], indent=1) + "\n", encoding="utf-8")
    return int(any(row.failed for row in rows))


if __name__ == "__main__":
    sys.exit(main())
