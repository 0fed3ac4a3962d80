"""One stop: where, when, who, and what happened there."""

from dataclasses import dataclass
from typing import Annotated
from urllib.parse import quote

from fastapi import Form, Path
from fastapi.responses import Response
from sqlalchemy import Connection

from api.http.frame.auth import ByBuddy, Personal
from api.http.frame.schemas import Week
from api.http.frame.state import AppState, InAppState
from api.http.programme import contacts
from api.pages.buddy.view import StopView, today, week_view
from api.pages.frame.error_pages import pages
from api.pages.frame.forms import OwnForm
from api.pages.frame.shell import ForUser, onward
from data.access import OwnBuddy
from data.model.problem import Point
from data.model.vocabulary import CareMode, Outcome
from data.register.contacts import QUARTER_MIN, quarter_hours

router = pages(prefix="/me/weeks/{week}/stops/{visit}")
Visit = Annotated[str, Path(max_length=160)]
LONGEST_MIN = 240
"""The longest duration offered, unless the plan has a longer one."""


@dataclass(frozen=True)
class MapLink:
    """A text key and a URL; nothing is requested from it before somebody follows it."""

    key: str
    address: str


def path_of_stop(week: str, visit: str) -> str:
    """Return the path of a stop's page."""
    return f"/me/weeks/{week}/stops/{quote(visit, safe='')}"


@router.get("", dependencies=[Personal])
def show_stop(
    week: Week, visit: Visit, shell: ForUser, by: ByBuddy, app_state: InAppState, note: str = ""
) -> Response:
    """Show a stop of your own week; other buddies' stops are not found."""
    with app_state.service.store.reading() as c:
        stop = week_view(c, app_state, by, week).stop(visit)
        point = _point(c, app_state, by, stop)
    planned = quarter_hours(stop.end - stop.start)
    shown = {
        "week": week,
        "stop": stop,
        "path": path_of_stop(week, visit),
        "maps": _maps(stop, point),
        "begun": stop.day <= today() or stop.times is None,
        "movable": stop.mode is CareMode.VISIT
        and stop.day >= today()
        and stop.place in _companies(app_state, by),
        "planned": planned,
        "durations": range(QUARTER_MIN, max(LONGEST_MIN, planned) + 1, QUARTER_MIN),
        "reported": note == "reported",
    }
    return shell.page("stop", shown)


@router.post("/report", dependencies=[OwnForm])
def report(
    week: Week,
    visit: Visit,
    by: ByBuddy,
    app_state: InAppState,
    outcome: Annotated[Outcome, Form()],
    minutes: Annotated[int, Form(ge=0, le=600)] = 0,
    specialists_met: Annotated[int, Form(ge=0, le=1000)] = 0,
) -> Response:
    """Store what happened at a stop, like `POST /api/v1/contacts`; coordinators see what disrupts a plan."""
    with app_state.service.store.reading() as c:
        stop = week_view(c, app_state, by, week).stop(visit)
    told = contacts.ContactRequest(
        visit=visit, date=stop.day, outcome=outcome, minutes=minutes, specialists_met=specialists_met
    )
    contacts.log_contact(by, app_state, told)
    return onward(f"{path_of_stop(week, visit)}?note=reported")


def _companies(app_state: AppState, by: OwnBuddy) -> frozenset[str]:
    with app_state.service.store.reading() as c:
        return frozenset(app_state.latest(c, by.programme).company)


def _point(c: Connection, app_state: AppState, by: OwnBuddy, stop: StopView) -> Point | None:
    """Return the position of a company or place in the register, like its address."""
    problem = app_state.latest(c, by.programme)
    found = problem.company.get(stop.place) or problem.place.get(stop.place)
    return found.point if found else None


def _maps(stop: StopView, point: Point | None) -> list[MapLink]:
    """Return links to maps: by coordinates if known, else by the address."""
    if point is None and not stop.address:
        return []
    spot = f"{point.lat:.5f},{point.lon:.5f}" if point else ""
    address = quote(stop.address or spot, safe="")
    osm = (
        f"?mlat={point.lat:.5f}&mlon={point.lon:.5f}#map=17/{point.lat:.5f}/{point.lon:.5f}" if point else ""
    )
    return [
        MapLink("stop_map_app", f"geo:{spot}?q={address}" if spot else f"geo:0,0?q={address}"),
        MapLink("stop_map_osm", f"https://www.openstreetmap.org/{osm or f'search?query={address}'}"),
        MapLink(
            "stop_map_google",
            f"https://www.google.com/maps/dir/?api=1&destination={quote(spot, safe='') or address}",
        ),
    ]
