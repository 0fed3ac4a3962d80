"""Which visits fall in which week: care needs, requests and appointments of one buddy over the horizon.

First version: contacts of a care row are spaced evenly, every `every_weeks / times` weeks, counted from the
last contact in the history. Where there is none the week to begin with is chosen so that the buddy's weeks
are level, and among level weeks so that neighbours are visited together. A contact whose week has no day
on which both the buddy works and the company is open moves to a day of the weeks beside it that its drift
reaches; where there is none it stays, so that it is reported and a colleague can take it.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import cache

from data.calendar import SUNDAY, Calendar, days_of, minute_of, parse_week, weeks_from
from data.problem import Appointment, Buddy, Care, Problem, Request
from data.solution import Matching
from data.travel.provider import Times
from data.words import CareMode, Outcome, RequestKind, RequestState

MOST_OVERDUE_DAYS = 28
URGENT_PRIORITY = 5


@dataclass(frozen=True)
class DueVisit:
    """One visit, call or video that is due in a week; `place` is a company or place id.

    `last_day` is the day by which a request is due, `start` the (day, minute) of an appointment, which must
    be kept. `overdue_days` count from the latest day that rhythm and drift allow.
    """

    id: str
    company: str
    place: str
    mode: CareMode
    minutes: int
    priority: int
    overdue_days: int = 0
    last_day: date | None = None
    start: tuple[date, int] | None = None

    @property
    def weight(self) -> int:
        """What leaving the visit out weighs against other visits."""
        return self.priority * (7 + min(self.overdue_days, MOST_OVERDUE_DAYS))


WeekVisits = dict[str, list[DueVisit]]
"""What is due, by week."""


class Cadence:
    """Spreads the visits of one problem and matching over the weeks of the horizon."""

    def __init__(self, problem: Problem, matching: Matching, times: Times) -> None:
        self.problem, self.matching, self.times = problem, matching, times
        self.calendar = Calendar(problem)
        self.weeks = weeks_from(problem.horizon.first_week, problem.horizon.weeks)
        self._open_days, self._care_room = cache(self._find_open_days), cache(self._find_care_room)
        self._last_contact = _last_contacts(problem)
        self._requests: dict[str, list[Request]] = defaultdict(list)
        for request in problem.requests:
            if request.state is RequestState.OPEN:
                self._requests[request.company].append(request)

    def due(self, buddy: str) -> dict[str, tuple[DueVisit, ...]]:
        """Return what is due for a buddy, by week of the horizon, sorted by id."""
        return self.due_with(buddy, self.matching.companies_of.get(buddy, ()))

    def due_with(self, buddy: str, caseload: Iterable[str]) -> dict[str, tuple[DueVisit, ...]]:
        """Return what would be due for a buddy who had these companies."""
        companies = sorted(caseload)
        found: WeekVisits = {week: [] for week in self.weeks}
        for company in companies:
            for request in self._requests[company]:
                self._place_request(buddy, request, found)
        rows = [
            (care, self._next_due(care, found))
            for company in companies
            for care in self.problem.care_of[company]
        ]
        # What is anchored in the past comes first; the rest is levelled around it, the heaviest first.
        rows.sort(key=lambda row: (row[1] is None, -_weekly_minutes(row[0]) if row[1] is None else 0))
        for care, due in rows:
            self._place_care(
                buddy, care, self._levelled_begin(buddy, care, found) if due is None else due, found
            )
        for company in companies:
            self._denser_after_arrival(buddy, company, found)
        for appointment in self._appointments(buddy, set(companies)):
            day, minute = minute_of(appointment.start)
            for week in self.weeks:
                if day in days_of(week):
                    found[week].append(self._appointment_visit(appointment, day, minute))
        return {week: tuple(sorted(visits, key=lambda v: v.id)) for week, visits in found.items()}

    def _next_due(self, care: Care, found: WeekVisits) -> Fraction | None:
        """Return the next contact in weeks after the first Monday (negative: overdue), None if never seen.

        A first visit that is planned counts as the last contact.
        """
        step = Fraction(care.every_weeks, care.times)
        last = self._last_contact.get((care.company, care.mode))
        if last is not None:
            return Fraction((last - parse_week(self.weeks[0])).days, 7) + step
        if care.mode is CareMode.VISIT:
            requests = self._requests[care.company]
            first = {request.id for request in requests if request.kind is RequestKind.FIRST_VISIT}
            for position, week in enumerate(self.weeks):
                if any(visit.id in first for visit in found[week]):
                    return position + step
        return None

    def _place_care(self, buddy: str, care: Care, begin: Fraction, found: WeekVisits) -> None:
        step = Fraction(care.every_weeks, care.times)
        overdue = max(0, int(-begin * 7) - drift_days(care))
        position = max(begin, Fraction(0))
        while position < len(self.weeks):
            week = self.weeks[self._open_week(buddy, care, int(position))]
            found[week].append(self._care_visit(care, week, overdue, found))
            position, overdue = position + step, 0

    def _care_visit(self, care: Care, week: str, overdue: int, found: WeekVisits) -> DueVisit:
        number = 1 + sum(visit.company == care.company for visit in found[week])
        return DueVisit(
            id=f"{care.company}-{week}-{number}",
            company=care.company,
            place=care.company,
            mode=care.mode,
            minutes=care.minutes,
            priority=self.problem.company[care.company].priority,
            overdue_days=overdue,
        )

    def _levelled_begin(self, buddy: str, care: Care, found: WeekVisits) -> Fraction:
        """Return the week to begin with: its fullest week is least full; of equals, neighbours are near."""
        step = Fraction(care.every_weeks, care.times)

        def burden(first: int) -> tuple[int, int, int]:
            count = int(-(-(len(self.weeks) - first) // step))
            weeks = [self.weeks[self._open_week(buddy, care, int(first + i * step))] for i in range(count)]
            fullest = max(sum(v.minutes for v in found[w]) - self._care_room(buddy, w) for w in weeks)
            return fullest, sum(self._nearest(care.company, found[w]) for w in weeks), first

        return Fraction(min(range(min(len(self.weeks), max(1, int(step)))), key=burden))

    def _find_care_room(self, buddy: str, week: str) -> int:
        """Return the care minutes that fit a week: a quarter of four weeks' most, less where days are off."""
        who = self.problem.buddy[buddy]
        return int(who.max_care_min * working_share(who, self.calendar, week) / 4)

    def _nearest(self, company: str, visits: Iterable[DueVisit]) -> int:
        legs = (self.times.minutes(company, v.place) for v in visits if v.mode is CareMode.VISIT)
        return min(legs, default=0)

    def _open_week(self, buddy: str, care: Care, position: int) -> int:
        """Return the week in which a contact due in week `position` is possible: that one if it has an open
        day, else the one beside it whose open day is nearest, later ones first, if the drift reaches so far.
        """
        if self._open_days(buddy, care.company, self.weeks[position]):
            return position
        monday, drift = parse_week(self.weeks[position]), timedelta(days=drift_days(care))
        beside = [week for week in (position + 1, position - 1) if 0 <= week < len(self.weeks)]
        near = [
            (away, -week)
            for week in beside
            for day in self._open_days(buddy, care.company, self.weeks[week])
            if (away := max(monday - day, day - monday - timedelta(days=6))) <= drift
        ]
        return -min(near)[1] if near else position

    def _find_open_days(self, buddy: str, company: str, week: str) -> list[date]:
        return [
            d for d in days_of(week) if self.calendar.shift(buddy, d) and self.calendar.opening(company, d)
        ]

    def _denser_after_arrival(self, buddy: str, company: str, found: WeekVisits) -> None:
        """Add visits in the first weeks after specialists arrived, as many as the policy asks for."""
        arrival = self.problem.policy.arrival
        arrived = [g.arrived for g in self.problem.specialists_of[company] if g.arrived is not None]
        visiting = [care for care in self.problem.care_of[company] if care.mode is CareMode.VISIT]
        for week in self.weeks if visiting else ():
            monday = parse_week(week)
            fresh = any(timedelta(0) <= monday - day < timedelta(weeks=arrival.weeks) for day in arrived)
            if not fresh or not self._open_days(buddy, company, week):
                continue
            held = sum(v.company == company and v.mode is CareMode.VISIT for v in found[week])
            for _ in range(arrival.visits_per_week - held):
                found[week].append(self._care_visit(visiting[0], week, 0, found))

    def _place_request(self, buddy: str, request: Request, found: WeekVisits) -> None:
        """Plan a request in its due week, or the nearest earlier one that is open; overdue ones at once."""
        due = self._due_day(request)
        if due > days_of(self.weeks[-1])[-1]:
            return
        monday = parse_week(self.weeks[0])
        late, urgent = due < monday, request.kind is RequestKind.URGENT
        until = date.max if late else due
        reached = [week for week in self.weeks if parse_week(week) <= until]
        possible = [week for week in reached if self._open_until(buddy, request.company, week, until)]
        week = (possible or reached)[0 if late or urgent else -1]
        visit = DueVisit(
            id=request.id,
            company=request.company,
            place=request.company,
            mode=CareMode.VISIT,
            minutes=request.minutes,
            priority=URGENT_PRIORITY if urgent else self.problem.company[request.company].priority,
            overdue_days=max(0, (monday - due).days),
            last_day=None if late else due,
        )
        found[week].append(visit)

    def _due_day(self, request: Request) -> date:
        if request.kind is not RequestKind.FIRST_VISIT:
            return request.due
        return min(request.due, request.raised + timedelta(days=self.problem.policy.first_visit_within_days))

    def _open_until(self, buddy: str, company: str, week: str, due: date) -> bool:
        return any(day <= due for day in self._open_days(buddy, company, week))

    def _appointments(self, buddy: str, companies: set[str]) -> list[Appointment]:
        """Return the appointments that name a buddy, or name none and belong to one of its companies."""
        return [
            a
            for a in self.problem.appointments
            if buddy in a.buddies or (not a.buddies and a.company in companies)
        ]

    def _appointment_visit(self, appointment: Appointment, day: date, minute: int) -> DueVisit:
        return DueVisit(
            id=appointment.id,
            company=appointment.company,
            place=appointment.place or appointment.company,
            mode=CareMode.VISIT,
            minutes=appointment.minutes,
            priority=URGENT_PRIORITY,
            start=(day, minute),
        )


