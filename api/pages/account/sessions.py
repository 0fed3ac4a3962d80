"""A user's own sessions, ended one by one or all at once."""

from typing import Annotated

from fastapi import Path
from fastapi.responses import Response

from api.http.accounts import sessions
from api.pages.account.page import account_page
from api.pages.frame.error_pages import pages
from api.pages.frame.forms import OwnForm
from api.pages.frame.shell import ForUser, onward
from api.pages.sign_in import FORGET

router = pages(prefix="/account/sessions")


@router.post("/end", dependencies=[OwnForm])
def end_all(shell: ForUser) -> Response:
    """End all sessions, this one too; the device deletes the weeks that it stored."""
    assert shell.user
    answer = onward("/sign-in?note=sign_out_done")
    sessions.end_all_sessions(shell.request, answer, shell.user, shell.service)
    answer.headers.update(FORGET)
    return answer


@router.post("/{session}/end", dependencies=[OwnForm])
def end_one(session: Annotated[str, Path(max_length=80)], shell: ForUser) -> Response:
    """End another session."""
    assert shell.user
    sessions.end_one_session(session, shell.user, shell.service)
    return account_page(shell, note="account_session_ended")
