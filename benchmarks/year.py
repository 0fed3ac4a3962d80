"""A year of rolling horizons: four weeks are planned and judged, the first is executed, and so on.

python benchmarks/year.py [--buddies 50] [--companies 1000] [--weeks 52] [--seed 1] [--workers 1]

The same year is planned twice: with the weeks of all contacts optimized, and with every contact in a random
one of its admissible weeks. Drift is the distance in days of a contact from the day that its rhythm requires,
counted from the previous contact. A company is forgotten if it is overdue for more than 28 days in which it
was neither planned, nor missed by the other side or by illness, nor listed with a reason.
"""

import argparse
import json
import time
from collections import Counter, defaultdict
from concurrent.futures import Executor
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random
from statistics import mean, pstdev
from typing import Any

from api.planning.programme import LEAST_HORIZON, read_demo
from api.service.sources import default_sources
from benchmarks.year_events import Events, lasting, related, year_of
from data.base.dates import days_of, iso_week, parse_week
from data.model.history import Contact as Record
from data.model.problem import Horizon, Problem
from data.model.vocabulary import CareMode, Outcome, RequestState
from data.results.solution import BuddyWeeks, Matching
from data.travel.provider import Times, times_of
from matching.solve import MatchOptions, match
from scheduling.cadence.choose import Cadence
from scheduling.cadence.contacts import Contact
from scheduling.cadence.model import CadenceInstance, Choice
from scheduling.cadence.plan import planned
from scheduling.cadence.rhythm import Chains
from scheduling.cadence.room import working_share
from scheduling.cadence.solve import Chosen
from scheduling.judge.plan import check_weeks
from scheduling.plan.plan_weeks import plan_weeks, process_pool
from scheduling.week.solve import WeekOptions

WEEK_WORK = 1_000_000
FORGOTTEN_DAYS = 28


@dataclass
class Year:
    """The results of a year so far."""

    violations: list[str] = field(default_factory=list)
    drift: list[int] = field(default_factory=list)
    late: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    travel_min: int = 0
    distance_m: int = 0
    load: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    proved: int = 0
    chosen: int = 0
    widest_gap: int = 0
    most_overdue: int = 0
    overdue_weeks: int = 0
    long_overdue: set[str] = field(default_factory=set)
    forgotten: set[str] = field(default_factory=set)
    seconds: Counter[str] = field(default_factory=Counter)


