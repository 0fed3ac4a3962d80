"""Sign-in and sign-out: the browser gets a cookie that no script can read."""

from datetime import timedelta

from fastapi import Request, Response
from pydantic import Field

from api.http.accounts.passwords import password_fits, password_hash
from api.http.accounts.users import UserAnswer, user_shown
from api.http.frame.auth import COOKIE, Serving, SignedIn, refuse_other_sites, sign_in_key
from api.http.frame.errors import SignInNeeded, TooOften, problems
from api.http.frame.schemas import Schema
from api.http.frame.writes.router import Router
from api.service.wiring import Service
from data.base.message import message
from data.store.people.sessions import begin_session, end_session, end_sessions_of
from data.store.people.sign_ins import Tried, forgive_login, note_failure, tried, wait_seconds
from data.store.people.users import StoredUser, change_user, credentials, login_of

router = Router(tags=["sign-in"], responses=problems(422, 500))


class Credentials(Schema):
    """A login with its password."""

    login: str = Field(max_length=200, examples=["anna"])
    password: str = Field(max_length=1000, examples=["correct horse battery"])


class PasswordChange(Schema):
    """The current password, and the new one."""

    old: str = Field(max_length=1000, examples=["correct horse battery"])
    new: str = Field(max_length=200, examples=["wrong donkey accumulator"])


def may_try(request: Request, service: Service, login: str) -> Tried:
    """Return this sign-in attempt; raises `TooOften` where the login or the address has failed too often."""
    address = request.client.host if request.client else ""
    attempt = tried(sign_in_key(service.settings.data_dir), login_of(login), address)
    with service.store.reading() as c:
        wait = wait_seconds(c, attempt)
    if wait:
        raise TooOften(wait)
    return attempt


def failed(service: Service, attempt: Tried) -> None:
    """Count a failed attempt."""
    with service.store.writing(shown=False) as c:
        note_failure(c, attempt)


def enter(request: Request, response: Response, service: Service, user: StoredUser) -> None:
    """Begin a session and send the browser its cookie."""
    lasts = timedelta(hours=service.settings.session_hours)
    with service.store.writing(shown=False) as c:
        secret = begin_session(c, user.id, lasts)
    response.set_cookie(
        COOKIE,
        secret,
        max_age=int(lasts.total_seconds()),
        httponly=True,
        samesite="lax",
        secure=not service.settings.plain_http,
    )
    request.state.reader = user.reader


@router.post("/session", status_code=201, responses=problems(401, 403, 429))
def sign_in(request: Request, response: Response, service: Serving, given: Credentials) -> UserAnswer:
    """Begin a session; the answer does not say whether login or password was wrong."""
    refuse_other_sites(request, needs_proof=False)
    attempt = may_try(request, service, given.login)
    with service.store.reading() as c:
        found = credentials(c, given.login)
    if not password_fits(given.password, found[1] if found else "") or found is None:
        failed(service, attempt)
        raise SignInNeeded(message("wrong_sign_in"))
    with service.store.writing(shown=False) as c:
        forgive_login(c, attempt)
    enter(request, response, service, found[0])
    return user_shown(found[0])


@router.delete("/session", status_code=204, responses=problems(401, 403))
def sign_out(request: Request, response: Response, service: Serving, user: SignedIn) -> None:
    """End the session of this cookie."""
    with service.store.writing() as c:
        end_session(c, request.cookies.get(COOKIE, ""))
    response.delete_cookie(COOKIE)


@router.put("/me/password", status_code=204, responses=problems(401, 403, 409, 429))
def change_password(request: Request, service: Serving, user: SignedIn, change: PasswordChange) -> None:
    """Change your own password; all your sessions end."""
    attempt = may_try(request, service, user.login)
    with service.store.reading() as c:
        found = credentials(c, user.login)
    if not password_fits(change.old, found[1] if found else ""):
        failed(service, attempt)
        raise SignInNeeded(message("wrong_old_password"))
    hashed = password_hash(change.new)
    with service.store.writing() as c:
        change_user(c, user.id, user.version, {"password_hash": hashed})
        end_sessions_of(c, user.id)
