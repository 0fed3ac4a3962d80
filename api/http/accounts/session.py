"""Sign-in and sign-out: the browser gets a cookie that no script can read."""

from datetime import timedelta

from fastapi import Request, Response
from pydantic import Field

from api.http.accounts.agents import agent_words
from api.http.accounts.codes import expect_code
from api.http.accounts.guesses import counters_of_login, counters_of_user, know_device, one_guess
from api.http.accounts.passwords import password_fits, password_hash
from api.http.accounts.users import UserAnswer, known_of, user_shown
from api.http.frame.auth import Serving, SignedIn, refuse_other_sites
from api.http.frame.errors import SignInNeeded, problems
from api.http.frame.schemas import Schema
from api.http.frame.session.cookies import SESSION, drop_cookie, give_cookie, read_cookie
from api.http.frame.writes.router import Router
from api.service.wiring import Service
from data.base.message import message
from data.store.people.sessions import begin_session, end_session, end_what_is_open
from data.store.people.users import StoredUser, change_user, credentials

router = Router(tags=["sign-in"], responses=problems(422, 500))


class Credentials(Schema):
    """A login with its password."""

    login: str = Field(max_length=200, examples=["anna"])
    password: str = Field(max_length=1000, examples=["correct horse battery"])
    code: str = Field(default="", max_length=40, description="Of users with a second factor.")


class PasswordChange(Schema):
    """The current password, and the new one."""

    old: str = Field(max_length=1000, examples=["correct horse battery"])
    new: str = Field(max_length=200, examples=["wrong donkey accumulator"])


def enter(request: Request, response: Response, service: Service, user: StoredUser) -> None:
    """Begin a session and send the browser its cookie."""
    lasts = timedelta(hours=service.settings.session_hours)
    agent = agent_words(request.headers.get("user-agent", ""))
    with service.store.writing(shown=False) as c:
        secret = begin_session(c, user.id, lasts, agent)
    give_cookie(request, response, SESSION, secret, int(lasts.total_seconds()))
    know_device(request, response, service, user.login)
    request.state.reader = user.reader


@router.post("/session", status_code=201, responses=problems(401, 403, 429))
def sign_in(request: Request, response: Response, service: Serving, given: Credentials) -> UserAnswer:
    """Begin a session; the answer does not say whether login or password was wrong.

    With a second factor, the answer to the right password alone is 401 `code_needed`.
    """
    user = user_after_guess(request, service, given)
    if user.second_factor:
        if not given.code.strip():
            raise SignInNeeded(message("code_needed"))
        expect_code(request, service, user, given.code)
    enter(request, response, service, user)
    return user_shown(user)


def user_after_guess(request: Request, service: Service, given: Credentials) -> StoredUser:
    """Return the active user whose login and password these are.

    Raises `SignInNeeded`, `Forbidden` for a form of another site, and `TooOften` after too many guesses.
    """
    refuse_other_sites(request, needs_proof=False)
    with one_guess(service, counters_of_login(request, service, given.login)):
        return _user_of_password(service, given)


def _user_of_password(service: Service, given: Credentials) -> StoredUser:
    with service.store.reading() as c:
        found = credentials(c, given.login)
    if not password_fits(given.password, found[1] if found else "") or found is None:
        raise SignInNeeded(message("wrong_sign_in"))
    return found[0]


@router.delete("/session", status_code=204, responses=problems(401, 403))
def sign_out(request: Request, response: Response, service: Serving, user: SignedIn) -> None:
    """End the session of this cookie."""
    with service.store.writing() as c:
        end_session(c, read_cookie(request, SESSION))
    drop_cookie(request, response, SESSION)


@router.put("/me/password", status_code=204, responses=problems(401, 403, 409, 429))
def change_password(service: Serving, user: SignedIn, change: PasswordChange) -> None:
    """Change your own password; all your sessions and keys end."""
    expect_password(service, user, change.old)
    hashed = password_hash(change.new, *known_of(user))
    with service.store.writing() as c:
        change_user(c, user.id, user.version, {"password_hash": hashed})
        end_what_is_open(c, user.id)


def expect_password(service: Service, user: StoredUser, password: str) -> None:
    """Raise `SignInNeeded` where this is not the password of a user who is signed in.

    It is a guess like any other, so `TooOften` is raised after too many.
    """
    with one_guess(service, counters_of_user(service, user)):
        with service.store.reading() as c:
            found = credentials(c, user.login)
        if not password_fits(password, found[1] if found else ""):
            raise SignInNeeded(message("wrong_old_password"))
