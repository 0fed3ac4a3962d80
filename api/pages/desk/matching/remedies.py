"""The smallest changes that would serve a company: a button makes each, or saves it as a scenario."""

from collections.abc import Sequence

from api.http.studies.scenarios import ScenarioAnswer, ScenarioRequest
from api.pages.desk.frame.elements import button, link, part
from api.pages.desk.matching.pair_price import Asking, offer_rule, offer_unban
from api.pages.desk.matching.remedy_scenario import scenario_changes
from api.words.changes import change_words
from api.words.explanations import remedy_words
from api.words.levels import price_words
from data.register.pair_rules import RuleKind
from data.results.change import ChangeKind
from data.results.explanation import Remedy
from data.scenario.kinds import ScenarioChange

LONGEST_NAME = 120
WHERE: dict[ChangeKind, tuple[str, str]] = {
    ChangeKind.PLACES: ("buddies", "max_companies"),
    ChangeKind.CARE_MIN: ("buddies", "max_care_hours"),
    ChangeKind.WEEK_WORK_MIN: ("buddies", "hours_per_week"),
    ChangeKind.ONE_WAY_MIN: ("buddies", "max_one_way_min"),
    ChangeKind.POLICY_ONE_WAY_MIN: ("policy.toml", "max_one_way_min"),
    ChangeKind.LANGUAGE: ("buddies", "languages"),
    ChangeKind.DISTRICT: ("buddies", "districts"),
    ChangeKind.SECTOR: ("buddies", "sectors"),
    ChangeKind.PRIORITY: ("companies", "priority"),
    ChangeKind.CROSS_HOST: ("hosts", "cross_host"),
}
"""The table and column, or file and key, in which a change is made permanent."""


def show_remedies(asking: Asking, company: str, remedies: Sequence[Remedy]) -> None:
    """Show every remedy of a gap with its price, and the button that makes it or saves it as a scenario."""
    say = asking.desk.say
    told = [each for each in remedies if each.changes]
    if not told:
        part("p", say.t("desk_remedy_none"), "muted")
    for remedy in told:
        with part("div", classes="offer"):
            part("p", remedy_words(remedy, asking.people.name, say.language))
            price = price_words(remedy.resolved.price, say)
            part("p", say.t("desk_price", price=price), "muted")
            _way(asking, company, remedy)


def _way(asking: Asking, company: str, remedy: Remedy) -> None:
    say, first = asking.desk.say, remedy.changes[0]
    if first.kind is ChangeKind.PIN:
        text = say.t("desk_pin_other", name=asking.people.name(first.who))
        offer_rule(asking, RuleKind.PIN, first.who, company, text)
        return
    if first.kind is ChangeKind.UNBAN:
        offer_unban(asking, first.who, company)
        return
    places = dict.fromkeys(WHERE[change.kind] for change in remedy.changes)
    where = "; ".join(say.t("desk_remedy_column", table=table, column=column) for table, column in places)
    part("p", say.t("desk_remedy_where", where=where), "muted")
    changes = scenario_changes(remedy.changes, asking.people.buddies)
    if changes:
        _as_scenario(asking, company, remedy, changes)


def _as_scenario(asking: Asking, company: str, remedy: Remedy, changes: list[ScenarioChange]) -> None:
    desk, people = asking.desk, asking.people
    what = ", ".join(change_words(change, people.name, desk.say) for change in remedy.changes)
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
