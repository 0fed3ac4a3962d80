"""The account itself, and its password."""

from typing import Annotated

from fastapi import Form, Query
from fastapi.responses import Response

from api.http.accounts import session
from api.http.frame.errors import SignInNeeded
from api.pages.account.page import account_page
from api.pages.frame.error_pages import pages
from api.pages.frame.forms import OwnForm
from api.pages.frame.shell import ForUser, onward
from data.base.errors import BuddyplanError

router = pages(prefix="/account")
NOTES = ("account_factor_required",)


@router.get("")
def show_account(shell: ForUser, note: Annotated[str, Query(max_length=40)] = "") -> Response:
    """Show your own account."""
    return account_page(shell, note=note if note in NOTES else "")


@router.post("/password", dependencies=[OwnForm])
def change_password(
    shell: ForUser,
    old: Annotated[str, Form(max_length=1000)] = "",
    new: Annotated[str, Form(max_length=1000)] = "",
) -> Response:
    """Change the password, as `PUT /api/v1/me/password` does; all sessions and keys end."""
    assert shell.user
    try:
        change = session.PasswordChange.model_construct(old=old, new=new)
        session.change_password(shell.service, shell.user, change)
    except SignInNeeded:
        return account_page(shell, 403, wrong=shell.speaker.t("account_password_wrong"))
    except BuddyplanError as error:
        if error.http_status != BuddyplanError.http_status:
            raise
        return account_page(shell, 422, wrong=shell.speaker.t("password_length"))
    return onward("/sign-in?note=account_password_done")
