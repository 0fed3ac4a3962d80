"""Earlier studies of a kind, newest first: to view again, or to compare."""

from collections.abc import Awaitable, Callable, Mapping

from nicegui import ui

from api.http.studies.studies import StudyListed
from api.pages.desk.frame.checkboxes import Ticks
from api.pages.desk.frame.elements import button, clicks, data, html, part, row_button, table
from api.pages.desk.frame.page import Desk

Shown = Callable[[list[str]], Awaitable[None]]


async def list_studies(
    desk: Desk, place: ui.element, kind: str, titles: Mapping[str, str], look: Shown, side_by_side: bool
) -> None:
    """List studies; `look` is called with the ids of those selected, two or more if `side_by_side`."""
    say = desk.say
    found = list(reversed(await desk.api.every(StudyListed, "/studies", kind=kind)))
    place.clear()
    if not found:
        return
    ticks, rows = Ticks(), []
    for each in found:
        name = titles.get(each.scenario or "", say.t("scenario_today"))
        when = say.moment(each.created_at)
        says = say.t("study_look_at", name=f"{name}, {when}")
        chosen = (
            ticks.cell(each.id, says)
            if side_by_side
            else row_button(say.t("study_look"), "look", each.id, says, "small")
        )
        rows.append((data(name), data(when), chosen))

    async def clicked(given: dict[str, str]) -> None:
        await look([given["id"]])

    async def compare() -> None:
        if len(ticks.chosen) < 2:
            desk.tell(say.t("scenario_two"), wrong=True)
            return
        await look(ticks.chosen)

    with place, part("details", classes="card"):
        part("summary", say.t("study_earlier", count=say.number(len(found))))
        heads = [say.t(key) for key in ("study_of", "study_ran_on", "desk_act")]
        listed = clicks(html(table(say.t("study_earlier_table"), heads, rows), "studies"), desk.act(clicked))
        if side_by_side:
            part("p", say.t("scenario_earlier_text"), "muted")
            ticks.listen(listed)
            button(say.t("scenario_side_by_side"), desk.act(compare))
