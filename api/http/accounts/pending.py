"""The step between password and code: a cookie says for some minutes whose password was right."""

import hmac
import time

from fastapi import Request, Response

from api.http.frame.auth import sign_in_key
from api.http.frame.errors import SignInNeeded
from api.http.frame.session.cookies import drop_cookie, give_cookie, read_cookie
from api.service.wiring import Service
from data.base.message import message
from data.store.database.record import NotThere
from data.store.people.users import StoredUser, user_of

PENDING = "buddyplan_pending"
LASTS_S = 300


def await_code(request: Request, response: Response, service: Service, user: StoredUser) -> None:
    """Send the cookie after the right password."""
    until = int(time.time()) + LASTS_S
    give_cookie(request, response, PENDING, f"{user.id}.{until}.{_mark(service, user, until)}", LASTS_S)


def awaited_user(request: Request, service: Service) -> StoredUser:
    """Return whose code is awaited; raises `SignInNeeded` where it is too late, or the user has changed."""
    key, until, mark = (*read_cookie(request, PENDING).split("."), "", "", "")[:3]
    try:
        with service.store.reading() as c:
            user = user_of(c, key)
    except NotThere:
        raise SignInNeeded(message("not_signed_in")) from None
    fits = until.isdecimal() and hmac.compare_digest(_mark(service, user, int(until)), mark)
    if not (fits and int(until) > time.time() and user.active):
        raise SignInNeeded(message("not_signed_in"))
    return user


def no_longer_awaited(request: Request, response: Response) -> None:
    """Drop the cookie."""
    drop_cookie(request, response, PENDING)


def _mark(service: Service, user: StoredUser, until: int) -> str:
    told = f"awaiting the code of {user.id} version {user.version} until {until}"
    return hmac.new(sign_in_key(service.settings.data_dir), told.encode(), "sha256").hexdigest()
