"""Converts changes of a remedy into changes of a scenario, where the two mean exactly the same."""

from collections.abc import Iterable, Mapping
from typing import Any

from api.http.programme.buddies import BuddyAnswer
from data.results.change import LIMITS, Change, ChangeKind

LISTS = {ChangeKind.DISTRICT: "districts", ChangeKind.SECTOR: "sectors"}


def scenario_changes(
    changes: Iterable[Change], buddies: Mapping[str, BuddyAnswer]
) -> list[dict[str, Any]] | None:
    """Return the changes in a scenario's JSON form, None if one of them has no such form.

    `buddies` are the buddies by id with their current `districts` and `sectors`.
    """
    found = [_one(change, buddies) for change in changes]
    return [each for each in found if each] if all(found) else None


def _one(change: Change, buddies: Mapping[str, BuddyAnswer]) -> dict[str, Any] | None:
    who = [change.who]
    match change.kind:
        case kind if kind in LIMITS:
            return {"kind": "change_buddies", "buddies": who, "fields": {LIMITS[kind]: int(change.after)}}
        case kind if kind in LISTS:
            field = LISTS[kind]
            longer = [*getattr(buddies[change.who], field), change.after]
            return {"kind": "change_buddies", "buddies": who, "fields": {field: longer}}
        case ChangeKind.LANGUAGE:
            language, level = change.after.split(":")
            return {"kind": "learns", "buddies": who, "language": language, "level": level}
        case ChangeKind.PRIORITY:
            return {"kind": "change_companies", "companies": who, "fields": {"priority": int(change.after)}}
        case ChangeKind.POLICY_ONE_WAY_MIN:
            return {"kind": "policy", "fields": {"max_one_way_min": int(change.after)}}
        case _:
            return None
