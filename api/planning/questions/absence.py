"""What an absence of one buddy hits, and who could stand in; nothing is changed."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

from api.planning.questions.in_force import InForce, PlanInForce, read_plans
from api.planning.questions.stand_ins import StandIns
from api.run.run import Run
from data.base.dates import days_of, minute_of
from data.model.calendar import Calendar
from data.model.covers import Covers
from data.model.dated import Appointment, Availability
from data.model.problem import Problem
from data.model.vocabulary import RelationRole
from data.results.questions import (
    AbsenceEffects,
    BrokenRhythm,
    FewPresent,
    GroupArriving,
    HitAppointment,
    HitPromise,
    HitVisit,
)
from data.tables.checks.presence import low_days
from data.travel.provider import Times
from scheduling.cadence.contacts import Contact, Contacts
from scheduling.cadence.model import cheapest_way, choice_of
from scheduling.cadence.rhythm import WEEK_DAYS, Chain, Chains


@dataclass(frozen=True)
class Absence:
    """The question: a buddy would be away from `first` to `last`; the problem's weeks hold both days.

    `among` are the colleagues who are told of; None: all.
    """

    problem: Problem
    times: Times
    buddy: str
    first: date
    last: date
    plans: Sequence[PlanInForce] = ()
    among: Collection[str] | None = None

    @cached_property
    def days(self) -> tuple[date, ...]:
        """All days of it."""
        return tuple(self.first + timedelta(days=k) for k in range((self.last - self.first).days + 1))

    @cached_property
    def stand_ins(self) -> StandIns:
        """Who could stand in."""
        return StandIns(self.problem, self.times, self.plans, self.buddy, self.among)

    @cached_property
    def companies(self) -> tuple[str, ...]:
        """The companies whose main buddy it is on some day of the absence."""
        found = {
            each.company
            for each in self.problem.relations
            if each.role is RelationRole.MAIN and each.buddy == self.buddy
            and (each.since or self.first) <= self.last and (each.until or self.last) >= self.first
        }  # fmt: skip
        return tuple(sorted(found & self.problem.company.keys()))


def effects_in(asked: Absence, plans: Sequence[InForce], *runs: Run) -> AbsenceEffects:
    """Return what an absence hits among plans in force, with their runs."""
    return absence_effects(replace(asked, plans=read_plans(plans, runs)))


def absence_effects(asked: Absence) -> AbsenceEffects:
    """Return what an absence hits: visits, appointments, promises, rhythms, groups in their first weeks."""
    visits = tuple(_visits(asked))
    return AbsenceEffects(
        buddy=asked.buddy,
        first=asked.first,
        last=asked.last,
        visits=visits,
        appointments=tuple(_appointments(asked)),
        promises=tuple(_promises(asked, visits)),
        rhythms=tuple(_rhythms(asked)),
        groups=tuple(_groups(asked)),
        few_present=tuple(_few_present(asked)),
    )


def _visits(asked: Absence) -> Iterator[HitVisit]:
    plans = [
        (each, plan.published.problem)
        for plan in asked.plans
        for own in plan.published.weeks
        for each in own.weeks
        if own.buddy == asked.buddy and each.week in plan.weeks
    ]
    for plan, problem in sorted(plans, key=lambda each: each[0].week):
        for day, route in zip(days_of(plan.week), plan.days, strict=True):
            for stop in route.stops if route and asked.first <= day <= asked.last else ():
                company = stop.place if stop.place in problem.company else ""
                yield HitVisit(
                    id=stop.id,
                    company=company,
                    place=stop.place,
                    day=day,
                    start_min=stop.start,
                    end_min=stop.end,
                    stand_ins=asked.stand_ins.of(company, stop.place, (day,), stop.end - stop.start),
                )


def _appointments(asked: Absence) -> Iterator[HitAppointment]:
    covers, mine = Covers(asked.problem), set(asked.companies)
    for each in sorted(asked.problem.appointments, key=lambda one: (one.start, one.id)):
        day, minute = minute_of(each.start)
        if asked.first <= day <= asked.last and _attends(asked.buddy, each, day, covers, mine):
            place = each.place or each.company
            yield HitAppointment(
                id=each.id,
                company=each.company,
                place=place,
                day=day,
                start_min=minute,
                minutes=each.minutes,
                stand_ins=asked.stand_ins.of(each.company, place, (day,), each.minutes),
            )


def _attends(buddy: str, appointment: Appointment, day: date, covers: Covers, mine: set[str]) -> bool:
    if appointment.buddies:
        return buddy in appointment.buddies
    main = buddy if appointment.company in mine else ""
    return covers.visitor(appointment.company, main, day) == buddy


def _promises(asked: Absence, visits: Sequence[HitVisit]) -> Iterator[HitPromise]:
    hit = {visit.id for visit in visits}
    promises = (each for plan in asked.plans for each in plan.promises if each.visit in hit)
    for each in sorted(promises, key=lambda one: (one.date, one.from_min, one.visit)):
        yield HitPromise(
            visit=each.visit,
            company=each.company,
            day=each.date,
            from_min=each.from_min,
            to_min=each.to_min,
            state=each.state,
        )


def _rhythms(asked: Absence) -> Iterator[BrokenRhythm]:
    """Yield the first contact of each chain that the absence makes late or impossible."""
    problem = asked.problem
    away = Availability(who=asked.buddy, first=asked.first, last=asked.last)
    absent = problem.replace(availability=(*problem.availability, away))
    chains, covers = Chains(problem), Covers(problem)
    weeks = asked.stand_ins.weeks
    before, after = (Contacts(Calendar(each), covers, weeks) for each in (problem, absent))
    for company in asked.companies:
        for chain in chains.of(company):
            late = _late(after, asked.buddy, chain)
            if late and sum(_days_late(late)) > sum(_days_late(_late(before, asked.buddy, chain))):
                yield _broken(asked, chain, late[0])


def _late(contacts: Contacts, buddy: str, chain: Chain) -> list[Contact]:
    """Return the contacts that are late or impossible on the best way of a chain."""
    choice = choice_of(contacts, buddy, chain)
    way = cheapest_way(choice) if choice.contacts else ()
    return [each for each in way if each.overdue_days or not each.possible]


def _days_late(contacts: Sequence[Contact]) -> Iterator[int]:
    """Yield how late each contact is; one that is impossible counts as more than any delay."""
    return (each.overdue_days if each.possible else 1000 + each.overdue_days for each in contacts)


def _broken(asked: Absence, chain: Chain, contact: Contact) -> BrokenRhythm:
    company = chain.company
    return BrokenRhythm(
        company=company,
        mode=chain.mode,
        request=contact.request,
        day=date.fromordinal(contact.day),
        overdue_days=contact.overdue_days,
        possible=contact.possible,
        stand_ins=asked.stand_ins.of(company, company, asked.days, chain.minutes),
    )


def _few_present(asked: Absence) -> Iterator[FewPresent]:
    """Yield the days on which too few buddies of a district are there, of those who are told of."""
    problem, least = asked.problem, asked.problem.policy.least_presence or 0
    calendar, told = Calendar(problem), {*(asked.among or problem.buddy), asked.buddy}
    own = {buddy.id: buddy.districts for buddy in problem.buddies if buddy.id in told}

    def works(buddy: str, day: date) -> bool:
        return calendar.shift(buddy, day) is not None

    def usually(buddy: str, day: date) -> bool:
        return works(buddy, day) or calendar.away(buddy, day) is not None

    for low in low_days(least, asked.buddy, asked.days, own, usually, works):
        yield FewPresent(district=low.district, day=low.day, present=low.present, least=least)


def _groups(asked: Absence) -> Iterator[GroupArriving]:
    first_weeks = timedelta(days=WEEK_DAYS * asked.problem.policy.arrival.weeks)
    for company in asked.companies:
        for group in asked.problem.specialists_of[company]:
            if group.arrived is None or not asked.first < group.arrived + first_weeks:
                continue
            if group.arrived <= asked.last:
                minutes = min((care.minutes for care in asked.problem.care_of[company]), default=0)
                yield GroupArriving(
                    company=company,
                    count=group.count,
                    arrived=group.arrived,
                    last=group.arrived + first_weeks - timedelta(days=1),
                    stand_ins=asked.stand_ins.of(company, company, asked.days, minutes),
                )
