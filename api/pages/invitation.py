"""The page that the link of an invitation opens: for whom it is, and choosing a password.

The code stands after the `#` of the link. A browser sends that to nobody; the page's script puts it into the
form, and whoever has no script types it.
"""

from typing import Annotated

from fastapi import Form, Request
from fastapi.responses import Response
from pydantic import ValidationError

from api.http.frame.errors import Forbidden, TooOften
from api.http.invitations import acceptance
from api.http.invitations.answers import PAGE, Acceptance, InvitationCode, InvitationShown
from api.pages.frame.error_pages import pages, to_wait, wait_words
from api.pages.frame.forms import OwnForm
from api.pages.frame.shell import ForAnybody, Shell
from api.pages.sign_in import enter_or_ask
from api.words.sentence import sentence
from data.base.errors import BuddyplanError
from data.store.database.record import Conflict

router = pages(prefix=PAGE)
Code = Annotated[str, Form(max_length=200)]


def _code_page(shell: Shell, wrong: str = "", status: int = 200) -> Response:
    return shell.page("invitation", {"wrong": wrong, "again": PAGE}, status)


def _password_page(shell: Shell, code: str, shown: InvitationShown, wrong: str = "") -> Response:
    known = {"wrong": wrong, "code": code, "shown": shown, "again": PAGE, "fragment": f"#{code}"}
    return shell.page("invitation_password", known, 422 if wrong else 200)


def _refused(shell: Shell, error: BuddyplanError) -> Response:
    """Return the page that says why an invitation cannot be used, and asks for another code."""
    if isinstance(error, TooOften):
        return to_wait(_code_page(shell, wait_words(shell.speaker, error), 429), error)
    return _code_page(shell, sentence(error.said, shell.speaker.language), error.http_status)


@router.get("")
def show_invitation(shell: ForAnybody) -> Response:
    """Show the form for the code, which uses nothing up."""
    return _code_page(shell)


@router.post("", dependencies=[OwnForm])
def look(request: Request, shell: ForAnybody, code: Code = "") -> Response:
    """Show for whom the invitation is, and the form for a password."""
    try:
        shown = acceptance.look(request, shell.service, InvitationCode(code=code))
    except (Forbidden, Conflict, TooOften) as error:
        return _refused(shell, error)
    return _password_page(shell, code, shown)


@router.post("/password", dependencies=[OwnForm])
def accept(
    request: Request,
    shell: ForAnybody,
    code: Code = "",
    password: Annotated[str, Form(max_length=1000)] = "",
) -> Response:
    """Choose the password, as `POST /api/v1/invitations/accept` does, and go on to one's own first page."""
    try:
        given = Acceptance(code=code, password=password)
        user = acceptance.user_of_acceptance(request, shell.service, given)
    except (Forbidden, Conflict, TooOften) as error:
        return _refused(shell, error)
    except (BuddyplanError, ValidationError):
        shown = acceptance.look(request, shell.service, InvitationCode(code=code))
        return _password_page(shell, code, shown, shell.speaker.t("password_length"))
    return enter_or_ask(request, shell, user)