class Rolling:
    """Plans a programme week by week, and remembers what happened."""

    def __init__(
        self, problem: Problem, times: Times, matching: Matching, events: Events, random: bool = False
    ) -> None:
        self.problem, self.times, self.matching, self.events = problem, times, matching, events
        self.random = random
        self.history = list(problem.history)
        self.done: set[str] = set()
        self.begin = parse_week(problem.horizon.first_week)
        self.seen: dict[str, date] = {}
        self.year = Year()

    def step(self, week: str, executor: Executor | None = None) -> None:
        """Plan four weeks from `week` on, judge the first, and execute it."""
        now = self._known(week)
        begun = time.perf_counter()
        cadence = Cadence(now, self.matching, self.times)
        if self.random:
            self._at_random(cadence)
        elif executor is None:
            for buddy in now.buddies:
                cadence.plan(buddy.id)
        else:
            cadence.choose_all(executor)
        chosen = time.perf_counter()
        weeks = plan_weeks(
            now, self.matching, self.times, 1, WeekOptions(work=WEEK_WORK), executor, cadence=cadence
        )
        solved = time.perf_counter()
        broken = check_weeks(now, self.times, self.matching, weeks)
        self.year.violations += [str(v.told) for v in broken]
        self.year.seconds += Counter(
            {"choose": chosen - begun, "plan": solved - chosen, "judge": time.perf_counter() - solved}
        )
        self._carry_out(now, cadence, weeks)
        self._overdue(now)

    def _known(self, week: str) -> Problem:
        known: dict[str, Any] = self.events.known(self.problem, parse_week(week))
        known["requests"] = tuple(
            each.replace(state=RequestState.DONE) if each.id in self.done else each
            for each in known["requests"]
        )
        horizon = Horizon(first_week=week, weeks=LEAST_HORIZON)
        return self.problem.replace(horizon=horizon, history=tuple(self.history), **known)

    def _at_random(self, cadence: Cadence) -> None:
        for buddy in cadence.problem.buddies:
            instance = cadence.instance(buddy.id, self.matching.companies_of.get(buddy.id, ()))
            rng = Random(f"{self.events.seed} {buddy.id} {cadence.weeks[0]}")
            cadence.take(buddy.id, planned(instance, random_weeks(instance, rng), cadence.weeks))

    def _carry_out(self, now: Problem, cadence: Cadence, weeks: tuple[BuddyWeeks, ...]) -> None:
        year, chains = self.year, Chains(now)
        for own in weeks:
            assert own.cadence is not None
            year.chosen += 1
            year.proved += own.cadence.value == own.cadence.bound
            year.widest_gap = max(year.widest_gap, own.cadence.value - own.cadence.bound)
            (plan,) = own.weeks
            visits = {visit.id: visit for visit in cadence.due(own.buddy)[plan.week]}
            self._measure(now, cadence, own)
            for left_out in plan.unplanned:
                year.reasons[left_out.reason.code] += 1
                self.seen[left_out.company] = parse_week(plan.week)
            for day, route in zip(days_of(plan.week), plan.days, strict=True):
                for stop in route.stops if route else ():
                    visit = visits[stop.id]
                    if visit.start is None:
                        self._record(
                            chains, own.buddy, visit.id, visit.company, CareMode.VISIT, visit.minutes, day
                        )
            for contact in own.cadence.contacts:
                if contact.week == plan.week and contact.mode is not CareMode.VISIT:
                    if contact.possible:
                        call = visits[contact.id]
                        self._record(
                            chains, own.buddy, call.id, call.company, call.mode, call.minutes, contact.day
                        )
                    else:
                        self.seen[contact.company] = contact.day

    def _record(
        self, chains: Chains, buddy: str, visit: str, company: str, mode: CareMode, minutes: int, day: date
    ) -> None:
        outcome = self.events.outcome(visit, buddy, day)
        self.year.outcomes[outcome] += 1
        self.seen[company] = day
        self.history.append(
            Record(company=company, date=day, buddy=buddy, mode=mode, minutes=minutes, outcome=outcome)
        )
        if outcome is not Outcome.DONE:
            return
        self.done.add(visit)
        for chain in chains.of(company):
            if chain.rhythm and chain.last is not None and chain.mode is mode and visit.startswith(company):
                due = chain.rhythm.after(chain.last)
                away = day.toordinal() - int(due.day)
                self.year.drift.append(away)
                self.year.late += away > due.drift

    def _measure(self, now: Problem, cadence: Cadence, own: BuddyWeeks) -> None:
        (plan,) = own.weeks
        self.year.travel_min += plan.travel_min
        routes = [route for route in plan.days if route]
        self.year.distance_m += sum(route.distance_m for route in routes)
        share = working_share(cadence.calendar, own.buddy, plan.week)
        if share:
            work = plan.remote_min + plan.travel_min
            work += sum(stop.end - stop.start for route in routes for stop in route.stops)
            self.year.load[own.buddy].append(float(work / share))

    def _overdue(self, now: Problem) -> None:
        """Record what is overdue at the end of the week."""
        following = parse_week(now.horizon.first_week) + timedelta(weeks=1)
        after = now.replace(
            horizon=Horizon(first_week=iso_week(following), weeks=1), history=tuple(self.history)
        )
        chains = Chains(after)
        for company in self.matching.buddy_of:
            for chain in chains.of(company):
                if chain.rhythm is None:
                    continue
                due = chain.rhythm.after(chain.begin if chain.last is None else chain.last)
                days = following.toordinal() - int(due.day) - due.drift
                self.year.overdue_weeks += days > 0
                self.year.most_overdue = max(self.year.most_overdue, days)
                if days > FORGOTTEN_DAYS:
                    name = f"{company} {chain.mode}"
                    self.year.long_overdue.add(name)
                    if (following - self.seen.get(company, self.begin)).days > FORGOTTEN_DAYS:
                        self.year.forgotten.add(name)


