"""Who is affected comes first, then publishing: the same for a new plan and for one that was made anew."""

from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any

from nicegui import ui

from api.pages.desk.frame import Desk
from api.pages.desk.parts import button, data, focus, heading, html, part, table
from api.pages.desk.people import People

MOST_SHOWN = 300


async def show_affected(
    desk: Desk, people: People, place: ui.element, plan: str, done: Callable[[], Awaitable[None]]
) -> None:
    """Show what a draft changes against what is in force, with the button that publishes it."""
    say = desk.say
    found, tag = await desk.api.tagged(f"/plans/{plan}/affected")
    place.clear()
    with place, part("div", classes="card"):
        title = heading(say.t("desk_affected"))
        broken = [each for each in found["changes"] if each["breaks_promise"]]
        counts = {
            "buddies": say.number(len(found["buddies"])),
            "places": say.number(len(found["places"])),
            "changes": say.number(len(found["changes"])),
            "unchanged": say.number(found["unchanged"]),
        }
        part("p", say.t("desk_affected_text", **counts))
        part(
            "p",
            say.t("desk_broken" if broken else "desk_broken_none", count=say.number(len(broken))),
            "wrong" if broken else "notice",
        )
        if found["changes"]:
            html(_changes(desk, people, sorted(found["changes"], key=_order)[:MOST_SHOWN]))
            if len(found["changes"]) > MOST_SHOWN:
                more = say.number(len(found["changes"]) - MOST_SHOWN)
                part("p", say.t("desk_more_changes", count=more), "muted")
        if not desk.decides:
            part("p", say.t("desk_of_all_hosts"), "muted")
            return

        async def publish() -> None:
            await desk.api.post(f"/plans/{plan}/publish", if_match=tag)
            await done()
            desk.tell(say.t("desk_publish_done"))

        button(say.t("desk_publish"), desk.act(publish), "primary")
    focus(title)


def _order(change: dict[str, Any]) -> tuple[bool, str, str]:
    met = change["after"] or change["before"] or {}
    return not change["breaks_promise"], met.get("day", ""), change["visit"]


def _changes(desk: Desk, people: People, changes: list[dict[str, Any]]) -> str:
    say = desk.say
    rows = []
    for change in changes:
        effect = say.t(f"desk_effect_{change['effect']}")
        warning = (
            f' <strong class="broken">{data(say.t("desk_breaks"))}</strong>'
            if change["breaks_promise"]
            else ""
        )
        before, after = (_meeting(desk, people, change[side]) for side in ("before", "after"))
        rows.append((data(people.name(change["place"])), data(effect) + warning, before, after))
    titles = [say.t(key) for key in ("desk_company", "desk_effect", "desk_before", "desk_after")]
    return table(say.t("desk_affected"), titles, rows)


def _meeting(desk: Desk, people: People, met: dict[str, Any] | None) -> str:
    if not met:
        return "–"
    say = desk.say
    day = say.day(date.fromisoformat(met["day"]))
    return data(f"{day}, {say.time(met['start_min'])} · {people.name(met['buddy'])}")
