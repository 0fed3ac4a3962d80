"""One buddy's week from the published plans: what is in force, and all that its files need."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, select

from api.service.lru import LruCache
from data.access import Sight
from data.base.entity import canonical_json
from data.base.message import message
from data.model.identity import Identities, Identity
from data.model.vocabulary import CareMode
from data.results.solution import BuddyWeeks, Call, WeekPlan
from data.store.database.record import NotThere
from data.store.tables import schema as s
from data.store.work.plans import StoredPlan, plan_in_force, weeks_of_buddy
from data.store.work.promises import StoredPromise, promises_of_week

MOST_KEPT = 500
_KEPT = LruCache[tuple[str, str], BuddyWeeks](MOST_KEPT)


@dataclass(frozen=True)
class OwnWeek:
    """A published week of one buddy with the names in it and the promises made for it."""

    plan: StoredPlan
    week: WeekPlan
    calls: tuple[Call, ...]
    names: Identities
    promises: tuple[StoredPromise, ...]

    @property
    def tag(self) -> str:
        """A hash that changes with anything shown in the week."""
        told = [[each.promise.visit, each.version, each.promise.state] for each in self.promises]
        people = [person.model_dump() for person in self.names.people]
        shown = [self.week.model_dump(mode="json"), [call.id for call in self.calls]]
        content = canonical_json([self.plan.id, str(self.plan.told_at), shown, told, people])
        return hashlib.sha256(content.encode()).hexdigest()[:32]


def own_week(
    c: Connection,
    programme: str,
    buddy: str,
    week: str,
    sight_of: Callable[[StoredPlan], Sight] | None = None,
) -> OwnWeek:
    """Return a buddy's week in force, raises `NotThere` if none is published.

    For other readers than the buddy, `sight_of` says what they see of the plan.
    """
    plan = plan_in_force(c, programme, week)
    sight = sight_of(plan) if sight_of else None
    weeks = kept_weeks(c, plan.id, buddy)
    weeks = sight.of(weeks) if weeks and sight else weeks
    own = next((each for each in weeks.weeks if each.week == week), None) if weeks else None
    if weeks is None or own is None:
        raise NotThere(message("no_published_week", week=week))
    calls = own.calls if own.calls is not None else tuple(_calls_of_earlier(weeks, week))
    stops = [stop for day in own.days if day for stop in day.stops]
    places = {stop.place for stop in stops}
    places |= {left.at for left in own.unplanned} | {call.company for call in calls} | {buddy}
    places |= {day.starts_at for day in own.days if day and day.starts_at}
    places |= {main for main in (*(s.instead_of for s in stops), *(c.instead_of for c in calls)) if main}
    promises = promises_of_week(c, programme, week, buddy)
    if sight:
        promises = tuple(each for each in promises if sight.sees(each.buddy, each.promise.company))
    return OwnWeek(plan, own, calls, names_of(c, programme, places), promises)


def names_of(c: Connection, programme: str, ids: set[str]) -> Identities:
    """Return the identities of some ids."""
    columns = [s.identity.c[name] for name in Identity.model_fields]
    mine = (s.identity.c.programme == programme) & s.identity.c.id.in_(sorted(ids))
    rows = c.execute(select(*columns).where(mine).order_by(s.identity.c.id))
    return Identities(people=tuple(Identity(**row._mapping) for row in rows))


def kept_weeks(c: Connection, plan: str, buddy: str) -> BuddyWeeks | None:
    """Return a buddy's weeks in a plan, from a cache of the latest, as a stored plan never changes."""
    key = (plan, buddy)
    found = _KEPT.get(key)
    if found is None:
        found = weeks_of_buddy(c, plan, buddy)
        if found is not None:
            _KEPT.put(key, found)
    return found


def _calls_of_earlier(weeks: BuddyWeeks, week: str) -> Iterator[Call]:
    """Yield the calls of a week whose plan an earlier version made: all that were due."""
    for due in weeks.cadence.contacts if weeks.cadence else ():
        if due.week == week and due.mode is not CareMode.VISIT:
            yield Call(id=due.id, company=due.company, mode=due.mode, day=due.day, minutes=0)
