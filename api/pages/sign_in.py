"""Sign-in and sign-out, and entering the first user."""

from typing import Annotated

from fastapi import Form, Query, Request
from fastapi.responses import Response
from pydantic import ValidationError

from api.http.accounts import oidc, session, setup
from api.http.accounts.codes import expect_code
from api.http.accounts.pending import await_code, awaited_user, no_longer_awaited
from api.http.frame.auth import Serving, SignedIn
from api.http.frame.errors import Forbidden, SignInNeeded, TooOften
from api.http.frame.session.cookies import drop_cookie
from api.pages.frame.error_pages import pages, to_wait, wait_words
from api.pages.frame.forms import COOKIE as FORM_COOKIE
from api.pages.frame.forms import OwnForm
from api.pages.frame.shell import ForAnybody, Shell, onward, own_path
from api.service.settings import SETUP_CODE_FILE
from data.base.errors import BuddyplanError
from data.base.message import message
from data.store.database.record import Conflict, NotThere
from data.store.people.users import StoredUser, any_user

router = pages()
FORGET = {"Clear-Site-Data": '"storage"'}
"""Clears the weeks stored on a device when its user signs out, and before another one signs in."""
NOTES = (
    "sign_out_done",
    "set_up_done",
    "account_password_done",
    "sign_in_expired",
    "sign_in_elsewhere_failed",
)
Text = Annotated[str, Form(max_length=200)]


def _sign_in_page(shell: Shell, back: str, wrong: str = "", note: str = "", status: int = 200) -> Response:
    settings = shell.service.settings
    shown = {
        "back": own_path(back),
        "wrong": wrong,
        "note": note,
        "elsewhere": oidc.configured(settings),
        "to_set_up": _has_code(shell) and _has_nobody(shell),
    }
    return shell.page("sign_in", shown, status)


def _code_page(shell: Shell, back: str, wrong: str = "", status: int = 200) -> Response:
    return shell.page("sign_in_code", {"back": own_path(back), "again": "/sign-in", "wrong": wrong}, status)


def _has_code(shell: Shell) -> bool:
    return (shell.service.settings.data_dir / SETUP_CODE_FILE).exists()


def _has_nobody(shell: Shell) -> bool:
    with shell.service.store.reading() as c:
        return not any_user(c)


@router.get("/sign-in")
def show_sign_in(
    shell: ForAnybody,
    back: Annotated[str, Query(max_length=2000)] = "/",
    note: Annotated[str, Query(max_length=40)] = "",
) -> Response:
    """Show the sign-in form; redirect a user who is signed in."""
    if shell.user:
        return onward(own_path(back))
    if note not in NOTES:
        note = "sign_in_expired" if own_path(back) != "/" else ""
    return _sign_in_page(shell, back, note=note)


@router.post("/sign-in", dependencies=[OwnForm])
def sign_in(
    request: Request,
    shell: ForAnybody,
    login: Text = "",
    password: Annotated[str, Form(max_length=1000)] = "",
    back: Annotated[str, Form(max_length=2000)] = "/",
) -> Response:
    """Begin a session, as `POST /api/v1/session` does."""
    try:
        given = session.Credentials(login=login, password=password)
        user = session.user_after_guess(request, shell.service, given)
    except TooOften as error:
        return to_wait(_sign_in_page(shell, back, wait_words(shell.speaker, error), status=429), error)
    except SignInNeeded:
        return _sign_in_page(shell, back, shell.speaker.t("sign_in_wrong"), status=401)
    return enter_or_ask(request, shell, user, back)


def enter_or_ask(request: Request, shell: Shell, user: StoredUser, back: str = "/") -> Response:
    """Begin the session of a user who gave a password, or ask for the code of the second factor."""
    if user.second_factor:
        asking = _code_page(shell, back)
        await_code(request, asking, shell.service, user)
        return asking
    return _entered(request, onward(own_path(back)), shell, user)


@router.post("/sign-in/code", dependencies=[OwnForm])
def enter_code(
    request: Request,
    shell: ForAnybody,
    code: Annotated[str, Form(max_length=40)] = "",
    back: Annotated[str, Form(max_length=2000)] = "/",
) -> Response:
    """Begin a session after password and code."""
    user = awaited_user(request, shell.service)
    try:
        expect_code(request, shell.service, user, code)
    except TooOften as error:
        return to_wait(_code_page(shell, back, wait_words(shell.speaker, error), 429), error)
    except SignInNeeded:
        return _code_page(shell, back, shell.speaker.t("account_code_wrong"), 401)
    answer = onward(own_path(back))
    no_longer_awaited(request, answer)
    return _entered(request, answer, shell, user)


def _entered(request: Request, answer: Response, shell: Shell, user: StoredUser) -> Response:
    session.enter(request, answer, shell.service, user)
    answer.headers.update(FORGET)
    drop_cookie(request, answer, FORM_COOKIE)
    return answer


@router.post("/sign-out", dependencies=[OwnForm])
def sign_out(request: Request, service: Serving, user: SignedIn) -> Response:
    """End the session; the device deletes the weeks that it stored."""
    answer = onward("/sign-in?note=sign_out_done")
    session.sign_out(request, answer, service, user)
    answer.headers.update(FORGET)
    return answer


@router.get("/setup")
def show_set_up(shell: ForAnybody) -> Response:
    """Show the form for the first coordinator, as long as there are no users."""
    if not _has_code(shell):
        raise NotThere(message("set_up_already"))
    return shell.page("set_up", {"wrong": ""})


@router.post("/setup", dependencies=[OwnForm])
def set_up(
    request: Request, shell: ForAnybody, code: Text = "", login: Text = "", password: Text = ""
) -> Response:
    """Enter the first coordinator, as `POST /api/v1/setup` does."""
    try:
        first = setup.FirstUser(code=code, login=login, password=password)
        setup.set_up(request, shell.service, first)
    except Forbidden:
        return shell.page("set_up", {"wrong": shell.speaker.t("set_up_wrong")}, 403)
    except (NotThere, Conflict, TooOften):
        raise
    except (BuddyplanError, ValidationError):
        return shell.page("set_up", {"wrong": shell.speaker.t("password_length")}, 422)
    return onward("/sign-in?note=set_up_done")
