"""Contacts: what happened at a visit, in quarter hours; no position and no time of a tap is stored."""

from datetime import date

from pydantic import Field
from sqlalchemy import Connection

from api.http.frame.auth import ByBuddy, ByWorking, Idempotent, InProgramme, Personal
from api.http.frame.errors import problems
from api.http.frame.schemas import AskedDay, AskedWeek, Schema
from api.http.frame.state import InAppState
from api.http.frame.writes.router import Router
from api.published.own_week import own_week
from data.access import OwnBuddy
from data.base.dates import days_of, iso_week
from data.base.ids import BuddyId, CompanyId, VisitId
from data.base.message import message
from data.model.history import Contact
from data.model.vocabulary import CareMode, Outcome
from data.store.database.record import NotThere
from data.store.work.contacts import StoredContact, contacts_of, keep_contact

router = Router(prefix="/contacts", tags=["contacts"], responses=problems(401, 403, 404, 422, 500))


class ContactRequest(Schema):
    """What happened at a visit of the buddy's own published week."""

    visit: str = Field(max_length=160, examples=["bakery-2026-W48-1"])
    date: AskedDay
    outcome: Outcome
    minutes: int = Field(default=0, ge=0, le=600, description="Kept in quarter hours.")
    specialists_met: int = Field(default=0, ge=0, le=1000)


class ContactAnswer(Schema):
    """A contact as stored."""

    id: str
    visit: VisitId
    company: CompanyId
    buddy: BuddyId
    date: date
    mode: CareMode
    outcome: Outcome
    minutes: int
    specialists_met: int


def contact_answer(stored: StoredContact) -> ContactAnswer:
    """Return a contact as it is answered."""
    app_state = stored.contact.model_dump(include=set(ContactAnswer.model_fields))
    return ContactAnswer(id=stored.id, visit=stored.visit, **app_state)


@router.get("", dependencies=[Personal])
def list_contacts(
    by: ByWorking,
    programme: InProgramme,
    app_state: InAppState,
    week: AskedWeek,
) -> list[ContactAnswer]:
    """List the contacts of a week; a buddy sees only their own."""
    days = days_of(week)
    own = by.buddy if isinstance(by, OwnBuddy) else ""
    with app_state.service.store.reading() as c:
        found = contacts_of(c, programme, days[0], days[-1], own)
        sight = None if own else app_state.sight(c, by, programme)
    return [
        contact_answer(each)
        for each in found
        if sight is None or sight.sees(each.contact.buddy, each.contact.company)
    ]


@router.post("", status_code=201, dependencies=[Idempotent])
def log_contact(by: ByBuddy, app_state: InAppState, asked: ContactRequest) -> ContactAnswer:
    """Log what happened at a visit; a later report of the same visit replaces it."""
    with app_state.service.store.writing() as c:
        contact = _contact(c, by, asked)
        return contact_answer(keep_contact(c, by.programme, asked.visit, contact))


def _contact(c: Connection, by: OwnBuddy, asked: ContactRequest) -> Contact:
    """Return the contact with company and mode from the plan; its travel is the planned travel."""
    week = own_week(c, by.programme, by.buddy, iso_week(asked.date))
    stops = (stop for day in week.week.days if day for stop in day.stops)
    planned = {stop.id: (stop.place, stop.mode) for stop in stops}
    planned |= {call.id: (call.company, call.mode) for call in week.calls}
    if asked.visit not in planned:
        raise NotThere(message("not_your_visit", visit=asked.visit))
    company, mode = planned[asked.visit]
    return Contact(
        company=company,
        buddy=by.buddy,
        date=asked.date,
        mode=mode,
        minutes=asked.minutes,
        outcome=asked.outcome,
        specialists_met=asked.specialists_met,
    )
