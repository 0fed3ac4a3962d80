"""One buddy's week as every client reads it: stops with names and addresses, promises, calls."""

import datetime
from typing import Any

from pydantic import AwareDatetime, Field

from api.published.own_week import OwnWeek
from data.base.dates import aware, days_of
from data.base.entity import Entity
from data.base.ids import BuddyId, CompanyId, PlaceId, VisitId
from data.base.status import ReasonCode
from data.model.identity import Identities, Identity
from data.model.vocabulary import CareMode, IsoWeek
from data.results.promise import PromiseState
from data.results.solution import Break, DayRoute
from data.store.work.promises import StoredPromise

AT: Any = Field(examples=["2026-11-23T09:30:00+01:00"])
VISIT: Any = Field(examples=["bakery-2026-W48-1"])


class PromiseAnswer(Entity):
    """The window that a company was told, and its reply."""

    visit: VisitId = VISIT
    company: CompanyId
    buddy: BuddyId
    start: AwareDatetime = Field(alias="from", examples=["2026-11-23T09:00:00+01:00"])
    end: AwareDatetime = Field(alias="to", examples=["2026-11-23T10:00:00+01:00"])
    state: PromiseState
    version: int


class StopAnswer(Entity):
    """A visit or appointment of a day."""

    visit: VisitId
    place: PlaceId
    name: str
    address: str
    contact: tuple[str, ...]
    arrive: AwareDatetime
    start: AwareDatetime = AT
    end: AwareDatetime
    promise: PromiseAnswer | None
    instead_of: BuddyId | None = Field(description="The main buddy for whom another one makes the visit.")


class BreakAnswer(Entity):
    """A break or a time off."""

    start: AwareDatetime
    end: AwareDatetime


class DayAnswer(Entity):
    """A day with its stops."""

    date: datetime.date
    leave: AwareDatetime
    back: AwareDatetime
    starts_at: str = Field(default="", description="The place where it starts and ends, if not as usual.")
    work_min: int
    travel_min: int
    distance_m: int
    stops: tuple[StopAnswer, ...]
    breaks: tuple[BreakAnswer, ...]
    off: tuple[BreakAnswer, ...] = Field(description="Times off duty between the hours of the day.")


class CallAnswer(Entity):
    """A call or video of the week, about a day."""

    visit: VisitId
    company: CompanyId
    mode: CareMode
    about: datetime.date
    name: str
    instead_of: BuddyId | None


class LeftOut(Entity):
    """A visit that is not in the week, and why."""

    visit: VisitId
    company: CompanyId
    name: str
    reason: ReasonCode


class WeekAnswer(Entity):
    """A buddy's published week."""

    programme: str
    buddy: BuddyId
    week: IsoWeek
    plan: str
    version: int
    published_at: AwareDatetime | None
    travel_min: int
    remote_min: int
    days: tuple[DayAnswer, ...]
    calls: tuple[CallAnswer, ...]
    unplanned: tuple[LeftOut, ...]


def week_answer(own: OwnWeek) -> WeekAnswer:
    """Return a week as it is answered."""
    promised = {each.promise.visit: each for each in own.promises}
    days = zip(days_of(own.week.week), own.week.days, strict=True)
    name = own.names.name
    return WeekAnswer(
        programme=own.plan.programme,
        buddy=own.week.buddy,
        week=own.week.week,
        plan=own.plan.id,
        version=own.plan.version,
        published_at=own.plan.published_at,
        travel_min=own.week.travel_min,
        remote_min=own.week.remote_min,
        days=tuple(_day(day, route, own.names, promised) for day, route in days if route),
        calls=tuple(
            CallAnswer(
                visit=c.id,
                company=c.company,
                mode=c.mode,
                about=c.day,
                name=name(c.company),
                instead_of=c.instead_of,
            )
            for c in own.calls
        ),
        unplanned=tuple(
            LeftOut(visit=left.id, company=left.company, name=name(left.at), reason=left.reason.code)
            for left in own.week.unplanned
        ),
    )


def promise_answer(stored: StoredPromise) -> PromiseAnswer:
    """Return a promise as it is answered."""
    told = stored.promise
    window = {"from": aware(told.date, told.from_min), "to": aware(told.date, told.to_min)}
    whose = {"visit": told.visit, "company": told.company, "buddy": stored.buddy}
    return PromiseAnswer.model_validate(whose | window | {"state": told.state, "version": stored.version})


def _day(
    day: datetime.date, route: DayRoute, names: Identities, promised: dict[str, StoredPromise]
) -> DayAnswer:
    stops = []
    for stop in route.stops:
        who, told = names.of(stop.place), promised.get(stop.id)
        stops.append(
            StopAnswer(
                visit=stop.id,
                place=stop.place,
                name=who.name or stop.place,
                address=_address(who),
                contact=tuple(t for t in (who.contact_name, who.contact_phone, who.contact_email) if t),
                arrive=aware(day, stop.arrive),
                start=aware(day, stop.start),
                end=aware(day, stop.end),
                promise=promise_answer(told) if told else None,
                instead_of=stop.instead_of,
            )
        )
    return DayAnswer(
        date=day,
        leave=aware(day, route.leave),
        back=aware(day, route.back),
        starts_at=names.name(route.starts_at) if route.starts_at else "",
        work_min=route.work_min,
        travel_min=route.travel_min,
        distance_m=route.distance_m,
        stops=tuple(stops),
        breaks=_pauses(day, route.breaks),
        off=_pauses(day, route.off),
    )


def _pauses(day: datetime.date, pauses: tuple[Break, ...]) -> tuple[BreakAnswer, ...]:
    return tuple(BreakAnswer(start=aware(day, each.start), end=aware(day, each.end)) for each in pauses)


def _address(who: Identity) -> str:
    return ", ".join(part for part in (who.street, f"{who.postcode} {who.town}".strip()) if part)
