"""The current problem: the register's rows with the contacts and requests that were entered beside it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from data.model.history import Contact
from data.model.problem import Problem, Request
from data.model.vocabulary import Outcome, RequestState
from data.store.work.contacts import StoredContact, contacts_of
from data.store.work.requests import requests_of


@dataclass(frozen=True)
class LeftOut:
    """A `contact` or `request` that refers to an id which the register no longer has."""

    what: str
    id: str
    missing: str


@dataclass(frozen=True)
class Current:
    """The current problem; `left_out` are entries that could not be applied."""

    problem: Problem
    left_out: tuple[LeftOut, ...]


def current_problem(c: Connection, entered: Problem) -> Current:
    """Return the problem of a register with the contacts and requests of the store."""
    programme = entered.programme.id
    contacts = contacts_of(c, programme)
    open_requests = [one.request for one in requests_of(c, programme, RequestState.OPEN)]
    left_out: list[LeftOut] = []
    for what, key, company in (
        *(("contact", one.id, one.contact.company) for one in contacts),
        *(("request", request.id, request.company) for request in open_requests),
    ):
        left_out += [] if company in entered.company else [LeftOut(what, key, company)]
    gone = {each.id for each in left_out}
    kept = [one for one in contacts if one.id not in gone]
    done = {one.visit for one in kept if one.contact.outcome is Outcome.DONE}
    requests = (*entered.requests, *(one for one in open_requests if one.id not in gone))
    laid = entered.replace(history=_history(entered, kept), requests=_settled(requests, done))
    return Current(laid, tuple(left_out))


def _history(problem: Problem, reported: Iterable[StoredContact]) -> tuple[Contact, ...]:
    """Reports override the file's rows of the same company, day, buddy, mode; unknown buddies are blank."""
    added = [
        one.contact if one.contact.buddy in problem.buddy else one.contact.replace(buddy="")
        for one in reported
    ]
    told = {(one.company, one.date, one.buddy, one.mode) for one in added}
    kept = [one for one in problem.history if (one.company, one.date, one.buddy, one.mode) not in told]
    return tuple(sorted((*kept, *added), key=_contact_order))


def _contact_order(one: Contact) -> tuple[str, date, str, str, str, int]:
    return one.company, one.date, one.buddy, one.mode, one.outcome, one.minutes


def _settled(requests: Iterable[Request], done: set[str]) -> tuple[Request, ...]:
    """Mark open requests as done whose visit, which has the same id, was reported as done."""
    settled = (
        one.replace(state=RequestState.DONE) if one.id in done and one.state is RequestState.OPEN else one
        for one in requests
    )
    return tuple(sorted(settled, key=lambda one: one.id))
