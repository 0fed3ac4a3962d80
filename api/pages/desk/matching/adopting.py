"""Adopting the matching that is shown: who changes first, then it is in force."""

from datetime import date

from nicegui import ui

from api.http.planning.adoption import AdoptionMade, AdoptionShown
from api.http.planning.matchings import MatchingListed
from api.pages.desk.frame.elements import Field, button, data, heading, html, link, part, table
from api.pages.desk.frame.page import Desk
from api.pages.desk.frame.who_is_who import People
from data.store.work.matchings import MatchingState

MOST_SHOWN = 200


async def show_adoption(desk: Desk, people: People, listed: MatchingListed) -> None:
    """Show whether a matching is in force; if not, who would change, with the button that adopts it."""
    say = desk.say
    with part("section", classes="card adoption"):
        heading(say.t("desk_adoption"))
        part("p", say.t(f"desk_matching_is_{listed.state}"), "muted")
        if listed.state is MatchingState.ADOPTED or not desk.decides:
            return
        place = part("div").props('aria-live="polite"')
        await _propose(desk, people, listed, place, None)


async def _propose(
    desk: Desk, people: People, listed: MatchingListed, place: ui.element, day: date | None
) -> None:
    say, path = desk.say, f"/matchings/{listed.id}/adoption"
    shown, tag = await desk.api.tagged(AdoptionShown, f"{path}?day={day.isoformat()}" if day else path)
    place.clear()
    with place:
        gone = [each for each in shown.successions if each.before]
        new = [each for each in shown.successions if not each.before]
        counts = {
            "changed": say.number(len(gone)),
            "new": say.number(len(new)),
            "kept": say.number(shown.kept),
        }
        part("p", say.t("desk_adoption_text", **counts))
        if gone:
            html(_table(desk, people, shown))
        if shown.visits:
            part("p", say.t("desk_adoption_visits", count=len(shown.visits)))
            html(_visits(desk, people, shown))

        async def again() -> None:
            await _propose(desk, people, listed, place, date.fromisoformat(chosen.value))

        async def adopt() -> None:
            day = shown.day.isoformat()
            made = await desk.api.post(AdoptionMade, f"/matchings/{listed.id}/adopt", if_match=tag, day=day)
            place.clear()
            with place:
                part("p", say.t("desk_adoption_done", day=say.day(made.day)), "notice")
                if made.jobs:
                    part("p", say.t("desk_adoption_replans"))
                    link(say.t("desk_weeks"), "/desk/weeks", "button")
            desk.tell(say.t("desk_adoption_done", day=say.day(made.day)))

        with part("div", classes="row"):
            chosen = Field(say.t("desk_adoption_from"), shown.day.isoformat(), desk.act(again), type="date")
            button(say.t("desk_adoption_do"), desk.act(adopt), "primary")


def _table(desk: Desk, people: People, shown: AdoptionShown) -> str:
    say = desk.say
    gone = [each for each in shown.successions if each.before][:MOST_SHOWN]
    return table(
        say.t("desk_adoption_changes"),
        [say.t(f"desk_adoption_of_{key}") for key in ("company", "before", "since", "after")],
        [
            (
                data(people.name(each.company)),
                data(people.name(each.before)),
                data(say.day(each.since) if each.since else "–"),
                data(people.name(each.after) if each.after else say.t("desk_adoption_nobody")),
            )
            for each in gone
        ],
    )


def _visits(desk: Desk, people: People, shown: AdoptionShown) -> str:
    say = desk.say
    return table(
        say.t("desk_adoption_visits", count=len(shown.visits)),
        [say.t(key) for key in ("desk_company", "desk_before", "desk_after")],
        [
            (
                data(people.name(each.company)),
                data(f"{say.day(each.day)}, {say.time(each.start_min)} · {people.name(each.buddy)}"),
                data(people.name(each.after) if each.after else say.t("desk_adoption_nobody")),
            )
            for each in shown.visits[:MOST_SHOWN]
        ],
    )
