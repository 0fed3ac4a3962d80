"""Who stands in for the main buddy of a company, and on which days: covers, and deputies.

The main relation is unchanged meanwhile. A relation of the role `cover` makes all visits of its days; one
without a first or last day has begun, or does not end. Of several covers of one day that begun last stands
in. Where there is none and the main buddy is away, the first of the buddy's `deputies` that works on the day
makes what cannot wait. One who is banned from the company never stands in.
"""

from collections import defaultdict
from datetime import date, timedelta
from functools import cached_property

from data.base.ids import BuddyId
from data.model.calendar import Calendar
from data.model.problem import Problem, Request
from data.model.relation import Relation
from data.model.vocabulary import RelationRole, RequestKind

AT_ONCE = (RequestKind.FIRST_VISIT, RequestKind.URGENT)
"""Requests that cannot wait until the main buddy is back."""


class Covers:
    """The covers and deputies of one problem, by company and day."""

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        self._banned = {(ban.buddy, ban.company) for ban in problem.bans}
        self._covers = defaultdict[str, list[Relation]](list)
        for each in problem.relations:
            known = each.buddy in problem.buddy and each.company in problem.company
            if each.role is RelationRole.COVER and known and (each.buddy, each.company) not in self._banned:
                self._covers[each.company].append(each)
        for covers in self._covers.values():
            covers.sort(key=lambda c: (-(c.since or date.min).toordinal(), problem.rank[c.buddy]))

    def of(self, company: str) -> tuple[Relation, ...]:
        """Return the covers of a company, the latest begun first."""
        return tuple(self._covers.get(company, ()))

    def on(self, company: str, day: date) -> BuddyId | None:
        """Return the buddy who covers a company on a day, None if nobody does."""
        return next((each.buddy for each in self.of(company) if _holds(each, day)), None)

    def visitor(self, company: str, main: str, day: date, waits: bool = True) -> str:
        """Return who visits a company on a day: its cover, else its `main` buddy.

        What does not wait is made by the first free deputy while the main buddy is away.
        """
        return self.on(company, day) or (not waits and self.deputy(company, main, day)) or main

    def deputy(self, company: str, main: str, day: date) -> BuddyId | None:
        """Return the first deputy that works on a day on which the main buddy is away, else None."""
        buddy = self._problem.buddy.get(main)
        if buddy is None or not buddy.deputies or self._calendar.away(main, day) is None:
            return None
        able = (key for key in buddy.deputies if key in self._problem.buddy and key != main)
        return next((key for key in able if self._free(key, company, day)), None)

    def waits(self, company: str, day: date, request: Request | None = None) -> bool:
        """Return whether a contact of a day can wait until the main buddy is back.

        First visits and urgent requests cannot, nor can care of a company with a group in its first weeks.
        """
        if request is not None:
            return request.kind not in AT_ONCE
        weeks = timedelta(weeks=self._problem.policy.arrival.weeks)
        groups = self._problem.specialists_of.get(company, ())
        return not any(group.arrived and group.arrived <= day < group.arrived + weeks for group in groups)

    def companies(self, buddy: str) -> frozenset[str]:
        """Return the companies that a buddy covers at some time."""
        return frozenset(key for key, covers in self._covers.items() if any(c.buddy == buddy for c in covers))

    def own(self, buddy: str, day: date) -> frozenset[str]:
        """Return the companies of a buddy on a day: as main buddy, or as the one who covers them."""
        mains = {
            each.company
            for each in self._problem.relations
            if each.role is RelationRole.MAIN and each.buddy == buddy and _holds(each, day)
        }
        return frozenset(mains | {key for key in self.companies(buddy) if self.on(key, day) == buddy})

    def buddies(self, deputy: str) -> tuple[BuddyId, ...]:
        """Return the buddies for whom one is a deputy."""
        return self._buddies.get(deputy, ())

    @cached_property
    def _buddies(self) -> dict[str, tuple[BuddyId, ...]]:
        found = defaultdict[str, tuple[BuddyId, ...]](tuple)
        for buddy in self._problem.buddies:
            for deputy in dict.fromkeys(buddy.deputies):
                found[deputy] += (buddy.id,)
        return dict(found)

    @cached_property
    def _calendar(self) -> Calendar:
        return Calendar(self._problem)

    def _free(self, buddy: str, company: str, day: date) -> bool:
        return (buddy, company) not in self._banned and self._calendar.shift(buddy, day) is not None


def _holds(relation: Relation, day: date) -> bool:
    return (relation.since or day) <= day <= (relation.until or day)
