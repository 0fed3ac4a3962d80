"""The buddies with their caseload and its limits; dropping a company on one shows the pair's price."""

from api.pages.desk.frame.elements import Clicked, clicks, data, heading, html, part
from api.pages.desk.frame.page import Desk
from api.pages.desk.frame.who_is_who import People
from api.pages.desk.matching.dragging import takes_drops
from api.pages.desk.matching.list import swatch
from data.results.solution import Matching, Pair


def show_board(desk: Desk, people: People, matching: Matching, clicked: Clicked) -> None:
    """Show every buddy; a click selects one in list and map, a drop asks for the price of the pair."""
    say = desk.say
    heading(say.t("desk_board"), 3)
    part("p", say.t("desk_board_text"), "muted")
    held: dict[str, list[Pair]] = {}
    for pair in matching.pairs:
        held.setdefault(pair.buddy, []).append(pair)
    places = "".join(_place(desk, people, key, held.get(key, [])) for key, _ in people.by_name())
    label = data(say.t("desk_board"))
    drawn = html(
        f'<div class="scroll board" tabindex="0" role="region" aria-label="{label}"><ul>{places}</ul></div>'
    )
    takes_drops(clicks(drawn, clicked), clicked)


def _place(desk: Desk, people: People, key: str, pairs: list[Pair]) -> str:
    say, buddy = desk.say, people.buddies[key]
    count, most = len(pairs), buddy.max_companies
    care, most_care = sum(pair.care_min for pair in pairs), buddy.max_care_min
    share = max(_share(count, most), _share(care, most_care))
    companies = say.t("desk_board_companies", count=say.number(count), most=say.number(most))
    hours = say.t("desk_board_care", count=say.number(care / 60), most=say.number(most_care / 60))
    return (
        f'<li data-drop="{data(key)}"{" class=full" if share >= 1 else ""} style="--held:{share:.0%}">'
        f'<button type="button" class="plain" data-act="buddy" data-id="{data(key)}">'
        f"{swatch(people, key)}{data(people.name(key))}</button>"
        f'<span><b>{data(companies)}</b><span class="muted">{data(hours)}</span></span></li>'
    )


def _share(held: int, most: int) -> float:
    return min(1.0, held / most) if most else 1.0
