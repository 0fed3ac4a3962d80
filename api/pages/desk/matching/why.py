"""Why a company has its buddy or none; the smallest change is a button, with its price shown first."""

from collections.abc import Sequence

from nicegui import ui

from api.http.planning.matchings import WhyAnswer
from api.pages.desk.frame.client import Refused
from api.pages.desk.frame.elements import button, focus, heading, part
from api.pages.desk.matching.pair_price import Asking, ask_pair, offer_rule, show_price
from api.pages.desk.matching.remedies import show_remedies
from api.words.levels import price_words
from data.register.pair_rules import RuleKind
from data.results.explanation import Resolved, WhyThisBuddy


async def show_why(asking: Asking, place: ui.element, company: str) -> None:
    """Show in a place the answer, and what can be done."""
    say = asking.desk.say
    place.clear()
    with place:
        title = heading(asking.people.name(company), 3)
        waiting = part("p", say.t("desk_why_solving"), "muted")
    focus(title)
    path = f"/matchings/{asking.matching}/companies/{company}"
    try:
        found = await asking.desk.api.get(WhyAnswer, path)
    except Refused:
        place.clear()
        raise
    if place.is_deleted or waiting.is_deleted:
        return
    waiting.delete()
    with place:
        for answer in found.answers:
            if isinstance(answer, WhyThisBuddy):
                _pair(asking, answer, found.sentences.get(say.language, ()))
            else:
                part("p", asking.people.reason(answer.reason, say.language), "gap")
                await show_remedies(asking, company, answer.remedies)
        with part("details"):
            part("summary", say.t("desk_pair_other"))
            await ask_pair(asking, company)


async def show_pair(asking: Asking, place: ui.element, company: str, buddy: str = "") -> None:
    """Ask in a place what another buddy would cost; if a buddy is named, show the answer."""
    place.clear()
    with place:
        title = heading(asking.desk.say.t("desk_assign_title", name=asking.people.name(company)), 3)
        if buddy:
            focus(title)
        field = await ask_pair(asking, company, buddy)
    if not buddy:
        focus(field)


def _pair(asking: Asking, answer: WhyThisBuddy, lines: Sequence[str]) -> None:
    desk, people, company, buddy = asking.desk, asking.people, answer.company, answer.buddy
    say = desk.say
    for line in lines:
        part("p", line.strip())
    if not lines:
        part("p", say.t("desk_why_figures_only"), "muted")
    with part("div", classes="offer"):
        offer_rule(asking, RuleKind.PIN, buddy, company, say.t("desk_pin_this", name=people.name(buddy)))
    other = answer.runner_up
    if other:
        with part("div", classes="offer"):
            part("p", _price(asking, other.resolved), "muted")
            text = say.t("desk_pin_other", name=people.name(other.buddy))
            offer_rule(asking, RuleKind.PIN, other.buddy, company, text)
    with part("div", classes="offer"):

        async def ask() -> None:
            await show_price(asking, place, RuleKind.BAN, buddy, company)

        place = part("div", classes="price")
        with place:
            button(say.t("desk_ban_price", name=people.name(buddy)), desk.act(ask), "small")


def _price(asking: Asking, resolved: Resolved) -> str:
    say, people = asking.desk.say, asking.people
    told = say.t("desk_price", price=price_words(resolved.price, say))
    for key, companies in (("desk_displaced", resolved.displaced), ("desk_gained", resolved.gained)):
        if companies:
            told += " " + say.t(key, names=", ".join(map(people.name, companies)))
    return told
