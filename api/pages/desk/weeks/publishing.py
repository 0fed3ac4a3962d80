"""Shows who is affected before publishing; the same for a new plan and for a replan."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import date

from nicegui import ui

from api.http.planning.drafts import RebaseAccepted, VisitLeftOut
from api.http.planning.plans import PlanListed
from api.pages.desk.frame.elements import button, data, focus, heading, html, part, table
from api.pages.desk.frame.job_progress import follow
from api.pages.desk.frame.page import Desk
from api.pages.desk.frame.who_is_who import People
from api.published.affected import Affected, Follows, Meeting, VisitChange

MOST_SHOWN = 300
Changes = list[VisitChange]
Done = Callable[[str, Changes], Awaitable[None]]
"""Called with the plan that was published, and the changes in it that break a promise."""


async def show_affected(desk: Desk, people: People, place: ui.element, plan: str, done: Done) -> None:
    """Show what a draft changes compared with the plan in force, with the button that publishes it.

    Of a draft whose base is in force no longer it shows what others did since, and the way to rebase it.
    """
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
        changing = [each for each in found.adopts if each.before]
        if found.adopts:
            new = say.number(len(found.adopts) - len(changing))
            part("p", say.t("desk_publish_adopts", count=len(changing), new=new), "notice")
        if changing:
            html(_following(desk, people, changing[:MOST_SHOWN]))
        if not found.base_in_force:
            part("p", say.t("desk_other_base"), "wrong")
            if found.published_since:
                html(_changes(desk, people, sorted(found.published_since, key=_order)[:MOST_SHOWN]))
        if not desk.decides:
            part("p", say.t("desk_of_all_hosts"), "muted")
            return
        if not found.base_in_force:
            button(say.t("desk_rebase"), desk.act(_rebasing(desk, people, place, plan, done)), "primary")
            focus(title)
            return

        async def publish() -> None:
            await desk.api.post(PlanListed, f"/plans/{plan}/publish", if_match=tag)
            await done(plan, broken)
            desk.tell(say.t("desk_publish_done"))

        button(say.t("desk_publish"), desk.act(publish), "primary")
    focus(title)


def _rebasing(
    desk: Desk, people: People, place: ui.element, plan: str, done: Done
) -> Callable[[], Awaitable[None]]:
    """Return what brings a draft up to date: a job makes another one, which is shown in its place."""

    async def rebase() -> None:
        taken = await desk.api.post(RebaseAccepted, f"/plans/{plan}/rebase")

        async def made(draft: str) -> None:
            await show_affected(desk, people, place, draft, done)
            count = len(taken.left_out)
            desk.tell(desk.say.t("desk_rebase_left_out" if count else "desk_rebase_done", count=count))

        await follow(desk, place, taken.job, made)

    return rebase


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


def show_left_out(desk: Desk, people: People, place: ui.element, left_out: Sequence[VisitLeftOut]) -> None:
    """List the visits that an earlier plan does not bring back, as the company has another buddy now."""
    say = desk.say
    place.clear()
    if not left_out:
        return
    with place, part("div", classes="card"):
        heading(say.t("desk_left_out", count=len(left_out)))
        part("p", say.t("desk_left_out_text"))
        rows = [
            (data(people.name(each.company)), data(say.day(each.day)), data(people.name(each.buddy)))
            for each in left_out
        ]
        titles = [say.t(key) for key in ("desk_company", "desk_before", "desk_buddy")]
        html(table(say.t("desk_left_out", count=len(left_out)), titles, rows))


def _following(desk: Desk, people: People, changing: Sequence[Follows]) -> str:
    say = desk.say
    rows = [
        (
            data(people.name(each.company)),
            data(people.name(each.before or "")),
            data(people.name(each.after) if each.after else say.t("desk_adoption_nobody")),
        )
        for each in changing
    ]
    titles = [say.t(f"desk_adoption_of_{key}") for key in ("company", "before", "after")]
    return table(say.t("desk_adoption_changes"), titles, rows)


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
