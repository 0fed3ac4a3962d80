"""Moving a stop within a buddy's own week: every start that keeps all promises, its price, and the result."""

from datetime import date, time
from typing import Annotated
from urllib.parse import quote

from fastapi import Form, Path
from fastapi.responses import Response
from pydantic import AwareDatetime
from sqlalchemy import Connection

from api.http.frame.auth import ByBuddy, Personal
from api.http.frame.computing import computes
from api.http.frame.schemas import Week
from api.http.frame.state import InAppState
from api.http.planning import moves, slots
from api.jobs.answering import NotAnswered
from api.pages.buddy.stop import Visit, path_of_stop
from api.pages.buddy.view import StopView, week_view
from api.pages.frame.error_pages import pages
from api.pages.frame.forms import OwnForm
from api.pages.frame.shell import ForUser, Shell, onward
from data.access import OwnBuddy
from data.base.dates import aware
from data.base.errors import BuddyplanError
from data.base.message import message
from data.store.database.record import Conflict, NotThere
from data.store.work.jobs import UNDER_WAY, JobState, StoredJob, job_of
from data.store.work.plans import PlanState, plan_of

router = pages(prefix="/me")
OF_STOP = "/weeks/{week}/stops/{visit}/move"


@router.get(OF_STOP, dependencies=[Personal])
@computes
def show_slots(week: Week, visit: Visit, shell: ForUser, by: ByBuddy, app_state: InAppState) -> Response:
    """Show where the stop can be moved to, and how the travel time changes."""
    return _page(shell, by, app_state, (week, visit))


def _page(
    shell: Shell,
    by: OwnBuddy,
    app_state: InAppState,
    asked: tuple[str, str],
    wrong: str = "",
    status: int = 200,
) -> Response:
    week, visit = asked
    with app_state.service.store.reading() as c:
        stop = week_view(c, app_state, by, week).stop(visit)
    found, why = _slots(by, app_state, week, stop)
    shown = {
        "week": week,
        "stop": stop,
        "path": path_of_stop(week, visit),
        "slots": found,
        "why": why,
        "wrong": wrong,
        "was": aware(stop.day, stop.times[1]).isoformat() if stop.times else "",
    }
    return shell.page("move", shown, status)


def _slots(
    by: OwnBuddy, app_state: InAppState, week: str, stop: StopView
) -> tuple[list[slots.SlotAnswer], str]:
    """Return the slots that `GET /api/v1/slots` offers, or the key of the reason why there are none."""
    try:
        offered = slots.slots_of(by, by.programme, app_state, stop.place, week, visit=stop.visit)
    except NotAnswered:
        raise
    except BuddyplanError:  # over, fixed, or a colleague's company
        return [], "move_over"
    return offered.slots, "" if offered.slots else "move_none"


@router.post(OF_STOP, dependencies=[OwnForm])
def move(
    week: Week,
    visit: Visit,
    shell: ForUser,
    by: ByBuddy,
    app_state: InAppState,
    day: Annotated[date, Form()],
    first: Annotated[time, Form()],
    last: Annotated[time, Form()],
    was: Annotated[AwareDatetime | None, Form()] = None,
) -> Response:
    """Submit the move, as `POST /api/v1/me/weeks/{week}/moves` does."""
    from_min, to_min = first.hour * 60 + first.minute, last.hour * 60 + last.minute
    if from_min > to_min:
        return _page(shell, by, app_state, (week, visit), shell.speaker.t("move_order"), 422)
    asked = moves.MoveRequest(visit=visit, day=day, from_min=from_min, to_min=to_min, was=was)
    try:
        job = moves.move_visit(week, by, app_state, asked, Response()).job
    except Conflict:
        return _page(shell, by, app_state, (week, visit), shell.speaker.t("move_conflict"), 409)
    return onward(f"/me/moves/{job}?week={week}&visit={quote(visit, safe='')}")


@router.get("/moves/{job}")
def show_move(
    job: Annotated[str, Path(max_length=80)],
    week: str,
    visit: str,
    shell: ForUser,
    by: ByBuddy,
    app_state: InAppState,
) -> Response:
    """Show the progress of a move that the signed-in user submitted."""
    with app_state.service.store.reading() as c:
        found = job_of(c, job)
        if found.by_user != by.user:
            raise NotThere(message("no_move"))
        state = _state(c, found)
    shown = {"state": state, "path": path_of_stop(week, visit), "week": week}
    return shell.page("moving", shown)


def _state(c: Connection, job: StoredJob) -> str:
    """Return the text key of a move's result."""
    if job.state in UNDER_WAY:
        return "moving_running"
    if job.state is not JobState.DONE:
        return "moving_failed"
    settled = plan_of(c, job.result).state is not PlanState.DRAFT
    return "moving_done" if settled else "moving_draft"
