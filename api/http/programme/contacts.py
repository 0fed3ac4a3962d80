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
from data.register.changes.enter import By, enter
from data.register.contacts import ContactRow, Reports, contact_of, contacts_of
from data.store.database.record import NotThere
from data.store.register.change_sets import Source

router = Router(prefix="/contacts", tags=["contacts"], responses=problems(401, 403, 404, 422, 500))


class ContactRequest(Schema):
    """What happened at a visit of the buddy's own published week."""

    visit: str = Field(max_length=160, examples=["bakery-2026-W48-1"])
    date: AskedDay
    outcome: Outcome
    minutes: int = Field(default=0, ge=0, le=600, description="Kept in quarter hours.")
    specialists_met: int = Field(default=0, ge=0, le=1000)


class ContactAnswer(Schema):
    """A contact as stored; those of lists and of the desk report no planned visit."""

    id: str = Field(description="Of its row in the register")
    visit: VisitId
    company: CompanyId
    buddy: BuddyId
    date: date
    mode: CareMode
    outcome: Outcome
    minutes: int
    specialists_met: int


def contact_answer(row: ContactRow) -> ContactAnswer:
    """Return a contact as it is answered."""
    told = row.contact.model_dump(include=set(ContactAnswer.model_fields))
    return ContactAnswer(id=row.id, visit=row.visit, **told)


@router.get("", dependencies=[Personal])
def list_contacts(
    by: ByWorking,
    programme: InProgramme,
    app_state: InAppState,
    week: AskedWeek,
) -> list[ContactAnswer]:
    """List the contacts of a week, reported or entered; a buddy sees only their own."""
    days = days_of(week)
    own = by.buddy if isinstance(by, OwnBuddy) else ""
    with app_state.service.store.reading() as c:
        register = app_state.programmes.registers.of(c, programme)
        sight = None if own else app_state.sight(c, by, programme)
    found = contacts_of(register, days[0], days[-1], own)
    return [
        contact_answer(each)
        for each in found
        if sight is None or sight.sees(each.contact.buddy, each.contact.company)
    ]


@router.post("", status_code=201, dependencies=[Idempotent])
def log_contact(by: ByBuddy, app_state: InAppState, asked: ContactRequest) -> ContactAnswer:
    """Log what happened at a visit; a later report of the same visit replaces it.

    A request whose visit took place is done with it.
    """
    with app_state.service.store.writing() as c:
        contact, programmes = _contact(c, by, asked), app_state.programmes
        steps = [*Reports(programmes.registers.of(c, by.programme)).operations(asked.visit, contact)]
        area = programmes.area(c, by.programme)
        entering = By(by.user, Source.BUDDY)
        entered = enter(c, programmes.registers, area, steps, entering, checked=False)
    row = entered.draft.rows[0]
    assert row is not None, "a report is entered or changed"
    return contact_answer(contact_of(row))


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
