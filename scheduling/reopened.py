"""Published weeks opened again at a moment: what each buddy still has to do, after what has come between."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache

from data.calendar import days_of, iso_week, minute_of
from data.errors import BuddyplanError
from data.problem import Problem
from data.promise import Promise
from data.replanning import Away, Cancelled, Disruption, Late, Missed, Replanning, Urgent
from data.solution import BuddyWeeks, Matching, WeekPlan
from data.travel.provider import Times
from data.words import CareMode
from scheduling.cadence import Cadence, DueVisit
from scheduling.prices import Told
from scheduling.rhythm import URGENT_PRIORITY
from scheduling.standing import Standing, standing
from scheduling.week_model import BuddyWeek, WeekModel

Week = tuple[str, str]
"""A buddy and an ISO week."""
AGAIN = "-again"
"""Added to the id of a visit at which nobody was met: the same visit, due once more."""


class UnknownDisruption(BuddyplanError):
    """A disruption names a visit, buddy or company that no published plan has."""


@dataclass(frozen=True)
class Published:
    """The plan in force: its weeks, and the re-plannings that led to it, oldest first."""

    problem: Problem
    matching: Matching
    times: Times
    weeks: tuple[BuddyWeeks, ...]
    earlier: tuple[Replanning, ...] = ()


class DueVisits:
    """The visits of published weeks by id; what is due for a buddy is worked out when first asked for."""

    def __init__(self, cadence: Cadence, plans: Mapping[Week, WeekPlan]) -> None:
        self.cadence = cadence
        self._buddies = {visit: buddy for (buddy, _), plan in plans.items() for visit in visits_of(plan)}
        self._added: dict[str, DueVisit] = {}
        self._due = cache(self._find_due)

    def __contains__(self, key: str) -> bool:
        """Tell whether a published week has a visit of this id, or one was added."""
        return key in self._added or key in self._buddies

    def __getitem__(self, key: str) -> DueVisit:
        """Return a visit; one that a colleague covers is due for its own buddy. Raises KeyError."""
        if key in self._added:
            return self._added[key]
        likely = self._buddies.get(key, "")
        buddies = sorted((buddy.id for buddy in self.cadence.problem.buddies), key=lambda b: (b != likely, b))
        for buddy in buddies:
            if key in self._due(buddy):
                return self._due(buddy)[key]
        raise KeyError(key)

    def add(self, visit: DueVisit) -> None:
        """Enter a visit that has come up."""
        self._added[visit.id] = visit

    def remote(self, buddy: str, week: str) -> list[DueVisit]:
        """Return the calls and videos of a week."""
        due = self.cadence.due(buddy).get(week, ())
        return [visit for visit in due if visit.mode is not CareMode.VISIT]

    def _find_due(self, buddy: str) -> dict[str, DueVisit]:
        return {visit.id: visit for visits in self.cadence.due(buddy).values() for visit in visits}


class Reopened:
    """The weeks of a published plan that are not over, with what upset them.

    `plans` are the published weeks, `due` the visits that each still has to plan, `upset` the weeks that must
    be planned anew, `stranded` the visits that colleagues may take, each with the week they are
    due in (of nobody, where a company has no buddy).
    Raises `UnknownDisruption`.
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
        self.buddy_of = published.matching.buddy_of
        self.moment = minute_of(moment)
        promised, given = {promise.visit: promise for promise in promises}, tuple(disruptions)
        pressing = frozenset(each.id for each in given if isinstance(each, Urgent))
        self.told = Told(promised, pressing)
        self.plans: dict[Week, WeekPlan] = {
            (own.buddy, plan.week): plan
            for own in published.weeks
            for plan in own.weeks
            if days_of(plan.week)[-1] >= self.moment[0]
        }
        self._away: dict[str, set[date]] = {}
        self._late: dict[str, int] = {}
        self._closed: set[Week] = set()
        self.cancelled: set[str] = set()
        self.upset: set[Week] = set()
        self.stranded: list[tuple[str, Week]] = []
        self.visits = DueVisits(cadence, self.plans)
        for replanning in published.earlier:
            for earlier in replanning.disruptions:
                self._add(earlier, again=True)
        self.due = {key: visits_of(plan) for key, plan in self.plans.items()}
        for disruption in given:
            self._take(disruption)
        self.standing = {key: self._stand(key) for key in self.plans}
        for key, settled in self._settled().items():
            self.due[key] -= settled
        self._strand()

    def build(self, key: Week, visits: Collection[str], firm: bool = False) -> BuddyWeek:
        """Return a week with these visits, its calls and what is settled of it; `firm` as in `Told`."""
        due = (*(self.visits[each] for each in sorted(visits)), *self.visits.remote(*key))
        return self.model.build(*key, due, self.standing[key], replace(self.told, firm=firm))

    def close_today(self, key: Week) -> None:
        """Send the buddy home after the stops that are settled: no rest of the day keeps all rules."""
        self._closed.add(key)
        self.standing[key] = self._stand(key)

    def closed(self, key: Week) -> bool:
        """Tell whether the day under way was closed already, or none is under way."""
        return key in self._closed or self.standing[key].under_way is None

    def _take(self, disruption: Disruption) -> None:
        self._add(disruption)
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
            case Away(buddy=buddy, first=first, last=last):
                self._of_buddy(buddy)
                days = (first + timedelta(days=i) for i in range((last - first).days + 1))
                self._away.setdefault(buddy, set()).update(days)
                self.upset |= {key for key in self._of_buddy(buddy) if self._away[buddy] & {*days_of(key[1])}}
            case Late(buddy=buddy, minutes=minutes):
                self._of_buddy(buddy)
                self._late[buddy] = minutes
                self.upset |= {(buddy, iso_week(self.moment[0]))} & self.plans.keys()

    def _add(self, disruption: Disruption, again: bool = False) -> None:
        """Enter the visit that a disruption brings, if any; `again` where it is in the plan already."""
        match disruption:
            case Missed(visit=visit) if visit in self.visits:
                if self.visits[visit].start is not None:
                    raise UnknownDisruption(
                        f'"{visit}" is an appointment of a fixed time; enter a new one instead'
                    )
                self.visits.add(replace(self.visits[visit], id=visit + AGAIN))
            case Urgent(id=visit, company=company, minutes=minutes, due=due):
                if company not in self.problem.company:
                    raise UnknownDisruption(f'there is no company "{company}"')
                if visit in self.visits and not again:
                    taken = f'there is a visit "{visit}" already; give the urgent one another id'
                    raise UnknownDisruption(taken)
                mode, priority = CareMode.VISIT, URGENT_PRIORITY
                self.visits.add(DueVisit(visit, company, company, mode, minutes, priority, last_day=due))

    def _having(self, visit: str) -> list[Week]:
        found = [key for key, visits in self.due.items() if visit in visits]
        if not found:
            raise UnknownDisruption(f'no week that is published and not over has the visit "{visit}"')
        return found

    def _of_buddy(self, buddy: str) -> list[Week]:
        found = [key for key in self.plans if key[0] == buddy]
        if not found:
            raise UnknownDisruption(f'no week that is published and not over is of the buddy "{buddy}"')
        return found

    def _take_urgent(self, visit: str, company: str, due: date) -> None:
        weeks = sorted({week for _, week in self.plans if days_of(week)[0] <= due})
        if not weeks:
            raise UnknownDisruption(f'"{visit}" is due on {due}, before every week that is published')
        home = (self.buddy_of.get(company, ""), weeks[0])
        if home in self.plans:
            self.due[home].add(visit)
            self.upset.add(home)
        self.stranded.append((visit, home))

    def _stand(self, key: Week) -> Standing:
        buddy, week = key
        today, late = {self.moment[0]} if key in self._closed else set(), self._late.get(buddy, 0)
        away = self._away.get(buddy, set()) | today
        shifts = self.model.shifts(buddy, week)
        return standing(self.plans[key], shifts, self.moment, self.times.minutes, away, late)

    def _settled(self) -> dict[Week, set[str]]:
        found: dict[Week, set[str]] = {}
        for key, stands in self.standing.items():
            under_way = stands.under_way.settled if stands.under_way else None
            routes = (*stands.over, under_way)
            found[key] = {stop.id for route in routes if route for stop in route.stops}
        return found

    def _strand(self) -> None:
        """Whoever is away leaves behind what was planned on those days."""
        for (buddy, week), plan in sorted(self.plans.items()):
            away = self._away.get(buddy, set())
            for day, route in zip(days_of(week), plan.days, strict=True):
                for stop in route.stops if route and day in away else ():
                    if stop.id in self.due[buddy, week]:
                        self.stranded.append((stop.id, (buddy, week)))


def visits_of(plan: WeekPlan) -> set[str]:
    """Return the ids of the visits that a week plans, and of those that it names as not planned."""
    planned = {stop.id for day in plan.days if day for stop in day.stops}
    return planned | {left_out.id for left_out in plan.unplanned}
