"""Shows who is affected before publishing; the same for a new plan and for a replan."""

from collections.abc import Awaitable, Callable
from datetime import date

from nicegui import ui

from api.http.planning.plans import PlanListed
from api.pages.desk.frame.elements import button, data, focus, heading, html, part, table
from api.pages.desk.frame.page import Desk
from api.pages.desk.frame.who_is_who import People
from api.published.affected import Affected, Meeting, VisitChange

MOST_SHOWN = 300
Changes = list[VisitChange]
Done = Callable[[Changes], Awaitable[None]]
"""Called with the changes that break a promise, once they are published."""


async def show_affected(desk: Desk, people: People, place: ui.element, plan: str, done: Done) -> None:
    """Show what a draft changes compared with the plan in force, with the button that publishes it."""
    say = desk.say
    found, tag = await desk.api.tagged(Affected, f"/plans/{plan}/affected")
    place.clear()
    with place, part("div", classes="card"):
        title = heading(say.t("desk_affected"))
        broken = [each for each in found.changes if each.breaks_promise]
        counts = {
            "buddies": len(found.buddies),
            "places": len(found.places),
            "changes": len(found.changes),
            "unchanged": found.unchanged,
        }
        words = {name: say.t(f"count_{name}", count=count) for name, count in counts.items()}
        part("p", say.t("desk_affected_text", **words))
        part(
            "p",
            say.t("desk_broken" if broken else "desk_broken_none", count=say.number(len(broken))),
            "wrong" if broken else "notice",
        )
        for left in found.unplaced:
            why = people.reason(left.reason, say.language)
            part("p", say.t("desk_unplaced", name=people.name(left.at), why=why), "wrong")
        if found.changes:
            html(_changes(desk, people, sorted(found.changes, key=_order)[:MOST_SHOWN]))
            if len(found.changes) > MOST_SHOWN:
                more = say.number(len(found.changes) - MOST_SHOWN)
                part("p", say.t("desk_more_changes", count=more), "muted")
        if not desk.decides:
            part("p", say.t("desk_of_all_hosts"), "muted")
            return

        async def publish() -> None:
            await desk.api.post(PlanListed, f"/plans/{plan}/publish", if_match=tag)
            await done(broken)
            desk.tell(say.t("desk_publish_done"))

        button(say.t("desk_publish"), desk.act(publish), "primary")
    focus(title)


def show_whom_to_tell(desk: Desk, people: People, place: ui.element, broken: Changes) -> None:
    """List the companies whose promised time differs from that in the plan just published."""
    say = desk.say
    place.clear()
    if not broken:
        return
    with place, part("div", classes="card"):
        heading(say.t("desk_to_tell", count=say.number(len(broken))))
        part("p", say.t("desk_to_tell_text"))
        rows = [
            (
                data(people.name(each.place)),
                _meeting(desk, people, each.before),
                _meeting(desk, people, each.after) if each.after else data(say.t("desk_effect_dropped")),
            )
            for each in sorted(broken, key=_order)
        ]
        titles = [say.t(key) for key in ("desk_company", "desk_told", "desk_tell_now")]
        html(table(say.t("desk_to_tell_table"), titles, rows))
        button(say.t("desk_to_tell_done"), place.clear)


def _order(change: VisitChange) -> tuple[bool, date, str]:
    met = change.after or change.before
    return not change.breaks_promise, met.day if met else date.min, change.visit


def _changes(desk: Desk, people: People, changes: Changes) -> str:
    say = desk.say
    rows = []
    for change in changes:
        effect = data(say.t(f"desk_effect_{change.effect}"))
        if change.breaks_promise:
            effect += f' <strong class="broken">{data(say.t("desk_breaks"))}</strong>'
        before, after = (_meeting(desk, people, met) for met in (change.before, change.after))
        rows.append((data(people.name(change.place)), effect, before, after))
    titles = [say.t(key) for key in ("desk_company", "desk_effect", "desk_before", "desk_after")]
    return table(say.t("desk_affected"), titles, rows)


def _meeting(desk: Desk, people: People, met: Meeting | None) -> str:
    if not met:
        return "–"
    say = desk.say
    return data(f"{say.day(met.day)}, {say.time(met.start_min)} · {people.name(met.buddy)}")
