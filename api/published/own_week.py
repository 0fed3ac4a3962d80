"""One buddy's week from the published plans: what is in force, and all that its files need."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from api.service.lru import LruCache
from data.base.dates import aware, days_of
from data.base.entity import canonical_json
from data.base.message import message
from data.model.identity import Identities, Identity
from data.results.solution import BuddyWeeks, DayRoute, WeekPlan
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
    calls: tuple[dict[str, Any], ...]
    names: Identities
    promises: tuple[StoredPromise, ...]

    @property
    def tag(self) -> str:
        """A hash that changes with anything shown in the week."""
        told = [[each.promise.visit, each.version, each.promise.state] for each in self.promises]
        people = [person.model_dump() for person in self.names.people]
        content = canonical_json([self.plan.id, self.week.buddy, self.week.week, told, people])
        return hashlib.sha256(content.encode()).hexdigest()[:32]

    @property
    def data(self) -> dict[str, Any]:
        """The week as JSON data; times have a time zone."""
        promised = {each.promise.visit: each for each in self.promises}
        return {
            "programme": self.plan.programme,
            "buddy": self.week.buddy,
            "week": self.week.week,
            "plan": self.plan.id,
            "version": self.plan.version,
            "published_at": self.plan.published_at.isoformat() if self.plan.published_at else None,
            "travel_min": self.week.travel_min,
            "remote_min": self.week.remote_min,
            "days": [
                self._day(day, route, promised)
                for day, route in zip(days_of(self.week.week), self.week.days, strict=True)
                if route
            ],
            "calls": [each | {"name": self.names.name(each["company"])} for each in self.calls],
            "unplanned": [
                {"visit": left.id, "company": left.company, "name": self.names.name(left.company)}
                | {"reason": left.reason.code.value}
                for left in self.week.unplanned
            ],
        }

    def _day(self, day: date, route: DayRoute, promised: dict[str, StoredPromise]) -> dict[str, Any]:
        stops = []
        for stop in route.stops:
            who, told = self.names.of(stop.place), promised.get(stop.id)
            stops.append(
                {
                    "visit": stop.id,
                    "place": stop.place,
                    "name": who.name or stop.place,
                    "address": ", ".join(p for p in (who.street, f"{who.postcode} {who.town}".strip()) if p),
                    "contact": [t for t in (who.contact_name, who.contact_phone, who.contact_email) if t],
                    "arrive": moment(day, stop.arrive),
                    "start": moment(day, stop.start),
                    "end": moment(day, stop.end),
                    "promise": told and promise_data(told),
                }
            )
        return {
            "date": day.isoformat(),
            "leave": moment(day, route.leave),
            "back": moment(day, route.back),
            "work_min": route.work_min,
            "travel_min": route.travel_min,
            "distance_m": route.distance_m,
            "stops": stops,
            "breaks": [{"start": moment(day, b.start), "end": moment(day, b.end)} for b in route.breaks],
        }


def moment(day: date, minute: int) -> str:
    """Return a minute of a day as an ISO 8601 time with a time zone."""
    return aware(day, minute).isoformat()


def promise_data(stored: StoredPromise) -> dict[str, Any]:
    """Return a promise as JSON data."""
    told = stored.promise
    return {
        "visit": told.visit,
        "company": told.company,
        "buddy": stored.buddy,
        "from": moment(told.date, told.from_min),
        "to": moment(told.date, told.to_min),
        "state": told.state.value,
        "version": stored.version,
    }


def own_week(c: Connection, programme: str, buddy: str, week: str) -> OwnWeek:
    """Return a buddy's week in force; raises `NotThere` if none is published."""
    plan = plan_in_force(c, programme, week)
    weeks = kept_weeks(c, plan.id, buddy)
    own = next((each for each in weeks.weeks if each.week == week), None) if weeks else None
    if weeks is None or own is None:
        raise NotThere(message("no_published_week", week=week))
    calls = tuple(_calls(weeks, week))
    places = {stop.place for day in own.days if day for stop in day.stops}
    places |= {left.company for left in own.unplanned} | {call["company"] for call in calls} | {buddy}
    promises = promises_of_week(c, programme, week, buddy)
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


def _calls(weeks: BuddyWeeks, week: str) -> Iterator[dict[str, Any]]:
    for contact in weeks.cadence.contacts if weeks.cadence else ():
        if contact.week == week and contact.mode.value != "visit":
            yield {
                "visit": contact.id,
                "company": contact.company,
                "mode": contact.mode.value,
                "about": contact.day.isoformat(),
            }
