"""Choose the week of each visit of one buddy within the horizon: care needs, requests and appointments.

Contacts follow the rhythm of each company's care (`scheduling.cadence.rhythm`). The rules allow a few weeks
for each (`scheduling.cadence.contacts`); the weeks of all contacts of a buddy are chosen together
(`scheduling.cadence.model`, `scheduling.cadence.solve`): least overdue, evenly spaced, balanced weeks, remote
areas together.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache

from data.base.dates import days_of, iso_week, minute_of, weeks_from
from data.model.calendar import SUNDAY, Calendar
from data.model.problem import Buddy, Problem
from data.model.vocabulary import CareMode, RequestKind
from data.results.planned_contact import PlannedContact
from data.results.solution import CadencePlan, Matching
from data.travel.provider import Times
from scheduling.cadence.contacts import Contacts
from scheduling.cadence.model import CadenceInstance, Choice, WeekRoom, choice_of
from scheduling.cadence.plan import planned
from scheduling.cadence.rhythm import URGENT_PRIORITY, Chains
from scheduling.cadence.solve import choose_weeks
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
    company; None for requests and appointments.
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
        self.chains, self.contacts = Chains(problem), Contacts(self.calendar, self.weeks)
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
        """Return a plan's contacts and the buddy's appointments as visits, by week, sorted by id."""
        found: dict[str, list[DueVisit]] = {week: [] for week in self.weeks}
        for contact in plan.contacts:
            found[contact.week].append(self._visit(contact))
        for visit, week in self._appointments(buddy, set(companies)):
            found[week].append(visit)
        return {week: tuple(sorted(visits, key=lambda v: v.id)) for week, visits in found.items()}

    def instance(self, buddy: str, companies: Iterable[str]) -> CadenceInstance:
        """Return the choices for a buddy with these companies."""
        companies = self._ordered(companies)
        appointments = [
            (visit, self.weeks.index(week)) for visit, week in self._appointments(buddy, set(companies))
        ]
        places = (*companies, *sorted({visit.place for visit, _ in appointments} - set(companies)))
        tree = way_tree(buddy, places, self.times)
        at = {place: k for k, place in enumerate(tree.places)}
        fixed, visited = Counter[int](), defaultdict[int, set[int]](set)
        for visit, w in appointments:
            fixed[w] += visit.minutes
            visited[w].add(at[visit.place])
        who = self.problem.buddy[buddy]
        return CadenceInstance(
            choices=tuple(
                choice.at(at[company]) for company in companies for choice in self._ways_of(buddy, company)
            ),
            weeks=tuple(
                WeekRoom(
                    room_min=work_room_min(self.problem, self.calendar, buddy, week),
                    share=int(working_share(who, self.calendar, week) * SHARES),
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

    def _visit(self, contact: PlannedContact) -> DueVisit:
        company = self.problem.company[contact.company]
        request = self._requests.get(contact.request)
        if request is not None:
            minutes = request.minutes
        else:
            assert contact.row is not None
            minutes = self.problem.care_of[company.id][contact.row].minutes
        urgent = request is not None and request.kind is RequestKind.URGENT
        return DueVisit(
            id=contact.id,
            company=company.id,
            place=company.id,
            mode=contact.mode,
            minutes=minutes,
            priority=URGENT_PRIORITY if urgent else company.priority,
            overdue_days=contact.overdue_days,
            first_day=contact.first_day,
            last_day=contact.last_day,
            care=contact.row if request is None else None,
        )

    def _appointments(self, buddy: str, companies: set[str]) -> Iterator[tuple[DueVisit, str]]:
        """Yield the appointments that name a buddy, or that name none and belong to one of its companies."""
        for each in self.problem.appointments:
            day, minute = minute_of(each.start)
            week = iso_week(day)
            own = buddy in each.buddies or (not each.buddies and each.company in companies)
            if own and week in self.weeks:
                yield (
                    DueVisit(
                        id=each.id,
                        company=each.company,
                        place=each.place or each.company,
                        mode=CareMode.VISIT,
                        minutes=each.minutes,
                        priority=URGENT_PRIORITY,
                        start=(day, minute),
                    ),
                    week,
                )


def working_share(buddy: Buddy, calendar: Calendar, week: str) -> Fraction:
    """Return the share of a buddy's usual working days that a week has, at most 1.

    A buddy whose limit of days is below the number of shifts loses nothing while enough days are left.
    Sundays are never usual days; a buddy without usual days works whenever a rule opens a day.
    """
    working = sum(calendar.shift(buddy.id, day) is not None for day in days_of(week))
    usual = min(sum(bool(shift) for shift in buddy.shifts[:SUNDAY]), buddy.max_days_per_week)
    return Fraction(min(working, usual), usual) if usual else Fraction(working > 0)


def work_room_min(problem: Problem, calendar: Calendar, buddy: str, week: str) -> int:
    """Return the contract's minutes of a week minus desk work and the reserve.

    A week with days off (absence, holiday) has its share of the contract's minutes and desk work.
    """
    who = problem.buddy[buddy]
    reserve = who.week_work_min * problem.policy.reserve_percent // 100
    spare = who.week_work_min - who.desk_work_min - reserve
    return int(spare * working_share(who, calendar, week))
