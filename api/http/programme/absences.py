"""A buddy's own absences: asked for by day, confirmed by a coordinator; nothing is said of the reason."""

from datetime import date, timedelta

from pydantic import Field
from sqlalchemy import Connection

from api.http.frame.auth import ByBuddy, Idempotent
from api.http.frame.errors import problems
from api.http.frame.schemas import AskedDay, Key, Schema
from api.http.frame.state import AppState, InAppState
from api.http.frame.writes.router import Router
from data.access import OwnBuddy
from data.base.dates import minute_of
from data.base.errors import BuddyplanError
from data.base.message import message
from data.model.vocabulary import AbsenceState
from data.register.changes.enter import By, Entered, enter
from data.register.changes.operations import Act, Operation
from data.register.rows.row import RegisterRow
from data.store.database.record import Conflict, NotThere
from data.store.register.change_sets import Source
from data.store.tables.utc import now

router = Router(prefix="/me/absences", tags=["me"], responses=problems(401, 403, 404, 422, 500))
SHOWN_DAYS = 366
MOST_DAYS = 366


class AbsenceAsked(Schema):
    """Whole days on which a buddy wants to be away."""

    first: AskedDay = Field(examples=["2027-07-05"])
    last: AskedDay = Field(examples=["2027-07-16"], description="The last day")


class OwnAbsence(Schema):
    """An absence of whole days, and whether a coordinator has confirmed it."""

    id: str
    first: date
    last: date
    state: AbsenceState


@router.get("")
def list_own_absences(by: ByBuddy, app_state: InAppState) -> list[OwnAbsence]:
    """List your absences that are not long over, the earliest first."""
    with app_state.service.store.reading() as c:
        return own_absences(app_state, c, by)


@router.post("", status_code=201, dependencies=[Idempotent])
def ask_for_absence(by: ByBuddy, app_state: InAppState, asked: AbsenceAsked) -> OwnAbsence:
    """Ask for an absence of whole days; it counts once a coordinator has confirmed it."""
    if asked.last < asked.first:
        raise BuddyplanError(message("last_before_first", first=asked.first, last=asked.last))
    if asked.last < minute_of(now())[0]:
        raise BuddyplanError(message("absence_is_over", day=asked.last))
    if (asked.last - asked.first).days >= MOST_DAYS:
        raise BuddyplanError(message("absence_longer_than_a_year"))
    values = {
        "who": by.buddy,
        "from": asked.first.isoformat(),
        "to": asked.last.isoformat(),
        "state": AbsenceState.ASKED.value,
    }
    with app_state.service.store.writing() as c:
        if app_state.programmes.register(c, by.programme).row("buddies", by.buddy) is None:
            raise NotThere(message("no_buddy_of_register", buddy=by.buddy))
        entered = _enter(app_state, c, by, Operation(Act.ENTER, "availability", values=values))
    (row,) = entered.draft.rows
    assert row is not None, "a row that was entered is there"
    return _shown(row)


@router.delete("/{absence}", status_code=204)
def withdraw_absence(absence: Key, by: ByBuddy, app_state: InAppState) -> None:
    """Withdraw an absence that is not confirmed yet."""
    with app_state.service.store.writing() as c:
        row = app_state.programmes.register(c, by.programme).row("availability", absence)
        if row is None or row.values["who"] != by.buddy or not _whole_days(row):
            raise NotThere(message("no_absence", absence=absence))
        if row.parsed["state"] is not AbsenceState.ASKED:
            raise Conflict(message("absence_settled"))
        _enter(app_state, c, by, Operation(Act.REMOVE, "availability", row.id, version=row.version))


def own_absences(app_state: AppState, c: Connection, by: OwnBuddy) -> list[OwnAbsence]:
    """Return a buddy's absences of whole days that are not long over, the earliest first."""
    since = minute_of(now())[0] - timedelta(days=SHOWN_DAYS)
    rows = app_state.programmes.register(c, by.programme).of("availability")
    mine = [_shown(row) for row in rows if row.values["who"] == by.buddy and _whole_days(row)]
    return sorted((each for each in mine if each.last >= since), key=lambda each: (each.first, each.id))


def _enter(app_state: AppState, c: Connection, by: OwnBuddy, operation: Operation) -> Entered:
    """Enter a buddy's own change, of which the day alone is kept."""
    area = app_state.programmes.area(c, by.programme)
    entering = By(by.user, Source.BUDDY)
    return enter(c, app_state.programmes.registers, area, [operation], entering)


def _whole_days(row: RegisterRow) -> bool:
    held = row.parsed
    return not (held["open"] or held["hours"] or held["weekdays"])


def _shown(row: RegisterRow) -> OwnAbsence:
    held = row.parsed
    return OwnAbsence(id=row.id, first=held["from"], last=held["to"] or held["from"], state=held["state"])
