"""Slots to offer: when a visit could start in a published week without breaking a promise."""

from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING, Annotated

from fastapi import Query
from pydantic import Field

from api.http.frame.auth import ByWorking, InProgramme, Personal
from api.http.frame.computing import computes
from api.http.frame.errors import problems
from api.http.frame.schemas import AskedMoment, AskedWeek, Schema
from api.http.frame.state import AppState, InAppState
from api.http.frame.writes.router import Router
from api.run.run import Run
from data.access import Coordinator, OwnBuddy, Sight, visible_to
from data.base.ids import BuddyId, VisitId
from data.base.message import message
from data.model.covers import Covers
from data.store.database.record import NotThere
from data.store.tables.utc import now
from data.store.work.plans import plan_in_force
from data.store.work.promises import promises_of_week

if TYPE_CHECKING:
    from api.planning.offering import Offer
    from scheduling.replan.fit_in import FitIn

router = Router(prefix="/slots", tags=["slots"], responses=problems(401, 403, 404, 422, 500))


class SlotAnswer(Schema):
    """The minutes of a day in which the visit can start, and how much travel it adds."""

    day: date
    from_min: int = Field(examples=[540])
    to_min: int = Field(examples=[600])
    added_travel_min: int = Field(examples=[12])


class FitInAnswer(Schema):
    """The cost of a visit that must take place: its time, promises broken, visits left out."""

    day: date | None
    start_min: int | None
    added_travel_min: int
    broken: list[VisitId]
    left_out: list[VisitId]
    proved: bool


class OfferAnswer(Schema):
    """The slots of a visit."""

    week: str
    buddies: list[BuddyId]
    slots: list[SlotAnswer]
    fit_in: FitInAnswer | None


@router.get("", dependencies=[Personal], responses=problems(429, 503))
@computes
def find_slots(
    by: ByWorking,
    programme: InProgramme,
    app_state: InAppState,
    at: Annotated[str, Query(max_length=80, description="A company or place.", examples=["c0001"])],
    week: AskedWeek,
    buddy: Annotated[list[str] | None, Query(max_length=5, description="Default: the company's.")] = None,
    minutes: Annotated[int, Query(ge=1, le=600)] = 60,
    visit: Annotated[str, Query(max_length=160, description="One of the week that is to be moved.")] = "",
    moment: Annotated[AskedMoment | None, Query(description="Default: now.")] = None,
) -> OfferAnswer:
    """Find every slot; for several buddies, the slots they share. A buddy can ask about their own week only.

    With `visit`, the slots are those to which that visit can move, each with the travel it adds compared with
    now.
    """
    return slots_of(by, programme, app_state, at, week, tuple(buddy or ()), minutes, visit, moment)


def slots_of(
    by: Coordinator | OwnBuddy,
    programme: str,
    app_state: AppState,
    at: str,
    week: str,
    asked: tuple[str, ...] = (),
    minutes: int = 60,
    visit: str = "",
    moment: datetime | None = None,
) -> OfferAnswer:
    """Return every slot that a reader may be offered; raises `BuddyplanError`."""
    from api.planning.offering import Wanted, offer

    buddies = (by.buddy,) if isinstance(by, OwnBuddy) else asked
    with app_state.service.store.reading() as c:
        plan = plan_in_force(c, programme, week)
        run = app_state.runs.of_plan(c, plan.id)
        promises = tuple(each.promise for each in promises_of_week(c, programme, week))
    wanted = Wanted(at, buddies, minutes, week, visit)
    solve = partial(offer, wanted=wanted, moment=moment or now(), promises=promises)
    if isinstance(by, OwnBuddy):
        _refuse_other_companies(run, by, at)
        return _shown(app_state.answering.of_plan(plan.id, solve))
    sight = visible_to(by, run.problem).knowing(run.weeks)
    _refuse_hidden(run, sight, at, buddies)
    found = app_state.answering.of_plan(plan.id, solve)
    if not sight.sees(*found.buddies):
        raise NotThere(message("no_visible", key=at))  # its cover is a buddy of another host
    return _shown(found, sight.hidden_visits)


def _refuse_other_companies(run: Run, by: OwnBuddy, at: str) -> None:
    assert run.matching
    own = {*run.matching.companies_of.get(by.buddy, ()), *Covers(run.problem).companies(by.buddy)}
    if at not in own:
        raise NotThere(message("not_your_company", company=at))


def _refuse_hidden(run: Run, sight: Sight, at: str, buddies: tuple[str, ...]) -> None:
    assert run.matching
    asked = ((at, at), *((buddy, buddy) for buddy in buddies), (at, run.matching.buddy_of.get(at, "")))
    for named, key in asked:
        if not sight.sees(key):
            raise NotThere(message("no_visible", key=named))


def _shown(found: "Offer", hidden: frozenset[str] = frozenset()) -> OfferAnswer:
    """Return the offer as it is answered; `hidden` visits are not named."""
    return OfferAnswer(
        week=found.week,
        buddies=list(found.buddies),
        slots=[
            SlotAnswer(day=s.day, from_min=s.from_min, to_min=s.to_min, added_travel_min=s.added_travel_min)
            for s in found.slots
        ],
        fit_in=_fit_in(found.fit_in, hidden) if found.fit_in else None,
    )


def _fit_in(found: "FitIn", hidden: frozenset[str]) -> FitInAnswer:
    return FitInAnswer(
        day=found.start[0] if found.start else None,
        start_min=found.start[1] if found.start else None,
        added_travel_min=found.added_travel_min,
        broken=[each.promise.visit for each in found.broken if each.promise.visit not in hidden],
        left_out=[visit for visit in found.left_out if visit not in hidden],
        proved=found.proved,
    )
