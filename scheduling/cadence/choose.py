"""Choose the week of each visit of one buddy within the horizon: care needs, requests and appointments.

Contacts follow the rhythm of each company's care (`scheduling.cadence.rhythm`). The rules allow a few weeks
for each (`scheduling.cadence.contacts`); the weeks of all contacts of a buddy are chosen together
(`scheduling.cadence.model`, `scheduling.cadence.solve`): least overdue, evenly spaced, balanced weeks, remote
areas together. What falls into the days of a cover is a visit of the cover's week.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import date
from functools import cache

from data.base.dates import days_of, iso_week, minute_of, weeks_from
from data.model.calendar import Calendar
from data.model.problem import Problem
from data.model.vocabulary import CareMode, RequestKind
from data.results.planned_contact import PlannedContact
from data.results.solution import CadencePlan, Matching
from data.travel.provider import Times
from scheduling.cadence.contacts import Contacts
from scheduling.cadence.model import CadenceInstance, Choice, WeekRoom, cheapest_way, choice_of
from scheduling.cadence.plan import planned
from scheduling.cadence.rhythm import URGENT_PRIORITY, Chains
from scheduling.cadence.room import work_room_min, working_share
from scheduling.cadence.solve import choose_weeks
from scheduling.cadence.visitors import Visitors
from scheduling.cadence.way_tree import way_tree

MOST_OVERDUE_DAYS = 28
SHARES = 60
"""A week's share of usual days is counted in sixtieths, an integer for any number of usual days."""

Caseload = tuple[str, tuple[str, ...]]
"""A buddy and the companies that the buddy looks after, in order."""


@dataclass(frozen=True)
class DueVisit:
    """One visit, call or video that is due in a week; `place` is a company or place id.

    It must be between `first_day` and `last_day`. `start` is the fixed (day, minute) of an appointment.
    `within` is the required day with the first and last minute for the start of a moved visit. `overdue_days`
    count from the latest day that rhythm and drift allow. `care` is the row of its care among those of its
    company; None for requests and appointments. A call is made `about` a day. `main` is the company's main
    buddy, empty for an appointment of buddies who are named. One that is not `possible` has no open day.
    """

    id: str
    company: str
    place: str
    mode: CareMode
    minutes: int
    priority: int
    overdue_days: int = 0
    first_day: date | None = None
    last_day: date | None = None
    start: tuple[date, int] | None = None
    within: tuple[date, int, int] | None = None
    care: int | None = None
    about: date | None = None
    main: str = ""
    possible: bool = True

    def instead_of(self, buddy: str) -> str | None:
        """Return the main buddy for whom another one makes it, None if it is that buddy's own."""
        return self.main if self.main not in ("", buddy) else None

    @property
    def weight(self) -> int:
        """The weight of leaving the visit out, compared with other visits."""
        return self.priority * (7 + min(self.overdue_days, MOST_OVERDUE_DAYS))


