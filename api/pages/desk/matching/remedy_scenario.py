"""Converts changes of a remedy into changes of a scenario, where the two mean exactly the same."""

from collections.abc import Iterable, Mapping

from api.http.programme.buddies import BuddyAnswer
from data.model.vocabulary import LanguageLevel
from data.results.change import LIMITS, Change, ChangeKind
from data.scenario.companies import ChangeCompanies
from data.scenario.kinds import ScenarioChange
from data.scenario.people import ChangeBuddies, Learns
from data.scenario.rules import PolicyChange

LISTS = {ChangeKind.DISTRICT: "districts", ChangeKind.SECTOR: "sectors"}


def scenario_changes(
    changes: Iterable[Change], buddies: Mapping[str, BuddyAnswer]
) -> list[ScenarioChange] | None:
    """Return the changes as those of a scenario, None if one of them has no such form.

    `buddies` are the buddies by id with their current `districts` and `sectors`.
    """
    found = [_one(change, buddies) for change in changes]
    return [each for each in found if each] if all(found) else None


def _one(change: Change, buddies: Mapping[str, BuddyAnswer]) -> ScenarioChange | None:
    who = (change.who,)
    match change.kind:
        case kind if kind in LIMITS:
            return ChangeBuddies(buddies=who, fields={LIMITS[kind]: int(change.after)})
        case kind if kind in LISTS:
            field = LISTS[kind]
            longer = [*getattr(buddies[change.who], field), change.after]
            return ChangeBuddies(buddies=who, fields={field: longer})
        case ChangeKind.LANGUAGE:
            language, level = change.after.split(":")
            return Learns(buddies=who, language=language, level=LanguageLevel(level))
        case ChangeKind.PRIORITY:
            return ChangeCompanies(companies=who, fields={"priority": int(change.after)})
        case ChangeKind.POLICY_ONE_WAY_MIN:
            return PolicyChange(fields={"max_one_way_min": int(change.after)})
        case _:
            return None
