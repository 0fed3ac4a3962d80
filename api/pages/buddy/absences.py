"""Time off: a buddy asks for whole days, and sees what became of it."""

from datetime import date
from typing import Annotated

from fastapi import Form, Path
from fastapi.responses import Response

from api.http.frame.auth import ByBuddy, Personal
from api.http.frame.state import InAppState
from api.http.programme import absences
from api.pages.buddy.view import today
from api.pages.frame.error_pages import pages
from api.pages.frame.forms import OwnForm
from api.pages.frame.shell import ForUser, Shell, onward
from api.words.sentence import sentence
from data.access import OwnBuddy
from data.base.errors import BuddyplanError
from data.store.database.record import NotThere

router = pages(prefix="/me/absences")


@router.get("", dependencies=[Personal])
def show_absences(shell: ForUser, by: ByBuddy, app_state: InAppState) -> Response:
    """Show the own absences, and the form to ask for another."""
    return _page(shell, by, app_state)


@router.post("", dependencies=[OwnForm])
def ask(
    shell: ForUser,
    by: ByBuddy,
    app_state: InAppState,
    first: Annotated[date, Form()],
    last: Annotated[date, Form()],
) -> Response:
    """Ask for an absence, as `POST /api/v1/me/absences` does."""
    try:
        absences.ask_for_absence(by, app_state, absences.AbsenceAsked(first=first, last=last))
    except NotThere:
        raise
    except BuddyplanError as refused:
        return _page(shell, by, app_state, sentence(refused.said, shell.speaker.language), 422)
    return onward("/me/absences")


@router.post("/{absence}/withdraw", dependencies=[OwnForm])
def withdraw(absence: Annotated[str, Path(max_length=120)], by: ByBuddy, app_state: InAppState) -> Response:
    """Withdraw an absence that is not confirmed yet."""
    absences.withdraw_absence(absence, by, app_state)
    return onward("/me/absences")


def _page(shell: Shell, by: OwnBuddy, app_state: InAppState, wrong: str = "", status: int = 200) -> Response:
    with app_state.service.store.reading() as c:
        own = absences.own_absences(app_state, c, by)
    shown = {"absences": own, "today": today(), "wrong": wrong}
    return shell.page("absences", shown, status)
