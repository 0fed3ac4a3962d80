"""Whom to invite: buddies of the register who are no users yet, and others by their login."""

from collections.abc import Sequence

from nicegui import ui

from api.http.accounts.users import UserAnswer, UserRequest
from api.http.invitations.answers import BuddyToInvite, InvitationMade, InvitationRequest, Invited
from api.http.programme.hosts import HostAnswer
from api.pages.desk.frame.checkboxes import Ticks
from api.pages.desk.frame.elements import (
    Choice,
    Field,
    Handler,
    button,
    data,
    heading,
    hear,
    html,
    part,
    table,
)
from api.pages.desk.frame.page import Desk
from api.pages.desk.office.told_once import tell_once
from data.store.people.users import Role

OTHERS = (Role.COORDINATOR, Role.PLANNER, Role.VIEWER)
TYPED = """e => { const field = e.target.closest("input[data-login]");
  if (field) emit({id: field.dataset.login, login: field.value}); }"""


async def buddies_to_invite(desk: Desk, place: ui.element, told: ui.element, done: Handler) -> None:
    """Show the buddies who are no users yet, to be invited together."""
    say, found = desk.say, await desk.api.get(list[BuddyToInvite], "/invitations/buddies")
    logins, ticks = {each.buddy: each.login for each in found}, Ticks()
    place.clear()
    with place:
        heading(say.t("desk_invite_buddies"))
        if not found:
            part("p", say.t("desk_invite_nobody"), "empty")
            return
        part("p", say.t("desk_invite_buddies_text"), "muted")
        titles = [say.t(key) for key in ("desk_invite", "desk_buddy", "desk_host", "desk_login")]
        shown = html(table(say.t("desk_invite_buddies"), titles, [_row(desk, each, ticks) for each in found]))
        ticks.listen(shown)

        async def typed(given: dict[str, str]) -> None:
            logins[given["id"]] = given["login"]

        hear(shown, "change", typed, TYPED)

        def people(chosen: Sequence[str]) -> list[Invited]:
            programme = desk.api.programme
            return [Invited(login=logins[each], programme=programme, buddy=each) for each in chosen]

        async def chosen() -> None:
            await _invite(desk, told, people(ticks.chosen), done)

        async def everybody() -> None:
            await _invite(desk, told, people([each.buddy for each in found]), done)

        with part("div", classes="links"):
            button(say.t("desk_invite_chosen"), desk.act(chosen), "primary")
            button(say.t("desk_invite_all", count=len(found)), desk.act(everybody))


def _row(desk: Desk, buddy: BuddyToInvite, ticks: Ticks) -> tuple[str, ...]:
    says = desk.say.t("desk_login_of", name=buddy.name)
    login = (
        f'<input data-login="{data(buddy.buddy)}" value="{data(buddy.login)}" maxlength="200" '
        f'autocomplete="off" autocapitalize="none" spellcheck="false" aria-label="{data(says)}">'
    )
    tick = ticks.cell(buddy.buddy, desk.say.t("desk_invite_of", name=buddy.name))
    return (tick, data(buddy.name), data(buddy.host or "–"), login)


async def others_to_invite(desk: Desk, place: ui.element, told: ui.element, done: Handler) -> None:
    """Show the form for people who are no buddies."""
    say = desk.say
    hosts = await desk.api.get(list[HostAnswer], "/hosts") if desk.programmes else []
    place.clear()
    with place:
        heading(say.t("desk_invite_other"))
        with part("div", classes="fields"):
            login = Field(say.t("desk_login"), maxlength="200")
            role = Choice(say.t("desk_role"), [(each.value, say.t(f"role_{each}")) for each in OTHERS])
            host = Choice(
                say.t("desk_invite_host"),
                [("", say.t("desk_invite_all_hosts")), *((each.id, each.name) for each in hosts)],
            )

        def asked() -> dict[str, str]:
            of_host = host.value if role.value == Role.COORDINATOR else ""
            return {
                "login": login.value,
                "role": role.value,
                "programme": desk.api.programme,
                "host": of_host,
            }

        async def invite() -> None:
            await _invite(desk, told, [Invited.model_validate(asked())], done)

        async def enter() -> None:
            entered = await desk.api.post(UserAnswer, "/users", UserRequest.model_validate(asked()))
            await done()
            desk.tell(say.t("desk_user_done", login=entered.login))

        with part("div", classes="links"):
            button(say.t("desk_invite"), desk.act(invite), "primary")
            if desk.has_provider:
                button(say.t("desk_enter_only"), desk.act(enter))


async def _invite(desk: Desk, told: ui.element, people: list[Invited], done: Handler) -> None:
    made = await desk.api.post(list[InvitationMade], "/invitations", InvitationRequest(people=people))
    await done()
    tell_once(desk, told, made)