def random_weeks(instance: CadenceInstance, rng: Random) -> Chosen:
    """Place every contact in a random week in which it is in time (none: as early as possible)."""
    placed = tuple(_random_way(choice, rng) for choice in instance.choices)
    return Chosen(placed, instance.cost(placed), 0)


def _random_way(choice: Choice, rng: Random) -> tuple[Contact, ...]:
    way, heads = list[Contact](), choice.first
    while heads:
        in_time = [head for head in heads if not choice.contacts[head].overdue_days]
        at = rng.choice(in_time) if in_time else heads[0]
        way.append(choice.contacts[at])
        heads = choice.following[at]
    return tuple(way)


def figures(year: Year) -> dict[str, Any]:
    """Return a year's figures."""
    away = sorted(map(abs, year.drift)) or [0]
    varied = [pstdev(load) / mean(load) for load in year.load.values() if len(load) > 1 and mean(load)]
    return {
        "violations": len(year.violations),
        "contacts": sum(year.outcomes.values()),
        "outcomes": dict(sorted(year.outcomes.items())),
        "not_planned": dict(sorted(year.reasons.items())),
        "drift_mean_days": round(mean(away), 2),
        "drift_95_days": away[int(0.95 * (len(away) - 1))],
        "late_percent": round(100 * year.late / len(away), 2),
        "overdue_at_weekend": year.overdue_weeks,
        "most_overdue_days": year.most_overdue,
        "long_overdue": len(year.long_overdue),
        "forgotten": len(year.forgotten),
        "travel_h": round(year.travel_min / 60),
        "distance_km": round(year.distance_m / 1000),
        "load_variation_percent": round(100 * mean(varied), 1) if varied else 0.0,
        "choices_proved": f"{year.proved} of {year.chosen}",
        "widest_gap": year.widest_gap,
        "seconds": {name: round(seconds, 1) for name, seconds in sorted(year.seconds.items())},
    }


def roll(
    buddies: int, companies: int, weeks: int, seed: int, random: bool, executor: Executor | None = None
) -> Year:
    """Simulate a year of an invented programme."""
    problem = read_demo(buddies, companies, seed, LEAST_HORIZON).problem
    assert problem is not None
    problem = lasting(problem)
    times = times_of(problem, default_sources().travel)
    matching = match(problem, times, MatchOptions(work=1000))
    events = year_of(problem, matching, weeks, seed)
    rolling = Rolling(related(problem, matching), times, matching, events, random)
    monday = parse_week(problem.horizon.first_week)
    for w in range(weeks):
        rolling.step(iso_week(monday + timedelta(weeks=w)), executor)
    return rolling.year


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--buddies", type=int, default=50)
    parser.add_argument("--companies", type=int, default=1000)
    parser.add_argument("--weeks", type=int, default=52)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    found = {}
    with process_pool(asked.workers) as pool:
        for name, random in (("chosen", False), ("random", True)):
            executor = pool if asked.workers > 1 else None
            year = roll(asked.buddies, asked.companies, asked.weeks, asked.seed, random, executor)
            found[name] = figures(year)
            print(name, json.dumps(found[name], indent=2), flush=True)
            for line in year.violations[:20]:
                print(line)
            for line in sorted(year.forgotten)[:20]:
                print("forgotten", line)
    if asked.json:
        asked.json.write_text(json.dumps(found, indent=2), encoding="utf-8")


if __name__ == "__main__":
    main()
