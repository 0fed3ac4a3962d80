"""Why a company has its buddy or none; the smallest change is a button, with its price before it."""

import json
from collections.abc import Awaitable, Callable
from typing import Any

from nicegui import ui

from api.explanation_words import price_words
from api.pages.desk.frame import Desk
from api.pages.desk.parts import Choice, button, focus, heading, part
from api.pages.desk.people import People
from data.explanation import Amount

Done = Callable[[], Awaitable[None]]


async def show_why(
    desk: Desk, people: People, place: ui.element, matching: str, company: str, pinned: Done
) -> None:
    """Fill a place with the answer; `pinned` is called when a pin or ban was entered."""
    say = desk.say
    place.clear()
    with place:
        title = heading(people.name(company), 3)
        waiting = part("p", say.t("desk_why_solving"), "muted")
    focus(title)
    found = await desk.api.get(f"/matchings/{matching}/companies/{company}")
    if place.is_deleted:
        return
    waiting.delete()
    with place:
        lines = found["sentences"]["en" if say.english else "de"]
        for line in lines:
            part("p", line.strip())
        if not lines:
            part("p", say.t("desk_why_figures_only"), "muted")
        for answer in found["answers"]:
            _acts(desk, people, answer, pinned)


def _acts(desk: Desk, people: People, answer: dict[str, Any], pinned: Done) -> None:
    company, buddy = answer["company"], answer.get("buddy", "")
    say = desk.say
    if buddy:
        _offer(desk, "pin", buddy, company, say.t("desk_pin_this", name=people.name(buddy)), "", pinned)
        other = answer["runner_up"]
        if other:
            price = _price(desk, people, other["resolved"])
            text = say.t("desk_pin_other", name=people.name(other["buddy"]))
            _offer(desk, "pin", other["buddy"], company, text, price, pinned)
            text = say.t("desk_ban_this", name=people.name(buddy))
            _offer(desk, "ban", buddy, company, text, price, pinned)
        else:
            text = say.t("desk_ban_this", name=people.name(buddy))
            _offer(desk, "ban", buddy, company, text, say.t("desk_ban_nobody"), pinned)
    for remedy in answer.get("remedies", ()):
        for change in remedy["changes"]:
            price = _price(desk, people, remedy["resolved"])
            if change["kind"] == "pin":
                text = say.t("desk_pin_other", name=people.name(change["who"]))
                _offer(desk, "pin", change["who"], company, text, price, pinned)
            elif change["kind"] == "unban":
                _unban(desk, people, change, price, pinned)
    _any_pair(desk, people, company, pinned)


def _price(desk: Desk, people: People, resolved: dict[str, Any]) -> str:
    say = desk.say
    amounts = [Amount.model_validate_json(json.dumps(each)) for each in resolved["price"]]
    told = say.t("desk_price", price=price_words(amounts, say.language))
    for key in ("displaced", "gained"):
        if resolved[key]:
            told += " " + say.t(f"desk_{key}", names=", ".join(people.name(each) for each in resolved[key]))
    return told


def _offer(desk: Desk, kind: str, buddy: str, company: str, text: str, price: str, done: Done) -> None:
    async def enter() -> None:
        await desk.api.post("/pins", {"kind": kind, "buddy": buddy, "company": company})
        desk.tell(desk.say.t(f"desk_{kind}_entered"))
        await done()

    with part("div", classes="offer"):
        if price:
            part("p", price, "muted")
        button(text, desk.act(enter), "small")


def _unban(desk: Desk, people: People, change: dict[str, Any], price: str, done: Done) -> None:
    """Take a ban back that was entered here; one from the files is changed in the files."""

    async def remove() -> None:
        for rule in await desk.api.every("/pins"):
            if (rule["kind"], rule["buddy"], rule["company"]) == ("ban", change["who"], change["before"]):
                await desk.api.change("DELETE", f"/pins/{rule['id']}")
                desk.tell(desk.say.t("desk_pin_removed"))
                await done()
                return
        desk.tell(desk.say.t("desk_ban_in_files"), wrong=True)

    with part("div", classes="offer"):
        part("p", price, "muted")
        button(desk.say.t("desk_unban", name=people.name(change["who"])), desk.act(remove), "small")


def _any_pair(desk: Desk, people: People, company: str, done: Done) -> None:
    say = desk.say
    with part("details"):
        part("summary", say.t("desk_pair_other"))
        part("p", say.t("desk_pair_other_text"), "muted")
        who = Choice(say.t("desk_buddy"), people.by_name())

        def act(kind: str) -> Callable[[], Awaitable[None]]:
            async def enter() -> None:
                await desk.api.post("/pins", {"kind": kind, "buddy": who.value, "company": company})
                desk.tell(say.t(f"desk_{kind}_entered"))
                await done()

            return enter

        with part("div", classes="links"):
            button(say.t("desk_pin"), desk.act(act("pin")), "small")
            button(say.t("desk_ban"), desk.act(act("ban")), "small")
