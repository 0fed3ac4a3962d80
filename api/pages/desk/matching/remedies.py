"""The smallest changes that would serve a company: a button enters each, another saves it as a scenario."""

from collections.abc import Sequence

from api.http.studies.scenarios import ScenarioAnswer, ScenarioRequest
from api.pages.desk.frame.elements import button, link, part
from api.pages.desk.matching.pair_price import Asking
from api.pages.desk.matching.remedy_scenario import scenario_changes
from api.pages.desk.matching.taking import offer_taking, what_changes
from api.words.explanations import remedy_words
from api.words.levels import price_words
from data.results.explanation import Remedy
from data.scenario.kinds import ScenarioChange

LONGEST_NAME = 120


async def show_remedies(asking: Asking, company: str, remedies: Sequence[Remedy]) -> None:
    """Show every remedy of a gap with its price, and the buttons that enter it or save it as a scenario."""
    say = asking.desk.say
    told = [each for each in remedies if each.changes]
    if not told:
        part("p", say.t("desk_remedy_none"), "muted")
    for remedy in told:
        with part("div", classes="offer"):
            part("p", remedy_words(remedy, asking.people.name, say.language))
            price = price_words(remedy.resolved.price, say)
            part("p", say.t("desk_price", price=price), "muted")
            await offer_taking(asking, remedy)
            changes = scenario_changes(remedy.changes, asking.people.buddies)
            if changes:
                _as_scenario(asking, company, remedy, changes)


def _as_scenario(asking: Asking, company: str, remedy: Remedy, changes: list[ScenarioChange]) -> None:
    desk, people = asking.desk, asking.people
    what = what_changes(asking, remedy)
    name = f"{people.name(company)}: {what}"[:LONGEST_NAME]

    async def keep() -> None:
        await desk.api.post(ScenarioAnswer, "/scenarios", ScenarioRequest(name=name, changes=changes))
        place.clear()
        with place:
            part("p", desk.say.t("desk_scenario_kept"))
            link(desk.say.t("desk_scenario_open"), f"/desk/scenarios{desk.query}", "button small")

    place = part("div")
    with place:
        button(
            desk.say.t("desk_scenario_keep"),
            desk.act(keep),
            "small",
            f"{desk.say.t('desk_scenario_keep')}: {what}",
        )
