"""Published weeks reopened at a moment: what each buddy still has to do, given the disruptions."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from data.base.dates import days_of, iso_week, minute_of
from data.base.message import message
from data.base.status import ReasonCode
from data.model.problem import Problem
from data.results.promise import Promise
from data.results.replanning import (
    Away,
    Cancelled,
    Disruption,
    HandedOver,
    Late,
    Missed,
    Moved,
    Replanning,
    Urgent,
)
from data.results.solution import BuddyWeeks, Matching, WeekPlan
from data.travel.provider import Times
from scheduling.cadence.choose import Cadence
from scheduling.plan.model import BuddyWeek, WeekModel
from scheduling.plan.prices import Commitments
from scheduling.plan.settled import AGAIN, SettledWeek, settle
from scheduling.replan.due_visits import DueVisits, UnknownDisruption, Week, pressing_of, visits_of
from scheduling.replan.in_time import check_in_time


@dataclass(frozen=True)
class Published:
    """The plan in force: its weeks, and the re-plannings that led to it, oldest first."""

    problem: Problem
    matching: Matching
    times: Times
    weeks: tuple[BuddyWeeks, ...]
    earlier: tuple[Replanning, ...] = ()


class Reopened:
    """The weeks of a published plan that are not over, with the disruptions applied.

    `plans` are the published weeks, `due` the visits that each still has to plan, `upset` the weeks that must
    be planned again, `stranded` the visits that colleagues may take, each with its home week (without a buddy
    if the company has none), `moves` the visits with a requested new time. Raises `UnknownDisruption`.
    """

    def __init__(
        self,
        published: Published,
        moment: datetime,
        disruptions: Iterable[Disruption],
        promises: Iterable[Promise] = (),
    ) -> None:
        self.problem, self.times = published.problem, published.times
        cadence = Cadence(published.problem, published.matching, published.times)
        for own in published.weeks:
            if own.cadence is not None:
                cadence.take(own.buddy, own.cadence)
        self.model = WeekModel(published.problem, published.times, cadence.calendar)
        self._cadence = cadence
        self.moment = minute_of(moment)
        all_promises, given = tuple(promises), tuple(disruptions)
        self.moves = {each.visit: each for each in given if isinstance(each, Moved)}
        handed = {each.visit for each in given if isinstance(each, HandedOver)}
        # A company that requested another time gets a new promise; the old one is no longer binding.
        binding = {promise.visit: promise for promise in all_promises if promise.visit not in self.moves}
        self.commitments = Commitments(binding, pressing_of(given))
        self.plans: dict[Week, WeekPlan] = {
            (own.buddy, plan.week): plan
            for own in published.weeks
            for plan in own.weeks
            if days_of(plan.week)[-1] >= self.moment[0]
        }
        self._away = _known_absences(published.earlier)
        self._late: dict[str, int] = {}
        self._closed: set[Week] = set()
        self.cancelled: set[str] = set()
        self.upset: set[Week] = set()
        self.stranded: list[tuple[str, Week]] = []
        self.visits = DueVisits(cadence, self.plans)
        self.visits.replay(published.earlier)
        self.visits.release(all_promises)
        self.due = {
            key: visits_of(plan) - {call.id for call in self.visits.remote(*key)}
            for key, plan in self.plans.items()
        }
        for disruption in given:
            self._take(disruption)
            check_in_time(self.plans, cadence.calendar, self.moment, disruption)
        self.settled = {key: self._settle(key) for key in self.plans}
        for key, settled in self._settled().items():
            over = (self.moves.keys() | handed) & settled
            if over:
                cause = message("visit_begun", visit=min(over))
                raise UnknownDisruption(message("visit_is_over", visit=min(over)), cause=cause)
            self.due[key] -= settled
        self._strand()

    def build(self, key: Week, visits: Collection[str], firm: bool = False) -> BuddyWeek:
        """Return a week with these visits, its calls and its settled part.

        For `firm` see `Commitments`.
        """
        due = (*(self.visits[each] for each in sorted(visits)), *self.visits.remote(*key))
        week = self.model.build(*key, due, self.settled[key], replace(self.commitments, firm=firm))
        known = self._away.get(key[0], set())
        away = (
            ReasonCode.ABSENT if day in known else why
            for day, why in zip(days_of(key[1]), week.away, strict=True)
        )
        return replace(week, away=tuple(away))

    def visitor(self, company: str, week: str) -> str:
        """Return who visits a company when what is left of a week begins, empty if nobody does."""
        return self.visitor_until(company, week)[0]

    def visitor_until(self, company: str, week: str) -> tuple[str, date]:
        """Return who visits a company when what is left of a week begins, and until which day of it."""
        main, days = self._cadence.matching.buddy_of.get(company, ""), days_of(week)
        left = [day for day in days if day >= self.moment[0]] or [*days]
        visitors = [self._cadence.covers.visitor(company, main, day, waits=False) for day in left]
        same = next((k for k, each in enumerate(visitors) if each != visitors[0]), len(left))
        return visitors[0], left[same - 1]

    def close_today(self, key: Week) -> None:
        """Send the buddy home after the settled stops, if no plan for the rest of the day keeps all rules."""
        self._closed.add(key)
        self.settled[key] = self._settle(key)

    def closed(self, key: Week) -> bool:
        """Return whether the day under way is already closed, or none is under way."""
        return key in self._closed or self.settled[key].under_way is None

    def _take(self, disruption: Disruption) -> None:
        self.visits.enter(disruption)
        match disruption:
            case Cancelled(visit=visit):
                self.cancelled.add(visit)
                for key in self._having(visit):
                    self.due[key].discard(visit)
                    self.upset.add(key)
            case Missed(visit=visit):
                for key in self._having(visit):
                    self.due[key].add(visit + AGAIN)
                    self.upset.add(key)
            case Urgent(id=visit, company=company, due=due):
                self._take_urgent(visit, company, due)
            case Moved():
                self._take_move(disruption)
            case HandedOver(visit=visit, buddy=buddy):
                self._hand_over(visit, buddy)
            case Away(buddy=buddy, first=first, last=last):
                away = {*_days(first, last)}
                self._away.setdefault(buddy, set()).update(away)
                self.upset |= {key for key in self._of_buddy(buddy) if away & {*days_of(key[1])}}
            case Late(buddy=buddy, minutes=minutes):
                self._of_buddy(buddy)
                self._late[buddy] = minutes
                self.upset |= {(buddy, iso_week(self.moment[0]))} & self.plans.keys()

    def _having(self, visit: str) -> list[Week]:
        found = [key for key, visits in self.due.items() if visit in visits]
        if not found:
            raise UnknownDisruption(message("no_week_of_visit", visit=visit))
        return found

    def _of_buddy(self, buddy: str) -> list[Week]:
        found = [key for key in self.plans if key[0] == buddy]
        if not found:
            raise UnknownDisruption(message("no_week_of_buddy", buddy=buddy))
        return found

    def _take_urgent(self, visit: str, company: str, due: date) -> None:
        weeks = sorted({week for _, week in self.plans if days_of(week)[0] <= due})
        if not weeks:
            raise UnknownDisruption(message("due_before_weeks", visit=visit, due=due))
        home = (self.visitor(company, weeks[0]), weeks[0])
        if home in self.plans:
            self.due[home].add(visit)
            self.upset.add(home)
        self.stranded.append((visit, home))

    def _take_move(self, moved: Moved) -> None:
        (key,) = self._having(moved.visit)
        if moved.date not in days_of(key[1]):
            raise UnknownDisruption(
                message("moved_to_other_week", visit=moved.visit, week=key[1], day=moved.date)
            )
        if (moved.date, moved.to_min) < self.moment:
            raise UnknownDisruption(message("moved_to_the_past", visit=moved.visit, day=moved.date))
        self.stranded = [each for each in self.stranded if each[0] != moved.visit]
        self.upset.add(key)

    def _hand_over(self, visit: str, buddy: str) -> None:
        for key in self._having(visit):
            to = buddy, key[1]
            if to not in self.plans:
                raise UnknownDisruption(message("no_week_of_buddy", buddy=buddy))
            self.due[key].discard(visit)
            self.due[to].add(visit)
            self.upset |= {key, to}

    def _settle(self, key: Week) -> SettledWeek:
        buddy, week = key
        today, late = {self.moment[0]} if key in self._closed else set(), self._late.get(buddy, 0)
        away = self._away.get(buddy, set()) | today
        shifts = self.model.shifts(buddy, week)
        starts = [self.model.problem.start(buddy, day) for day in days_of(week)]
        return settle(self.plans[key], shifts, self.moment, self.times.minutes, starts, away, late)

    def _settled(self) -> dict[Week, set[str]]:
        found: dict[Week, set[str]] = {}
        for key, settled in self.settled.items():
            under_way = settled.under_way.settled if settled.under_way else None
            routes = (*settled.over, under_way)
            found[key] = {stop.id for route in routes if route for stop in route.stops}
        return found

    def _strand(self) -> None:
        """Strand the planned visits of buddies on the days they are away."""
        for (buddy, week), plan in sorted(self.plans.items()):
            away = self._away.get(buddy, set())
            for day, route in zip(days_of(week), plan.days, strict=True):
                for stop in route.stops if route and day in away else ():
                    # A moved visit stays with its buddy, on the requested day.
                    if stop.id in self.due[buddy, week] and stop.id not in self.moves:
                        self.stranded.append((stop.id, (buddy, week)))


def _known_absences(earlier: Iterable[Replanning]) -> dict[str, set[date]]:
    """Return known absences: buddies reported as away stay away through later re-plannings."""
    away: dict[str, set[date]] = {}
    for record in earlier:
        for disruption in record.disruptions:
            if isinstance(disruption, Away):
                away.setdefault(disruption.buddy, set()).update(_days(disruption.first, disruption.last))
    return away


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=i) for i in range((last - first).days + 1))
