"""A scenario's changes as lines, to review before anything is computed."""

from collections.abc import Sequence
from typing import Any, TypedDict

from data.model.problem import Problem
from data.scenario.apply import Patch, applied
from data.scenario.kinds import Scenario


class ChangeLines(TypedDict):
    """A stack of scenarios by name, and a line for each change."""

    name: str
    changes: list[str]


def changes_shown(problem: Problem, scenarios: Sequence[Scenario]) -> ChangeLines:
    """Return what each change of valid scenarios does: its kind, and the rows removed and added per table."""
    patches = applied(problem, scenarios).patches
    kinds = [change.kind for each in scenarios for change in each.changes]
    lines = [f"{kind}: {_rows(patch)}" for kind, patch in zip(kinds, patches, strict=True)]
    return ChangeLines(name=" + ".join(each.name for each in scenarios), changes=lines)


def _rows(patch: Patch) -> str:
    told = [
        _field(name, [row for _, row in went], [row for _, row in came]) for name, went, came in patch.fields
    ]
    return "; ".join(told) or "nothing"


def _field(name: str, went: list[Any], came: list[Any]) -> str:
    if name == "policy":
        before, after = went[0].model_dump(mode="json"), came[0].model_dump(mode="json")
        return "policy " + ", ".join(sorted(key for key in after if after[key] != before[key]))
    ids = [{getattr(row, "id", "") for row in rows} - {""} for rows in (went, came)]
    changed = len(ids[0] & ids[1]) if ids[0] or ids[1] else min(len(went), len(came))
    counts = (len(came) - changed, "added"), (len(went) - changed, "removed"), (changed, "changed")
    return f"{name} " + ", ".join(f"{count} {word}" for count, word in counts if count)