class Cadence:
    """Distributes the visits of one problem and matching over the weeks of the horizon."""

    def __init__(self, problem: Problem, matching: Matching, times: Times) -> None:
        self.problem, self.matching, self.times = problem, matching, times
        self.calendar = Calendar(problem)
        self.weeks = weeks_from(problem.horizon.first_week, problem.horizon.weeks)
        self.visitors = Visitors(problem, matching, self.calendar)
        self.covers = self.visitors.covers
        self.chains = Chains(problem)
        self.contacts = Contacts(self.calendar, self.covers, self.weeks)
        self._requests = {request.id: request for request in problem.requests}
        self._ways_of = cache(self._find_ways)
        self._plans: dict[Caseload, CadencePlan] = {}

    def due(self, buddy: str) -> dict[str, tuple[DueVisit, ...]]:
        """Return the visits due for a buddy, by week of the horizon, sorted by id."""
        return self.due_with(buddy, self.matching.companies_of.get(buddy, ()))

    def due_with(self, buddy: str, caseload: Iterable[str]) -> dict[str, tuple[DueVisit, ...]]:
        """Return the visits that would be due for a buddy with these companies."""
        companies = self._ordered(caseload)
        return self.visits(buddy, companies, self._plan_of((buddy, companies)))

    def plan(self, buddy: str) -> CadencePlan:
        """Return the week of each contact of a buddy's companies, with value and bound."""
        return self._plan_of((buddy, self._ordered(self.matching.companies_of.get(buddy, ()))))

    def take(self, buddy: str, plan: CadencePlan) -> None:
        """Use a given cadence plan instead of choosing one."""
        self._plans[buddy, self._ordered(self.matching.companies_of.get(buddy, ()))] = plan

    def choose_all(self, executor: Executor) -> None:
        """Choose the weeks of all buddies in parallel, with the same results."""
        caseloads = [
            (b.id, self._ordered(self.matching.companies_of.get(b.id, ()))) for b in self.problem.buddies
        ]
        new = [caseload for caseload in caseloads if caseload not in self._plans]
        instances = [self.instance(*caseload) for caseload in new]
        for caseload, instance, chosen in zip(
            new, instances, executor.map(choose_weeks, instances), strict=True
        ):
            self._plans[caseload] = planned(instance, chosen, self.weeks)

    def visits(
        self, buddy: str, companies: Iterable[str], plan: CadencePlan
    ) -> dict[str, tuple[DueVisit, ...]]:
        """Return a buddy's visits by week, sorted by id: contacts of a plan, covers and appointments."""
        companies = set(companies)
        found: dict[str, list[DueVisit]] = {week: [] for week in self.weeks}
        own = (each for each in plan.contacts if self.visitors.of_contact(each, buddy) == buddy)
        for contact in (*own, *self._covered(buddy, companies)):
            found[contact.week].append(self._visit(contact))
        for visit, week in self._appointments(buddy, companies):
            found[week].append(visit)
        return {week: tuple(sorted(visits, key=lambda v: v.id)) for week, visits in found.items()}

    def instance(self, buddy: str, companies: Iterable[str]) -> CadenceInstance:
        """Return the choices for a buddy with these companies."""
        companies = self._ordered(companies)
        besides = [
            (visit.place, visit.minutes, self.weeks.index(week))
            for visit, week in self._appointments(buddy, set(companies))
        ]
        besides += self._expected_covers(buddy, set(companies))
        places = (*companies, *sorted({place for place, _, _ in besides if place} - set(companies)))
        tree = way_tree(buddy, places, self.times)
        at = {place: k for k, place in enumerate(tree.places)}
        fixed, visited = Counter[int](), defaultdict[int, set[int]](set)
        for place, minutes, w in besides:
            fixed[w] += minutes
            visited[w] |= {at[place]} if place else set()
        return CadenceInstance(
            choices=tuple(
                choice.at(at[company]) for company in companies for choice in self._ways_of(buddy, company)
            ),
            weeks=tuple(
                WeekRoom(
                    room_min=work_room_min(self.problem, self.calendar, buddy, week),
                    share=int(working_share(self.calendar, buddy, week) * SHARES),
                    fixed_min=fixed[w],
                    fixed_places=frozenset(visited[w]),
                )
                for w, week in enumerate(self.weeks)
            ),
            tree=tree,
        )

    def _find_ways(self, buddy: str, company: str) -> tuple[Choice, ...]:
        ways = (choice_of(self.contacts, buddy, chain) for chain in self.chains.of(company))
        return tuple(choice for choice in ways if choice.contacts)

    def _ordered(self, companies: Iterable[str]) -> tuple[str, ...]:
        """Return companies in an order that does not depend on their ids."""
        return tuple(sorted(companies, key=self.problem.rank.__getitem__))

    def _plan_of(self, caseload: Caseload) -> CadencePlan:
        if caseload not in self._plans:
            instance = self.instance(*caseload)
            self._plans[caseload] = planned(instance, choose_weeks(instance), self.weeks)
        return self._plans[caseload]

    def _covered_of(self, buddy: str, companies: set[str]) -> Iterator[tuple[str, str]]:
        """Yield the companies that a buddy covers at some time, each with its main buddy."""
        days = (day for week in self.weeks for day in days_of(week))
        for company in self._ordered(self.visitors.companies(buddy, days) - companies):
            main = self.matching.buddy_of.get(company, buddy)
            if main != buddy:
                yield company, main

    def _covered(self, buddy: str, companies: set[str]) -> Iterator[PlannedContact]:
        """Yield the contacts for which a buddy stands in for another one."""
        for company, main in self._covered_of(buddy, companies):
            for contact in self.plan(main).contacts:
                if contact.company == company and self.visitors.of_contact(contact, main) == buddy:
                    yield contact

    def _expected_covers(self, buddy: str, companies: set[str]) -> Iterator[tuple[str, int, int]]:
        """Yield place (empty: a call), minutes and week of each contact that a cover is likely to bring.

        The others' plans are not known yet, and two buddies may cover each other; so each chain goes its
        cheapest way.
        """
        for company, main in self._covered_of(buddy, companies):
            for choice in self._ways_of(main, company):
                for contact in cheapest_way(choice):
                    visitor = self.visitors.of(company, main, date.fromordinal(contact.day), contact.request)
                    if contact.possible and visitor == buddy:
                        visit = choice.chain.mode is CareMode.VISIT
                        yield company if visit else "", choice.chain.minutes, contact.week

    def _visit(self, contact: PlannedContact) -> DueVisit:
        company = self.problem.company[contact.company]
        request = self._requests.get(contact.request)
        if request is not None:
            minutes = request.minutes
        else:
            assert contact.row is not None
            minutes = self.problem.care_of[company.id][contact.row].minutes
        urgent = request is not None and request.kind is RequestKind.URGENT
        first_day, last_day = self._days_of_visitor(contact)
        return DueVisit(
            id=contact.id,
            company=company.id,
            place=company.id,
            mode=contact.mode,
            minutes=minutes,
            priority=URGENT_PRIORITY if urgent else company.priority,
            overdue_days=contact.overdue_days,
            first_day=first_day,
            last_day=last_day,
            care=contact.row if request is None else None,
            about=contact.day,
            main=self.matching.buddy_of.get(company.id, ""),
            possible=contact.possible,
        )

    def _days_of_visitor(self, contact: PlannedContact) -> tuple[date, date | None]:
        """Return first and last day of a contact; in a week of two visitors those around its day of one."""
        days, of = days_of(contact.week), contact.company
        visitors = [
            self.visitors.of_contact(contact, self.matching.buddy_of.get(of, ""), day) for day in days
        ]
        if len(set(visitors)) == 1:
            return contact.first_day, contact.last_day
        at = days.index(contact.day)
        others = [k for k, visitor in enumerate(visitors) if visitor != visitors[at]]
        first = days[max((k for k in others if k < at), default=-1) + 1]
        last = days[min((k for k in others if k > at), default=len(days)) - 1]
        return max(first, contact.first_day), min(last, contact.last_day or last)

    def _appointments(self, buddy: str, companies: set[str]) -> Iterator[tuple[DueVisit, str]]:
        """Yield the appointments that a buddy attends."""
        for each in self.problem.appointments:
            day, minute = minute_of(each.start)
            week = iso_week(day)
            if week in self.weeks and self.visitors.attends(buddy, companies, each, day):
                yield (
                    DueVisit(
                        id=each.id,
                        company=each.company,
                        place=each.place or each.company,
                        mode=CareMode.VISIT,
                        minutes=each.minutes,
                        priority=URGENT_PRIORITY,
                        start=(day, minute),
                        main="" if each.buddies else self.matching.buddy_of.get(each.company, ""),
                    ),
                    week,
                )