def working_share(buddy: Buddy, calendar: Calendar, week: str) -> Fraction:
    """Return the part of a buddy's usual working days that a week has, at most 1.

    Who may work on fewer days than have shifts loses nothing while enough of them are left. Sundays are
    nobody's usual days; who has no usual days works whenever a rule opens one.
    """
    working = sum(calendar.shift(buddy.id, day) is not None for day in days_of(week))
    usual = min(sum(bool(shift) for shift in buddy.shifts[:SUNDAY]), buddy.max_days_per_week)
    return Fraction(min(working, usual), usual) if usual else Fraction(working > 0)


def drift_days(care: Care) -> int:
    """Return by how many days a contact may be late: 2 for weekly care, 4 for two-weekly, else 7."""
    days = 7 * care.every_weeks / care.times
    return 2 if days <= 7 else 4 if days <= 14 else 7


def _last_contacts(problem: Problem) -> dict[tuple[str, CareMode], date]:
    """Return the last contact that took place, by company and mode, before the horizon begins."""
    monday = parse_week(problem.horizon.first_week)
    last: dict[tuple[str, CareMode], date] = {}
    for contact in problem.history:
        key = (contact.company, contact.mode)
        if contact.outcome is Outcome.DONE and contact.date < monday:
            last[key] = max(contact.date, last.get(key, contact.date))
    return last


def _weekly_minutes(care: Care) -> Fraction:
    return Fraction(care.minutes * care.times, care.every_weeks)
