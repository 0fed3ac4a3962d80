"""The price of a pin or ban, found by solving again before it is entered."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from nicegui import ui

from api.http.planning.matchings import PairPriceAnswer
from api.http.register.pins import PinAnswer, PinRequest
from api.pages.desk.frame.client import Refused
from api.pages.desk.frame.elements import Choice, button, part, reveal
from api.pages.desk.frame.page import Desk
from api.pages.desk.frame.who_is_who import People
from api.words.pair_price import pair_price_words
from data.base.status import ReasonCode
from data.register.pair_rules import RuleKind


@dataclass(frozen=True)
class Asking:
    """The context of a question about pairs: the matching, its pairs, and what happens after a decision.

    `since` says whether pins or bans were entered after the matching, so that its prices ignore them;
    `match_again` starts the next matching.
    """

    desk: Desk
    people: People
    matching: str
    buddy_of: dict[str, str]
    decided: Callable[[], Awaitable[None]]
    since: Callable[[], bool]
    match_again: Callable[[], Awaitable[None]]


async def show_price(asking: Asking, place: ui.element, kind: RuleKind, buddy: str, company: str) -> None:
    """Show in a place what a pin or ban would do, and offer to enter it if it is possible."""
    say = asking.desk.say
    place.clear()
    with place:
        waiting = part("p", say.t("desk_why_solving"), "muted")
    path = f"/matchings/{asking.matching}/companies/{company}/buddies/{buddy}"
    try:
        found = await asking.desk.api.get(PairPriceAnswer, path, kind=kind)
    except Refused:
        place.clear()
        raise
    if place.is_deleted or waiting.is_deleted:
        return
    place.clear()
    price = found.price
    with place:
        if kind == "ban":
            part("p", say.t("desk_without", name=asking.people.name(buddy)), "muted")
        for line in pair_price_words(price, asking.people.name, say.language):
            part("p", line)
        if asking.since():
            part("p", say.t("desk_price_since"), "muted")
        if price.resolved:
            name = asking.people.name(buddy)
            offer_rule(asking, kind, buddy, company, say.t(f"desk_{kind}_other", name=name))
        elif price.refused and price.refused.code is ReasonCode.BAN:
            offer_unban(asking, buddy, company)
    reveal(place)


def offer_rule(asking: Asking, kind: RuleKind, buddy: str, company: str, text: str) -> None:
    """Offer to enter a pin or ban."""

    async def enter() -> None:
        await asking.desk.api.post(PinAnswer, "/pins", PinRequest(kind=kind, buddy=buddy, company=company))
        asking.desk.tell(asking.desk.say.t(f"desk_{kind}_entered"))
        await asking.decided()

    button(text, asking.desk.act(enter), "small")


def offer_unban(asking: Asking, buddy: str, company: str) -> None:
    """Offer to remove a ban that was entered here; a ban from the files is changed in the files."""
    desk = asking.desk

    async def remove() -> None:
        for rule in await desk.api.every(PinAnswer, "/pins"):
            if (rule.kind, rule.buddy, rule.company) == (RuleKind.BAN, buddy, company):
                await desk.api.change("DELETE", f"/pins/{rule.id}")
                desk.tell(desk.say.t("desk_pin_removed"))
                await asking.decided()
                return
        desk.tell(desk.say.t("desk_ban_in_files"), wrong=True)

    button(desk.say.t("desk_unban", name=asking.people.name(buddy)), desk.act(remove), "small")


async def ask_pair(asking: Asking, company: str, chosen: str = "") -> ui.element:
    """Let the user choose a buddy for a company and ask for the price; return the field.

    If a buddy is chosen already, the price is computed at once; for the company's present buddy it is that of
    a ban.
    """
    say, present = asking.desk.say, asking.buddy_of.get(company, "")
    named = [
        (key, say.t("desk_has_it", name=name) if key == present else name)
        for key, name in asking.people.by_name()
    ]
    part("p", say.t("desk_pair_text"), "muted")
    who = Choice(say.t("desk_buddy"), named, chosen)

    async def ask() -> None:
        kind = RuleKind.BAN if who.value == present else RuleKind.PIN
        await show_price(asking, place, kind, who.value, company)

    button(say.t("desk_price_show"), asking.desk.act(ask), "small")
    place = part("div", classes="price")
    who.changed = place.clear
    if chosen:
        await ask()
    return who.element
