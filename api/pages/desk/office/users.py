"""Users: their roles, entering a user, a new password, disabling a user, and everybody's keys."""

from collections.abc import Callable
from typing import Any

from nicegui import ui

from api.http.accounts.users import UserAnswer, UserChange, UserRequest
from api.pages.desk.frame.elements import (
    Choice,
    Field,
    Handler,
    button,
    clicks,
    data,
    focus,
    heading,
    html,
    part,
    row_button,
    table,
)
from api.pages.desk.frame.page import Desk
from api.pages.desk.frame.who_is_who import People, people_of
from api.pages.desk.office.keys import list_keys
from data.store.people.users import Role

PATH, TITLE = "/users", "desk_users"
ROLES = ("buddy", "coordinator", "planner", "viewer")


async def show(desk: Desk) -> None:
    """Show the form for a new user, and all users."""
    people = await people_of(desk) if desk.programmes else People({}, {})
    form, edited, listed = part("section", classes="card"), part("section"), part("section")
    keys = part("section")

    async def again() -> None:
        await _list(desk, people, listed, edited, again)
        # A new password, or a user shut out, ends keys too.
        await list_keys(desk, keys)

    _form(desk, people, form, again)
    await again()


def _form(desk: Desk, people: People, place: ui.element, done: Handler) -> None:
    say = desk.say
    place.clear()
    with place:
        heading(say.t("desk_user_new"))
        with part("div", classes="fields"):
            login = Field(say.t("desk_login"), maxlength="200")
            role = Choice(say.t("desk_role"), [(each, say.t(f"role_{each}")) for each in ROLES], "buddy")
            who = Choice(say.t("desk_user_buddy"), [("", "–"), *people.by_name()])
            password = Field(say.t("desk_password"), type="password", autocomplete="new-password")
        part("p", say.t("desk_user_text"), "muted")

        async def enter() -> None:
            asked = UserRequest(
                login=login.value,
                role=Role(role.value),
                programme=desk.api.programme,
                buddy=who.value if role.value == Role.BUDDY else "",
                password=password.value,
            )
            await desk.api.post(UserAnswer, "/users", asked)
            _form(desk, people, place, done)
            await done()
            desk.tell(say.t("desk_user_done", login=login.value))

        button(say.t("desk_user_enter"), desk.act(enter), "primary")


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

    with place, part("div", classes="card"):
        title = heading(say.t("desk_user_change_of", login=user.login))
        password = Field(say.t("desk_password_new"), type="password", autocomplete="new-password")
        with part("div", classes="links"):
            button(
                say.t("desk_password_set"),
                changing(lambda: UserChange(password=password.value), "desk_password_done"),
                "primary",
            )
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
