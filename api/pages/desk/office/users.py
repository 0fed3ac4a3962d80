"""Users: their roles, a link for a new password, disabling a user, and everybody's keys."""

from collections.abc import Callable
from typing import Any

from nicegui import ui

from api.http.accounts.users import UserAnswer, UserChange
from api.http.invitations.answers import InvitationMade, InvitationRequest
from api.pages.desk.frame.elements import (
    Handler,
    button,
    clicks,
    data,
    focus,
    heading,
    html,
    link,
    part,
    row_button,
    table,
)
from api.pages.desk.frame.page import Desk
from api.pages.desk.frame.who_is_who import People, people_of
from api.pages.desk.office.keys import list_keys
from api.pages.desk.office.told_once import tell_once

PATH, TITLE = "/users", "desk_users"


async def show(desk: Desk) -> None:
    """Show all users, and their keys."""
    people = await people_of(desk) if desk.programmes else People({}, {})
    part("p", desk.say.t("desk_users_text"))
    with part("p"):
        link(desk.say.t("desk_invitations"), f"/desk/invitations{desk.query}", "button primary")
    edited, listed, keys = part("section"), part("section"), part("section")

    async def again() -> None:
        await _list(desk, people, listed, edited, again)
        # Shutting a user out ends keys too.
        await list_keys(desk, keys)

    await again()


async def _list(desk: Desk, people: People, place: ui.element, edited: ui.element, done: Handler) -> None:
    say = desk.say
    users = {each.id: each for each in await desk.api.every(UserAnswer, "/users")}
    place.clear()
    with place:
        heading(say.t("desk_users_all"))
        rows = []
        for user in users.values():
            of = people.name(user.buddy) if user.buddy else user.host or "–"
            state = say.t("desk_user_active" if user.active else "desk_user_shut_out")
            acts = row_button(
                say.t("desk_user_change"),
                "edit",
                user.id,
                say.t("desk_user_change_of", login=user.login),
                "small",
            )
            rows.append((data(user.login), data(say.t(f"role_{user.role}")), data(of), data(state), acts))
        titles = [say.t(k) for k in ("desk_login", "desk_role", "desk_user_of", "desk_state", "desk_act")]

        async def edit(given: dict[str, str]) -> None:
            _edit(desk, edited, users[given["id"]], done)

        clicks(html(table(say.t("desk_users_all"), titles, rows)), desk.act(edit))


def _edit(desk: Desk, place: ui.element, user: UserAnswer, done: Handler) -> None:
    say = desk.say
    place.clear()

    def changing(change: Callable[[], UserChange], key: str) -> Any:
        async def act() -> None:
            await desk.api.change("PATCH", f"/users/{user.id}", change())
            place.clear()
            await done()
            desk.tell(say.t(key, login=user.login))

        return desk.act(act)

    async def reset_factor() -> None:
        await desk.api.ask("DELETE", f"/users/{user.id}/second-factor")
        place.clear()
        await done()
        desk.tell(say.t("desk_factor_reset_done", login=user.login))

    async def invite() -> None:
        asked = InvitationRequest(users=[user.id])
        tell_once(desk, place, await desk.api.post(list[InvitationMade], "/invitations", asked))

    with place, part("div", classes="card"):
        title = heading(say.t("desk_user_change_of", login=user.login))
        if user.subject is not None:
            part("p", say.t("desk_user_elsewhere"), "muted")
        with part("div", classes="links"):
            if user.active and user.subject is None:
                button(say.t("desk_user_invite"), desk.act(invite), "primary")
            key = "desk_user_shut" if user.active else "desk_user_open"
            button(
                say.t(key),
                changing(lambda: UserChange(active=not user.active), f"{key}_done"),
                "danger" if user.active else "",
            )
            if user.second_factor:
                button(say.t("desk_factor_reset"), desk.act(reset_factor), "danger")
            button(say.t("desk_close"), place.clear)
    focus(title)
