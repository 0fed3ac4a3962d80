"""The visits of published weeks by id, including those that disruptions added or moved."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from functools import cache
from typing import ClassVar

from data.base.errors import BuddyplanError
from data.base.message import message
from data.model.vocabulary import CareMode
from data.results.promise import Promise, PromiseState
from data.results.replanning import Disruption, HandedOver, Missed, Moved, Replanning, Urgent
from data.results.solution import WeekPlan
from scheduling.cadence.choose import Cadence, DueVisit
from scheduling.cadence.rhythm import URGENT_PRIORITY
from scheduling.plan.settled import AGAIN

Week = tuple[str, str]
"""A buddy and an ISO week."""


class UnknownDisruption(BuddyplanError):
    """A disruption refers to something that no published plan has, or that is impossible for the plan."""

    kind: ClassVar[str] = "unknown_disruption"


class DueVisits:
    """The visits of published weeks by id; what is due for a buddy is computed on first use."""

    def __init__(self, cadence: Cadence, plans: Mapping[Week, WeekPlan]) -> None:
        self.cadence, self.problem = cadence, cadence.problem
        self._buddies = {visit: buddy for (buddy, _), plan in plans.items() for visit in visits_of(plan)}
        self._added: dict[str, DueVisit] = {}
        self._due = cache(self._find_due)

    def __contains__(self, key: str) -> bool:
        """Return whether a published week has a visit with this id, or one was added."""
        return key in self._added or key in self._buddies

    def __getitem__(self, key: str) -> DueVisit:
        """Return a visit; one covered by a colleague is due for its own buddy. Raises KeyError."""
        if key in self._added:
            return self._added[key]
        likely = self._buddies.get(key, "")
        buddies = sorted((buddy.id for buddy in self.problem.buddies), key=lambda b: (b != likely, b))
        for buddy in buddies:
            if key in self._due(buddy):
                return self._due(buddy)[key]
        raise KeyError(key)

    def add(self, visit: DueVisit) -> None:
        """Add a new visit."""
        self._added[visit.id] = visit

    def remote(self, buddy: str, week: str) -> list[DueVisit]:
        """Return the calls and videos of a week."""
        due = self.cadence.due(buddy).get(week, ())
        return [visit for visit in due if visit.mode is not CareMode.VISIT]

    def replay(self, replannings: Iterable[Replanning]) -> None:
        """Apply the visits of earlier re-plannings of these weeks, oldest first."""
        for replanning in replannings:
            self.release(replanning.promises)
            for disruption in replanning.disruptions:
                self.enter(disruption, again=True)

    def release(self, promises: Iterable[Promise]) -> None:
        """Drop the requested window of moved visits whose new window the company declined."""
        for promise in promises:
            if promise.state is PromiseState.DECLINED and promise.visit in self._added:
                self.add(replace(self._added[promise.visit], within=None))

    def enter(self, disruption: Disruption, again: bool = False) -> None:
        """Add or move the visit of a disruption, if any; `again` if the plan already has it.

        Raises `UnknownDisruption`.
        """
        match disruption:
            case Missed(visit=visit) if visit in self or visit + AGAIN in self:
                if self[visit].start is not None:
                    fixed = message("appointment_not_repeated", visit=visit)
                    raise UnknownDisruption(fixed, cause=message("fixed_time", visit=visit))
                self.add(replace(self[visit], id=visit + AGAIN, within=None))
            case Moved(visit=visit) if visit in self:
                if self[visit].start is not None:
                    fixed = message("appointment_not_moved", visit=visit)
                    raise UnknownDisruption(fixed, cause=message("fixed_time", visit=visit))
                window = disruption.date, disruption.from_min, disruption.to_min
                self.add(replace(self[visit], within=window))
            case HandedOver(visit=visit, buddy=buddy) if visit in self:
                self.add(replace(self[visit], main=buddy))
            case Urgent():
                self._enter_urgent(disruption, again)

    def _enter_urgent(self, urgent: Urgent, again: bool) -> None:
        company = urgent.company
        if company not in self.problem.company:
            raise UnknownDisruption(message("no_company", company=company))
        if urgent.id in self and not again:
            raise UnknownDisruption(message("visit_id_taken", visit=urgent.id))
        main = self.cadence.matching.buddy_of.get(company, "")
        self.add(
            DueVisit(
                urgent.id, company, company, CareMode.VISIT, urgent.minutes, URGENT_PRIORITY,
                last_day=urgent.due, main=main,
            )
        )  # fmt: skip

    def _find_due(self, buddy: str) -> dict[str, DueVisit]:
        return {visit.id: visit for visits in self.cadence.due(buddy).values() for visit in visits}


def visits_of(plan: WeekPlan) -> set[str]:
    """Return the ids of the visits that a week plans or lists as not planned."""
    planned = {stop.id for day in plan.days if day for stop in day.stops}
    return planned | {left_out.id for left_out in plan.unplanned}


def pressing_of(disruptions: Collection[Disruption]) -> frozenset[str]:
    """Return the visits that must be planned if at all possible: urgent ones, and moved ones."""
    urgent = {each.id for each in disruptions if isinstance(each, Urgent)}
    return frozenset(urgent | {each.visit for each in disruptions if isinstance(each, Moved)})
