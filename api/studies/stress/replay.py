"""Simulates one draw: each day its events become known, and the plan in force is replanned and judged."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from api.planning.replanning import promised, published, replanned
from api.run.run import Run
from api.studies.stress.draw_outcome import DrawOutcome
from api.studies.stress.draws import Events, Luck, called_off, events_of
from api.studies.stress.rates import Rates
from data.base.dates import aware, days_of
from data.base.stored_message import StoredMessage, stored
from data.results.promise import PromiseState
from data.results.replanning import Cancelled, Disruption
from matching.eligibility.needs import active_companies, coverage_weight
from scheduling.judge.replanning import check_replanning


@dataclass(frozen=True)
class Stressed:
    """A planned run, with the rates and the seed for drawing its weeks."""

    run: Run
    rates: Rates
    seed: int

    @property
    def weeks(self) -> tuple[str, ...]:
        """The planned weeks, in order."""
        return tuple(sorted({plan.week for own in self.run.weeks for plan in own.weeks}))


def outcome_of_draw(stressed: Stressed, draw: int) -> DrawOutcome:
    """Simulate one draw; the same seed and draw always give the same result."""
    return _Life(stressed, Luck(stressed.seed, draw)).lived()


class _Life:
    """The simulation of one draw, day by day."""

    def __init__(self, stressed: Stressed, luck: Luck) -> None:
        self.stressed, self.luck, self.run = stressed, luck, stressed.run
        self.problem = stressed.run.problem
        self.matching = stressed.run.matching
        assert self.matching is not None, "only a planned run is stressed"
        self.active = active_companies(self.problem)
        self.weeks = stressed.weeks
        self.events: Events = events_of(self.problem, self.active, stressed.rates, self.weeks, luck)
        self.cancelled: set[str] = set()
        self.faults = list[StoredMessage]()

    def lived(self) -> DrawOutcome:
        """Simulate all days, and count."""
        for week in self.weeks:
            for day in days_of(week):
                news = tuple(self._news(week, day))
                if news:
                    self._replan(day, news)
        return self._counted()

    def _news(self, week: str, day: date) -> Iterator[Disruption]:
        """Yield what becomes known on the morning of a day."""
        yield from (spell for spell in self.events.absences if spell.first == day)
        ill = {spell.buddy for spell in self.events.absences if spell.first <= day <= spell.last}
        # The company is told when its buddy is ill; it need not call off.
        off = called_off(self._visits_on(week, day, ill), week, self.stressed.rates, self.luck)
        yield from (Cancelled(visit=visit) for visit in off)
        # Nobody looks after a company without a buddy, or makes its first visit.
        assert self.matching is not None
        for known, visit in self.events.arrivals:
            if known == day and visit.company in self.matching.buddy_of:
                yield visit

    def _visits_on(self, week: str, day: date, ill: set[str]) -> list[str]:
        fixed = {appointment.id for appointment in self.problem.appointments}
        return [
            stop.id
            for own in self.run.weeks
            for plan in own.weeks
            if plan.week == week and own.buddy not in ill
            for when, route in zip(days_of(week), plan.days, strict=True)
            for stop in (route.stops if route and when == day else ())
            if stop.place in self.problem.company and stop.id not in fixed
        ]

    def _replan(self, day: date, news: tuple[Disruption, ...]) -> None:
        before = published(self.run)
        promises = promised(self.run, lambda visit: PromiseState.CONFIRMED)
        after = replanned(self.run, aware(day, 0), news, promises)
        found = check_replanning(before, after.replannings[-1], after.weeks)
        self.faults += [stored(fault.told) for fault in found]
        self.cancelled |= {each.visit for each in news if isinstance(each, Cancelled)}
        self.run = after

    def _counted(self) -> DrawOutcome:
        due, made = self._due(), self._made()
        failed = {company for visit, (company, in_time) in due.items() if visit not in made or not in_time}
        assert self.matching is not None
        served = [key for key in self.active if key in self.matching.buddy_of and key not in failed]
        weight = {key: coverage_weight(self.problem, key) for key in self.active}
        records = self.run.replannings[len(self.stressed.run.replannings) :]
        travel = _travel_min(self.run) - _travel_min(self.stressed.run)
        return DrawOutcome(
            draw=self.luck.draw,
            served=sum(weight[key] for key in served),
            whole=sum(weight.values()),
            contacts_due=len(due),
            contacts_made=len(due.keys() & made),
            unplanned=sum(len(plan.unplanned) for own in self.run.weeks for plan in own.weeks),
            broken=sum(len(record.broken) for record in records),
            covers=sum(len(record.covers) for record in records),
            extra_travel_min=travel,
            spells=len(self.events.absences),
            absent_days=len(self._absent()),
            arrivals=len(self.events.arrivals),
            called_off=len(self.cancelled),
            replannings=len(records),
            unproved=sum(not record.proved for record in records),
            faults=tuple(self.faults),
        )

    def _due(self) -> dict[str, tuple[str, bool]]:
        """Return contacts of the weeks by id: their company, and whether the plan makes them in time."""
        found = {
            contact.id: (contact.company, not contact.overdue_days)
            for own in self.run.weeks
            for contact in (own.cadence.contacts if own.cadence else ())
            if contact.week in self.weeks
        }
        return found | {visit.id: (visit.company, True) for _, visit in self.events.arrivals}

    def _made(self) -> set[str]:
        """Return the contacts made: visits in the plan, and calls on days when the buddy is present."""
        absent = self._absent()
        stops = {
            stop.id
            for own in self.run.weeks
            for plan in own.weeks
            for route in plan.days
            for stop in (route.stops if route else ())
        }
        calls = {
            call.id
            for own in self.run.weeks
            for plan in own.weeks
            for call in plan.calls or ()
            if (own.buddy, call.day) not in absent
        }
        return stops - self.cancelled | calls

    def _absent(self) -> set[tuple[str, date]]:
        days = [day for week in self.weeks for day in days_of(week)]
        away = defaultdict[str, set[date]](set)
        for spell in self.events.absences:
            away[spell.buddy] |= {day for day in days if spell.first <= day <= spell.last}
        return {(buddy, day) for buddy, gone in away.items() for day in gone}


def _travel_min(run: Run) -> int:
    return sum(plan.travel_min for own in run.weeks for plan in own.weeks)
