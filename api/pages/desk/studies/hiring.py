"""Where one more job buddy helps most: a map of districts, and a list ordered by the objectives."""

from nicegui import ui

from api.http.studies.studies import StudyAnswer
from api.pages.desk.frame.elements import data, focus, heading, html, link, part, table
from api.pages.desk.frame.page import Desk
from api.pages.desk.frame.since import show_since
from api.pages.desk.frame.who_is_who import People
from api.pages.desk.studies.district_map import district_map
from api.studies.hire.page import shade_of
from api.studies.hire.result import HireStudy
from api.words.explanations import profile_words
from api.words.levels import price_words


async def show_hire(desk: Desk, people: People, place: ui.element, study: str) -> None:
    """Show what one more job buddy in each district would gain."""
    say = desk.say
    answer = await desk.api.get(StudyAnswer, f"/studies/{study}")
    hire = answer.hire
    assert hire
    place.clear()
    with place, part("div", classes="card"):
        title = heading(say.t("hire_title"))
        show_since(desk, answer.since)
        part("p", _best(desk, people, hire))
        part("p", say.t("hire_read"), "muted")
        html(_map(desk, people, hire) + _list(desk, people, hire), "beside-map")
        link(
            say.t("study_workbook"),
            f"/api/v1/studies/{study}/workbook.xlsx?language={say.language}",
            "button",
        )
    focus(title)


def _best(desk: Desk, people: People, hire: HireStudy) -> str:
    say = desk.say
    if not hire.places:
        return say.t("hire_nowhere")
    best, first = hire.places[0], people.name(hire.places[0].hire.district)
    if best.gain <= 0:
        return say.t("hire_no_gain", district=first)
    before, after = say.share(hire.served, hire.whole), say.share(hire.served + best.gain, hire.whole)
    return say.t("hire_best", district=first, before=before, after=after)


def _map(desk: Desk, people: People, hire: HireStudy) -> str:
    say = desk.say
    highest = max((place.gain for place in hire.places), default=0)
    shown = {
        each.hire.district: (shade_of(each.gain, highest), _signed(desk, each.gain)) for each in hire.places
    }
    keys = sorted({each.district for each in people.companies.values()} - {""})
    return district_map(say.t("hire_map"), keys, shown, desk.sources)


def _list(desk: Desk, people: People, hire: HireStudy) -> str:
    say, rows = desk.say, []
    for rank, place in enumerate(hire.places, start=1):
        resolved = place.hire.resolved
        profile = profile_words(place.hire, say.language) or "–"
        name = f'{data(people.name(place.hire.district))}<span class="muted">{data(profile)}</span>'
        figures = (_signed(desk, place.gain), say.number(len(resolved.gained)))
        price = data(price_words(resolved.price, say))
        rows.append((str(rank), name, *map(data, figures), price))
    keys = ("hire_rank", "hire_where", "hire_gain", "hire_companies", "hire_levels")
    return table(say.t("hire_title"), [say.t(key) for key in keys], rows)


def _signed(desk: Desk, value: int) -> str:
    return f"+{desk.say.number(value)}" if value > 0 else desk.say.number(value)
