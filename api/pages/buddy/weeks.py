"""Today and the week, on a phone and on paper."""

from datetime import timedelta

from fastapi.responses import Response
from sqlalchemy import Connection

from api.http.frame.auth import ByBuddy, Personal
from api.http.frame.schemas import Week
from api.http.frame.state import AppState, InAppState
from api.pages.buddy.view import DayView, WeekView, today, week_view
from api.pages.frame.error_pages import pages
from api.pages.frame.shell import ForUser, onward
from api.words.reasons import reason_words
from data.access import OwnBuddy
from data.base.dates import days_of, iso_week

router = pages(prefix="/me")


@router.get("/today", dependencies=[Personal])
def show_today(shell: ForUser, by: ByBuddy, app_state: InAppState) -> Response:
    """Show today's stops or, if there are none, the next day with stops."""
    day = today()
    with app_state.service.store.reading() as c:
        week = week_view(c, app_state, by, iso_week(day))
        shown = week.day(day)
        after = None if shown.stops else _next_day(c, app_state, by, week)
    return shell.page("today", {"week": week, "day": shown, "after": after, "today": day})


def _next_day(c: Connection, app_state: AppState, by: OwnBuddy, week: WeekView) -> DayView | None:
    """Return the first day after today with stops, in this week or the next."""
    coming = week_view(c, app_state, by, iso_week(days_of(week.week)[0] + timedelta(weeks=1)))
    later = (each for each in (*week.days, *coming.days) if each.day > today())
    return next((each for each in later if each.stops), None)


@router.get("/week")
async def go_to_week(by: ByBuddy) -> Response:
    """Redirect to the current week."""
    return onward(f"/me/weeks/{iso_week(today())}")


@router.get("/weeks/{week}", dependencies=[Personal])
def show_week(week: Week, shell: ForUser, by: ByBuddy, app_state: InAppState) -> Response:
    """Show a week with all its days, calls, and visits that did not fit."""
    days = days_of(week)
    with app_state.service.store.reading() as c:
        shown = week_view(c, app_state, by, week)
    left_out = []
    if shown.own:
        name = shown.own.names.name
        left_out = [
            (name(left.at), reason_words(left.reason, name, shell.speaker.language))
            for left in shown.own.week.unplanned
        ]
    around = {
        "week": shown,
        "left_out": left_out,
        "today": today(),
        "period": (days[0], days[-1]),
        "before": iso_week(days[0] - timedelta(weeks=1)),
        "after": iso_week(days[0] + timedelta(weeks=1)),
    }
    return shell.page("week", around)
