"""Scenarios compared: figures with what is proved, parts of the whole, and changed pairs."""

from collections.abc import Mapping, Sequence

from nicegui import ui

from api.http.studies.studies import StudyAnswer
from api.pages.desk.frame.client import Refused
from api.pages.desk.frame.elements import data, focus, heading, html, link, part, table
from api.pages.desk.frame.page import Desk
from api.pages.desk.frame.since import show_since
from api.pages.desk.frame.who_is_who import People
from api.studies.compare.comparison import Comparison
from api.studies.compare.tables import PARTS, move_rows, part_title, share_rows, share_title, total_rows
from api.studies.compare.words import comparison_words, name_of

MOST_SHOWN = 200
NOT_COMPARABLE = 422


async def show_comparison(
    desk: Desk, people: People, place: ui.element, studies: Sequence[str], titles: Mapping[str, str]
) -> None:
    """Show studies compared with the first one; `titles` are the names of scenarios."""
    say = desk.say
    place.clear()
    try:
        path, others = f"/studies/{studies[0]}/comparison", {"with": list(studies[1:])}
        found = await desk.api.get(Comparison, path, **others)
    except Refused as refused:
        if refused.status != NOT_COMPARABLE:
            raise
        desk.tell(say.t("scenario_not_comparable"), wrong=True)
        return
    comparison = _titled(found, titles)
    since = (await desk.api.get(StudyAnswer, f"/studies/{studies[0]}")).since
    with place, part("div", classes="card"):
        title = heading(say.t("scenario_compared"))
        show_since(desk, since)
        first = comparison.outcomes[0]
        if first.weeks:
            part("p", say.t("scenario_weeks_planned", weeks=", ".join(first.weeks)), "muted")
        part("p", say.t("scenario_better_text"), "muted")
        with part("ul", classes="told"):
            for line in comparison_words(comparison, say.language):
                part("li", line)
        html(_totals(desk, comparison))
        query = "&".join(f"with={each}" for each in studies[1:])
        link(say.t("scenario_workbook"), f"/api/v1/studies/{studies[0]}/comparison.xlsx?{query}", "button")
        for field in PARTS:
            _parts(desk, people, comparison, field)
        _moves(desk, people, comparison)
    focus(title)


def _titled(comparison: Comparison, titles: Mapping[str, str]) -> Comparison:
    named = tuple(
        each.replace(scenarios=tuple(titles.get(key, key) for key in each.scenarios))
        for each in comparison.outcomes
    )
    return comparison.replace(outcomes=named)


def _names(desk: Desk, comparison: Comparison) -> list[str]:
    return [name_of(each, desk.say.language) for each in comparison.outcomes]


def _totals(desk: Desk, comparison: Comparison) -> str:
    say = desk.say
    first, *others = _names(desk, comparison)
    heads = [say.t("scenario_figure"), first]
    for name in others:
        heads += [name, say.t("scenario_difference")]
    rows = ([data(cell) for cell in row] for row in total_rows(comparison, say.language))
    return table(say.t("scenario_compared"), heads, rows, figures=len(heads) - 1)


def _parts(desk: Desk, people: People, comparison: Comparison, field: str) -> None:
    say = desk.say
    rows = [
        [data(name), *map(data, shares)]
        for name, shares in share_rows(comparison, field, people.name, say.language)
    ]
    title, names = share_title(field, say.language), _names(desk, comparison)
    with part("details", classes="card"):
        part("summary", title)
        html(table(title, [part_title(field, say.language), *names], rows, figures=len(names)))


def _moves(desk: Desk, people: People, comparison: Comparison) -> None:
    say = desk.say
    for outcome in comparison.outcomes:
        if not outcome.moves:
            continue
        title = say.t("scenario_moves", name=name_of(outcome, say.language), count=len(outcome.moves))
        rows = [[data(cell) for cell in row] for row in move_rows(outcome, people.name, say.language)]
        heads = [say.t(key) for key in ("desk_company", "desk_before", "desk_after")]
        with part("details", classes="card"):
            part("summary", title)
            html(table(title, heads, rows[:MOST_SHOWN]))
            if len(rows) > MOST_SHOWN:
                part("p", say.t("desk_more_changes", count=say.number(len(rows) - MOST_SHOWN)), "muted")
