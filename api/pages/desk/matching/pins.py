"""Pins and bans that were entered here, each with a button to remove it."""

from collections.abc import Awaitable, Callable

from api.http.register.pins import PinAnswer
from api.pages.desk.frame.elements import clicks, data, heading, html, part, row_button, table
from api.pages.desk.frame.page import Desk
from api.pages.desk.frame.who_is_who import People


def show_pins(
    desk: Desk, people: People, pins: list[PinAnswer], changed: Callable[[], Awaitable[None]]
) -> None:
    """List pins and bans; `changed` is called when one was removed."""
    say = desk.say
    heading(say.t("desk_pins"))
    if not pins:
        part("p", say.t("desk_pins_none"), "muted")
        return
    part("p", say.t("desk_pins_text"))
    rows = [
        (
            data(say.t(f"desk_kind_{pin.kind}")),
            data(people.name(pin.company)),
            data(people.name(pin.buddy)),
            row_button(
                say.t("desk_pin_remove"), "remove", pin.id,
                say.t("desk_pin_remove_of", name=people.name(pin.company)), "small",
            ),
        )
        for pin in pins
    ]  # fmt: skip
    titles = [say.t(key) for key in ("desk_kind", "desk_company", "desk_buddy", "desk_act")]

    async def remove(given: dict[str, str]) -> None:
        await desk.api.change("DELETE", f"/pins/{given['id']}")
        await changed()
        desk.tell(say.t("desk_pin_removed"))

    clicks(html(table(say.t("desk_pins"), titles, rows)), desk.act(remove))
