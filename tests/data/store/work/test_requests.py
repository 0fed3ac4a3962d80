"""Requests raised in the service, on both databases."""

from datetime import date

import pytest
from sqlalchemy import Connection

from data.model.vocabulary import RequestKind, RequestState
from data.store.database.record import Conflict, NotThere
from data.store.work.requests import StoredRequest, change_request, raise_request, request_of, requests_of
from tests.data.store.entered import PROGRAMME, entered
from tests.refusals import refused


def raised(c: Connection, due: date) -> StoredRequest:
    return raise_request(c, PROGRAMME, "bakery", RequestKind.URGENT, date(2026, 11, 20), due, 45, "u")


def test_a_request_is_raised_and_settled_once(c: Connection) -> None:
    entered(c)
    request = raised(c, date(2026, 11, 27))
    assert (request.request.state, request.version) == (RequestState.OPEN, 1)
    assert change_request(c, request.request.id, RequestState.DONE, 1).request.state is RequestState.DONE
    with refused(Conflict, "has version 2, not 1"):
        change_request(c, request.request.id, RequestState.WITHDRAWN, 1)
    assert request_of(c, request.request.id).request.state is RequestState.DONE
    with pytest.raises(NotThere):
        change_request(c, "x", RequestState.DONE, 1)


def test_requests_are_listed_by_state_the_first_due_first(c: Connection) -> None:
    entered(c)
    later, sooner = raised(c, date(2026, 12, 4)), raised(c, date(2026, 11, 27))
    assert requests_of(c, PROGRAMME) == (sooner, later)
    change_request(c, sooner.request.id, RequestState.WITHDRAWN, 1)
    assert requests_of(c, PROGRAMME, RequestState.OPEN) == (later,)
