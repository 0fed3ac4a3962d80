"""Messages: what buddies reported, a replan for it, what the replan changes, and accepting it."""

from nicegui import ui

from api.http.frame.job_answers import JobAccepted
from api.http.planning.disruptions import ReportedDisruptionAnswer
from api.http.planning.plans import ReplanRequest
from api.http.programme.contacts import ContactAnswer
from api.http.programme.requests import RequestAnswer, RequestChange
from api.pages.desk.frame.elements import button, clicks, data, heading, html, part, row_button, table
from api.pages.desk.frame.job_progress import follow
from api.pages.desk.frame.page import Desk, without_programme
from api.pages.desk.frame.who_is_who import People, people_of
from api.pages.desk.weeks.publishing import Changes, Done, show_affected, show_whom_to_tell
from data.base.dates import iso_week, minute_of
from data.model.vocabulary import Outcome, RequestState
from data.results.replanning import Cancelled, Missed
from data.store.tables.utc import now

PATH, TITLE = "/messages", "desk_messages"
Disruptions = list[Cancelled | Missed]


async def show(desk: Desk) -> None:
    """Show reports that need a replan, requests that are due, and what happened at this week's visits."""
    if without_programme(desk):
        return
    people = await people_of(desk)
    to_tell, reported, requests, contacts = (part("section") for _ in range(4))
    await _reported(desk, people, reported, to_tell)
    await _requests(desk, people, requests)
    await _contacts(desk, people, contacts)


async def _reported(desk: Desk, people: People, place: ui.element, to_tell: ui.element) -> None:
    say = desk.say
    found = await desk.api.get(list[ReportedDisruptionAnswer], "/upsets")
    place.clear()
    with place:
        heading(say.t("desk_reported"))
        if not found:
            part("p", say.t("desk_reported_none"), "muted")
            return
        part("p", say.t("desk_reported_text"))
        rows = [
            (
                data(say.day(each.date)),
                data(people.name(each.company)),
                data(people.name(each.buddy)),
                data(say.t(f"desk_{each.outcome}")),
            )
            for each in found
        ]
        titles = [say.t(key) for key in ("desk_day", "desk_company", "desk_buddy", "desk_what")]
        html(table(say.t("desk_reported"), titles, rows))
    plans: dict[str, Disruptions] = {}
    for each in found:
        plans.setdefault(each.plan, []).append(each.disruption)

    # A company that cancelled needs no message.
    knows = {each.visit for each in found if each.outcome is Outcome.CANCELLED_COMPANY}

    async def published(_: str, broken: Changes) -> None:
        await _reported(desk, people, place, to_tell)
        show_whom_to_tell(desk, people, to_tell, [each for each in broken if each.visit not in knows])

    if desk.decides:
        with place:
            for plan, disruptions in plans.items():
                _propose(desk, people, plan, disruptions, published)


def _propose(
    desk: Desk, people: People, plan: str, disruptions: list[Cancelled | Missed], published: Done
) -> None:
    async def planned(draft: str) -> None:
        await show_affected(desk, people, outcome, draft, published)

    async def propose() -> None:
        asked = ReplanRequest(disruptions=[*disruptions])
        taken = await desk.api.post(JobAccepted, f"/plans/{plan}/replan", asked)
        await follow(desk, outcome, taken.job, planned)

    button(desk.say.t("desk_replan"), desk.act(propose), "primary")
    outcome = part("section")


async def _requests(desk: Desk, people: People, place: ui.element) -> None:
    say = desk.say
    found = await desk.api.every(RequestAnswer, "/requests", state="open")
    place.clear()
    with place:
        heading(say.t("desk_requests"))
        if not found:
            part("p", say.t("desk_requests_none"), "muted")
            return
        rows = [
            (
                data(people.name(each.company)),
                data(say.t(f"desk_request_{each.kind}")),
                data(say.day(each.due)),
                row_button(
                    say.t("desk_request_done"), "settle", each.id,
                    say.t("desk_request_done_of", name=people.name(each.company)), "small",
                ),
            )
            for each in found
        ]  # fmt: skip
        titles = [say.t(key) for key in ("desk_company", "desk_what", "desk_due", "desk_act")]

        async def settle(given: dict[str, str]) -> None:
            await desk.api.change("PATCH", f"/requests/{given['id']}", RequestChange(state=RequestState.DONE))
            await _requests(desk, people, place)

        clicks(html(table(say.t("desk_requests"), titles, rows)), desk.act(settle))


async def _contacts(desk: Desk, people: People, place: ui.element) -> None:
    say = desk.say
    week = iso_week(minute_of(now())[0])
    found = await desk.api.get(list[ContactAnswer], "/contacts", week=week)
    with place:
        heading(say.t("desk_contacts", week=week))
        if not found:
            part("p", say.t("desk_contacts_none"), "muted")
            return
        rows = [
            (
                data(say.day(each.date)),
                data(people.name(each.company)),
                data(people.name(each.buddy)),
                data(say.t(f"desk_{each.outcome}")),
                data(say.minutes(each.minutes) if each.minutes else "–"),
            )
            for each in found
        ]
        keys = ("desk_day", "desk_company", "desk_buddy", "desk_what", "desk_minutes")
        html(table(say.t("desk_contacts", week=week), [say.t(key) for key in keys], rows, figures=1))
