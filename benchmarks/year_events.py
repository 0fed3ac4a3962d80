"""The events of an invented programme in a year: holidays, illness, closures, arrivals, requests, no-shows.

All are drawn from a seed, independently of the plans: every way of planning the year meets the same events.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from data.base.dates import parse_week
from data.model.dated import Availability
from data.model.problem import Problem, Request, SpecialistGroup
from data.model.relation import Relation
from data.model.vocabulary import Outcome, RelationRole, RequestKind
from data.results.solution import Matching

HOLIDAYS = (14, 14, 7, 5)
"""Days of a buddy's blocks of holiday, known from the beginning."""
ILL = 0.025
"""Chance that a buddy falls ill in a week, for one to five days, without notice."""
CLOSED = 0.4
"""Share of companies that close for two weeks in the year."""
ARRIVALS = 0.004
REQUESTS = 0.01
"""Chances that a company has new specialists, or a request, in a week."""
NO_SHOW = 0.05
MINUTES = {RequestKind.FOLLOW_UP: 45, RequestKind.AUTHORITY: 60, RequestKind.URGENT: 60}
DAYS_AHEAD = {RequestKind.FOLLOW_UP: (5, 24), RequestKind.AUTHORITY: (5, 20), RequestKind.URGENT: (4, 10)}


@dataclass(frozen=True)
class Events:
    """The year's availability rules, and by day what becomes known or happens."""

    availability: tuple[Availability, ...]
    arrivals: tuple[SpecialistGroup, ...]
    requests: tuple[Request, ...]
    ill: frozenset[tuple[str, date]]
    seed: int

    def outcome(self, visit: str, buddy: str, day: date) -> Outcome:
        """Return how a planned visit ends."""
        if (buddy, day) in self.ill:
            return Outcome.CANCELLED_BUDDY
        missed = Random(f"{self.seed} {visit} {day}").random() < NO_SHOW
        return Outcome.NO_SHOW if missed else Outcome.DONE

    def known(self, problem: Problem, monday: date) -> dict[str, tuple[object, ...]]:
        """Return what a planner knows on a Monday about specialists, availability and requests."""
        arrivals = (group for group in self.arrivals if group.arrived and group.arrived < monday)
        requests = (request for request in self.requests if request.raised < monday)
        return {
            "availability": (*problem.availability, *self.availability),
            "specialists": (*problem.specialists, *arrivals),
            "requests": (*problem.requests, *requests),
        }


def year_of(problem: Problem, matching: Matching, weeks: int, seed: int) -> Events:
    """Draw the events of the matched companies and their buddies in `weeks` weeks."""
    rng, monday = Random(f"{seed} year"), parse_week(problem.horizon.first_week)
    mondays = [monday + timedelta(weeks=w) for w in range(weeks)]
    companies = sorted(matching.buddy_of)
    buddies = [buddy.id for buddy in problem.buddies]
    return Events(
        availability=(*_holidays(rng, buddies, monday, weeks), *_closures(rng, companies, monday, weeks)),
        arrivals=tuple(
            SpecialistGroup(company=key, languages=("uk",), arrived=day + timedelta(days=rng.randrange(7)))
            for day in mondays
            for key in companies
            if rng.random() < ARRIVALS
        ),
        requests=tuple(_requests(rng, companies, mondays)),
        ill=frozenset(
            (key, day + timedelta(days=d))
            for day in mondays
            for key in buddies
            if rng.random() < ILL
            for d in range(rng.randint(1, 5))
        ),
        seed=seed,
    )


def lasting(problem: Problem) -> Problem:
    """Return the programme without ends of contracts: they need a new matching, not a new week."""
    return problem.replace(buddies=tuple(buddy.replace(employed_to=None) for buddy in problem.buddies))


def related(problem: Problem, matching: Matching) -> Problem:
    """Return the programme with the matching's pairs as relations, so that their care is due from now on."""
    monday = parse_week(problem.horizon.first_week)
    known = {each.company for each in problem.relations if each.role is RelationRole.MAIN}
    new = (
        Relation(company=pair.company, buddy=pair.buddy, since=monday)
        for pair in matching.pairs
        if pair.company not in known
    )
    return problem.replace(relations=(*problem.relations, *new))


def _holidays(rng: Random, buddies: list[str], monday: date, weeks: int) -> Iterator[Availability]:
    for key in buddies:
        for days in HOLIDAYS:
            if rng.random() < weeks / 52:
                first = monday + timedelta(weeks=rng.randrange(weeks))
                yield Availability(who=key, first=first, last=first + timedelta(days=days - 1))


def _closures(rng: Random, companies: list[str], monday: date, weeks: int) -> Iterator[Availability]:
    for key in companies:
        if rng.random() < CLOSED * weeks / 52:
            first = monday + timedelta(weeks=rng.randrange(weeks))
            yield Availability(who=key, first=first, last=first + timedelta(days=13))


def _requests(rng: Random, companies: list[str], mondays: list[date]) -> Iterator[Request]:
    for day in mondays:
        for key in companies:
            if rng.random() < REQUESTS:
                kind = rng.choice(list(MINUTES))
                yield Request(
                    id=f"{key}-{day:%y%m%d}",
                    company=key,
                    kind=kind,
                    raised=day - timedelta(days=rng.randint(1, 6)),
                    due=day + timedelta(days=rng.randint(*DAYS_AHEAD[kind])),
                    minutes=MINUTES[kind],
                )
