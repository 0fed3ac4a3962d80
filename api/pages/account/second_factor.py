"""The second factor on the account page: begun with a picture for the app, on by a code, switched off."""

from collections.abc import Callable
from typing import Annotated

from fastapi import Form, Request
from fastapi.responses import Response

from api.http.accounts import second_factor as factor
from api.http.frame.errors import SignInNeeded, TooOften
from api.pages.account.page import account_page
from api.pages.frame.error_pages import pages, to_wait, wait_words
from api.pages.frame.forms import OwnForm
from api.pages.frame.shell import ForUser, Shell

router = pages(prefix="/account/second-factor")
Text = Annotated[str, Form(max_length=1000)]


def _begun(shell: Shell, begun: factor.FactorBegun, status: int = 201, wrong: str = "") -> Response:
    import segno  # slow to import, and seldom needed

    drawn = segno.make(begun.uri, error="m", micro=False).svg_inline(omitsize=True, border=4, light="#fff")
    secret = " ".join(begun.secret[n : n + 4] for n in range(0, len(begun.secret), 4))
    return account_page(shell, status, wrong=wrong, qr=drawn, factor_secret=secret)


def _or_wrong(shell: Shell, done: Callable[[], Response], key: str) -> Response:
    """Return what is done; where password or code is wrong, or has to wait, the page that says so."""
    try:
        return done()
    except SignInNeeded:
        return account_page(shell, 403, wrong=shell.speaker.t(key))
    except TooOften as error:
        return to_wait(account_page(shell, 429, wrong=wait_words(shell.speaker, error)), error)


@router.post("", dependencies=[OwnForm])
def begin(shell: ForUser, password: Text = "") -> Response:
    """Show what the app needs, only this once."""
    assert shell.user
    user, given = shell.user, factor.Password(password=password)
    return _or_wrong(
        shell, lambda: _begun(shell, factor.begin(user, shell.service, given)), "account_password_wrong"
    )


@router.post("/on", dependencies=[OwnForm])
def switch_on(request: Request, shell: ForUser, code: Annotated[str, Form(max_length=40)] = "") -> Response:
    """Switch it on, and show the recovery codes, only this once."""
    assert shell.user
    user, given = shell.user, factor.Code(code=code)

    def done() -> Response:
        made = factor.switch_on(request, user, shell.service, given)
        return account_page(shell, 200, note="account_factor_is_on", recovery_codes=made.codes)

    return _or_wrong(shell, done, "account_code_wrong")


@router.post("/codes", dependencies=[OwnForm])
def renew_codes(shell: ForUser, password: Text = "") -> Response:
    """Replace the recovery codes, and show the new ones, only this once."""
    assert shell.user
    user, given = shell.user, factor.Password(password=password)

    def done() -> Response:
        return account_page(shell, 201, recovery_codes=factor.renew_codes(user, shell.service, given).codes)

    return _or_wrong(shell, done, "account_password_wrong")


@router.post("/off", dependencies=[OwnForm])
def switch_off(shell: ForUser, password: Text = "") -> Response:
    """Switch it off."""
    assert shell.user
    user, given = shell.user, factor.Password(password=password)

    def done() -> Response:
        factor.switch_off(user, shell.service, given)
        return account_page(shell, note="account_factor_is_off")

    return _or_wrong(shell, done, "account_password_wrong")
