"""The random events of one draw: each is drawn from a hash of its subject, so that scenarios share draws.

Whether Anna falls ill in week 49 of draw 7 depends only on the seed, the draw, Anna and the week. So two
scenarios meet the same events in everything that they share (common random numbers), and the difference
between them is due to the scenarios.
"""

import hashlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from math import floor, log

from api.studies.stress.rates import Illness, Rates
from data.base.dates import days_of
from data.model.problem import Problem
from data.results.replanning import Away, Urgent

BITS = 53
"""Bits of a hash that make a random number: as many as a float holds, so that it is below 1."""


@dataclass(frozen=True)
class Luck:
    """The random numbers of one draw of a seed."""

    seed: int
    draw: int

    def chances(self, kind: str, key: str, week: str) -> tuple[float, float, float]:
        """Return three independent numbers in [0, 1) that depend on these arguments only."""
        words = "\x1f".join((str(self.seed), str(self.draw), kind, key, week))
        digest = hashlib.blake2b(words.encode(), digest_size=24).digest()
        first, second, third = (
            (int.from_bytes(digest[at : at + 8], "big") >> (64 - BITS)) / 2**BITS for at in (0, 8, 16)
        )
        return first, second, third


@dataclass(frozen=True)
class Events:
    """The events of one draw, except visits called off, which depend on a plan.

    `absences` are spells of illness by their first day, `arrivals` urgent first visits by the Monday on which
    they become known.
    """

    absences: tuple[Away, ...]
    arrivals: tuple[tuple[date, Urgent], ...]


def events_of(
    problem: Problem, companies: Collection[str], rates: Rates, weeks: Collection[str], luck: Luck
) -> Events:
    """Draw the illness of all buddies and the arrivals at these companies in these ISO weeks."""
    absences = [
        spell
        for buddy in problem.buddies
        for week in weeks
        if (spell := _spell(buddy.id, week, rates.illness, luck))
    ]
    within = timedelta(days=problem.policy.first_visit_within_days)
    arrivals = [
        arrival
        for key in companies
        for week in weeks
        if (arrival := _arrival(problem, key, week, rates, within, luck))
    ]
    return Events(
        tuple(sorted(absences, key=lambda away: (away.first, away.buddy))),
        tuple(sorted(arrivals, key=lambda each: (each[0], each[1].id))),
    )


def called_off(visits: Collection[str], week: str, rates: Rates, luck: Luck) -> Iterator[str]:
    """Yield the visits of a week that their companies call off."""
    for visit in sorted(visits):
        if luck.chances("cancellation", visit, week)[0] < rates.cancellations.rate_per_visit:
            yield visit


def _spell(buddy: str, week: str, illness: Illness, luck: Luck) -> Away | None:
    ill, begin, length = luck.chances("illness", buddy, week)
    if ill >= illness.rate_per_week:
        return None
    first = days_of(week)[illness.weekdays[floor(begin * len(illness.weekdays))]]
    days = min(illness.longest_days, _geometric(length, illness.mean_days))
    return Away(buddy=buddy, first=first, last=first + timedelta(days=days - 1))


def _geometric(chance: float, mean: float) -> int:
    """Return a geometric random number (1, 2, 3 …) with the given mean, by inverse transform sampling."""
    return 1 if mean <= 1 else 1 + floor(log(1 - chance) / log(1 - 1 / mean))


def _arrival(
    problem: Problem, company: str, week: str, rates: Rates, within: timedelta, luck: Luck
) -> tuple[date, Urgent] | None:
    comes, day, _ = luck.chances("arrival", company, week)
    if comes >= rates.arrivals.rate_of(problem.company[company].district):
        return None
    # The first visit takes place from the following Monday on; any day of that week is in time.
    monday, *_, sunday = days_of(week)
    due = max(sunday, monday - timedelta(days=7 - floor(day * 7)) + within)
    return monday, Urgent(
        id=f"first-{company}-{week}", company=company, minutes=rates.arrivals.minutes, due=due
    )
