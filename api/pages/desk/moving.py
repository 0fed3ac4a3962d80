"""A visit of a published week is moved: every start that keeps all promises, its price, then a new plan."""

from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any

from nicegui import ui

from api.pages.desk.client import Refused
from api.pages.desk.frame import Desk
from api.pages.desk.parts import button, focus, heading, part
from api.pages.desk.people import People
from api.pages.desk.progress import follow
from api.pages.desk.publishing import show_affected

Redraw = Callable[[str], Awaitable[None]]


async def show_move(
    desk: Desk, people: People, place: ui.element, at: dict[str, str], redraw: Redraw
) -> None:
    """Offer where a visit could go; `at` names plan, week, buddy, visit and place."""
    say = desk.say
    place.clear()
    with place, part("div", classes="card"):
        title = heading(say.t("desk_move_title", name=people.name(at["place"])), 3)
        part("p", say.t("desk_move_text"), "muted")
        waiting = part("p", say.t("desk_loading"), "muted")
        offers = part("ul", classes="slots")
        button(say.t("desk_close"), place.clear)
    focus(title)
    try:
        # An appointment lies at a place that is no buddy's company.
        asked = {"at": at["place"], "week": at["week"], "buddy": at["buddy"], "visit": at["visit"]}
        found = await desk.api.get("/slots", **asked)
    except Refused:
        place.clear()
        raise
    if place.is_deleted or waiting.is_deleted:
        return
    waiting.delete()
    with offers:
        for slot in found["slots"]:
            _offer(desk, people, place, at, slot, redraw)
        if not found["slots"]:
            with part("li"):
                part("p", say.t("desk_move_none"), "muted pad")


def _offer(
    desk: Desk, people: People, place: ui.element, at: dict[str, str], slot: dict[str, Any], redraw: Redraw
) -> None:
    say = desk.say
    day = say.day(date.fromisoformat(slot["day"]))
    when = f"{day}, {say.times(slot['from_min'], slot['to_min'])}"
    added = slot["added_travel_min"]
    key = "desk_move_same" if not added else ("desk_move_more" if added > 0 else "desk_move_less")
    price = say.t(key, time=say.minutes(abs(added)))

    async def move() -> None:
        wish = {"kind": "moved", "visit": at["visit"], "date": slot["day"]}
        wish |= {"from_min": slot["from_min"], "to_min": slot["to_min"]}
        taken = await desk.api.post(f"/plans/{at['plan']}/replan", {"disruptions": [wish]})

        async def planned(draft: str) -> None:
            await show_affected(desk, people, place, draft, lambda: redraw(draft))

        await follow(desk, place, taken["job"], planned)

    with part("li"):
        part("span", when)
        part("span", price, "muted")
        if desk.decides:
            button(
                say.t("desk_move_here"),
                desk.act(move),
                "small",
                says=f"{say.t('desk_move_here')}: {when}, {price}",
            )
