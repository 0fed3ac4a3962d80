"""Who stands in for the main buddy of a company, and on which days: relations of the role `cover`.

The main relation is unchanged meanwhile. A cover without a first or last day has begun, or does not end. Of
several covers of one day that begun last stands in. One who is banned from the company never does.
"""

from collections import defaultdict
from datetime import date

from data.base.ids import BuddyId
from data.model.problem import Problem
from data.model.relation import Relation
from data.model.vocabulary import RelationRole


class Covers:
    """The covers of one problem, by company and day."""

    def __init__(self, problem: Problem) -> None:
        banned = {(ban.buddy, ban.company) for ban in problem.bans}
        self._covers = defaultdict[str, list[Relation]](list)
        for each in problem.relations:
            known = each.buddy in problem.buddy and each.company in problem.company
            if each.role is RelationRole.COVER and known and (each.buddy, each.company) not in banned:
                self._covers[each.company].append(each)
        for covers in self._covers.values():
            covers.sort(key=lambda c: (-(c.since or date.min).toordinal(), problem.rank[c.buddy]))

    def of(self, company: str) -> tuple[Relation, ...]:
        """Return the covers of a company, the latest begun first."""
        return tuple(self._covers.get(company, ()))

    def on(self, company: str, day: date) -> BuddyId | None:
        """Return the buddy who covers a company on a day, None if nobody does."""
        return next((each.buddy for each in self.of(company) if _holds(each, day)), None)

    def visitor(self, company: str, main: str, day: date) -> str:
        """Return who visits a company on a day: its cover, else its `main` buddy."""
        return self.on(company, day) or main

    def companies(self, buddy: str) -> frozenset[str]:
        """Return the companies that a buddy covers at some time."""
        return frozenset(key for key, covers in self._covers.items() if any(c.buddy == buddy for c in covers))


def _holds(cover: Relation, day: date) -> bool:
    return (cover.since or day) <= day <= (cover.until or day)
