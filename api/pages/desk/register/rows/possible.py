"""What a change that is not saved yet would make possible."""

from nicegui import ui

from api.http.register.possible import PossibleAnswer
from api.pages.desk.frame.elements import data, focus, heading, html, part
from api.pages.desk.frame.page import Desk
from api.pages.desk.register.entities import page_of
from api.pages.desk.register.registry import Registry
from api.pages.desk.register.wording import Wording
from data.base.errors import BuddyplanError
from data.register.changes.operations import Operation


async def show_possible(
    desk: Desk, registry: Registry, place: ui.element, operation: Operation, words: Wording
) -> None:
    """Show in a place what a change would make possible; raises what entering it raises."""
    say = desk.say
    place.clear()
    with place:
        if not operation.values:
            part("p", say.t("possible_change_first"), "notice")
            return
        part("p", say.t("desk_why_solving"), "muted loading")
    try:
        found = await registry.possible([operation])
    except BuddyplanError:
        place.clear()
        raise
    if place.is_deleted:
        return
    place.clear()
    with place, part("section", classes="card"):
        title = heading(say.t("possible_title"))
        with part("ul", classes="told"):
            for line in found.sentences[say.language]:
                part("li", line)
        _companies(desk, words, found)
        _pairs(desk, words, found)
        part("p", say.t("possible_not_saved"), "muted")
    focus(title)


def _companies(desk: Desk, words: Wording, found: PossibleAnswer) -> None:
    answer, say = found.answer, desk.say
    for key, count, named in (
        ("possible_gained", answer.gained_count, answer.gained),
        ("possible_lost", answer.lost_count, answer.lost),
    ):
        if count:
            links = ", ".join(_linked(desk, words, "companies", each) for each in named)
            more = f" {data(say.t('possible_more', count=count - len(named)))}" if count > len(named) else ""
            html(f"<p><b>{data(say.t(key, count=count))}</b> {links}{more}</p>")


def _pairs(desk: Desk, words: Wording, found: PossibleAnswer) -> None:
    answer, say = found.answer, desk.say
    for key, count, named in (
        ("possible_pairs_named", answer.eligible_count, answer.eligible),
        ("possible_pairs_lost_named", answer.excluded_count, answer.excluded),
    ):
        if count:
            items = "".join(
                f"<li>{_linked(desk, words, 'companies', each.company)} – "
                f"{_linked(desk, words, 'buddies', each.buddy)}</li>"
                for each in named
            )
            more = f"<li>{data(say.t('possible_more', count=count - len(named)))}</li>"
            listed = items + (more if count > len(named) else "")
            title = data(say.t(key, count=count))
            html(f'<details><summary>{title}</summary><ul class="told">{listed}</ul></details>')


def _linked(desk: Desk, words: Wording, entity: str, key: str) -> str:
    to = f"{page_of(entity, key)}{desk.query}"
    return f'<a href="{data(to)}">{data(words.name(key))}</a>'
