"""Adopting a matching: who changes first, then relations in the register."""

from dataclasses import asdict
from datetime import date
from typing import Annotated, Any

from fastapi import Query
from pydantic import Field
from sqlalchemy import Connection

from api.http.frame.auth import ByCoordinatorOfAll, Idempotent
from api.http.frame.errors import problems
from api.http.frame.schemas import AskedDay, Key, Schema
from api.http.frame.state import AppState, InAppState
from api.http.frame.writes.router import Router
from api.http.planning.matchings import visible_matching
from data.base.dates import minute_of, parse_week
from data.base.ids import BuddyId, CompanyId
from data.register.changes.adopting import Adoption, adopt, adoption_of
from data.store.tables.utc import now
from data.store.work.matchings import StoredMatching, matching_of

router = Router(prefix="/matchings", tags=["matchings"], responses=problems(401, 403, 404, 422, 500))


class SuccessionShown(Schema):
    """A company whose main buddy changes; an empty buddy: there was none, or there is none any more."""

    company: CompanyId
    before: BuddyId
    after: BuddyId
    since: date | None = Field(description="Since when the present relation lasts")


class AdoptionShown(Schema):
    """What adopting a matching changes from a day on; `kept` relations stay."""

    day: date
    kept: int
    successions: list[SuccessionShown]


class AdoptionMade(AdoptionShown):
    """The same, done; `change_set` is null where the relations were so already."""

    change_set: str | None


Day = Annotated[
    AskedDay | None, Query(description="The first day; by default the Monday of its first week, or today.")
]


@router.get("/{matching}/adoption")
def show_adoption(
    matching: Key, by: ByCoordinatorOfAll, app_state: InAppState, day: Day = None
) -> AdoptionShown:
    """Show who changes if a matching is adopted; nothing happens."""
    with app_state.service.store.reading() as c:
        visible_matching(app_state, c, matching, by)
        stored = matching_of(c, matching)
        register = app_state.programmes.register(c, stored.programme)
        return AdoptionShown(
            **_adoption(adoption_of(register, stored.matching, _day(app_state, c, stored, day)))
        )


@router.post("/{matching}/adopt", dependencies=[Idempotent], responses=problems(409))
def adopt_matching(
    matching: Key, by: ByCoordinatorOfAll, app_state: InAppState, day: Day = None
) -> AdoptionMade:
    """Adopt a matching: its pairs are the relations of the register from a day on, as one change set."""
    with app_state.service.store.writing() as c:
        visible_matching(app_state, c, matching, by)
        stored = matching_of(c, matching)
        first = _day(app_state, c, stored, day)
        programmes = app_state.programmes
        adoption = adoption_of(programmes.register(c, stored.programme), stored.matching, first)
        entered = adopt(c, programmes.registers, programmes.area(c, stored.programme), stored, first, by.user)
    made = entered.change_set
    return AdoptionMade(**_adoption(adoption), change_set=made.id if made else None)


def _day(app_state: AppState, c: Connection, stored: StoredMatching, asked: date | None) -> date:
    horizon = app_state.problem(c, stored.problem).horizon
    return asked or max(parse_week(horizon.first_week), minute_of(now())[0])


def _adoption(adoption: Adoption) -> dict[str, Any]:
    shown = [SuccessionShown(**asdict(each)) for each in adoption.successions]
    return {"day": adoption.day, "kept": adoption.kept, "successions": shown}
