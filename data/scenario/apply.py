"""Apply scenarios to a problem, undo single changes, and collect all findings at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from data.base.message import message
from data.model.findings import ChangeFinding, Finding, Severity
from data.model.problem import Problem
from data.scenario.kinds import Scenario
from data.scenario.rows import WrongChange


@dataclass(frozen=True)
class Patch:
    """What one change did to a problem: for each field the removed and added rows, with their positions."""

    fields: tuple[tuple[str, tuple[tuple[int, Any], ...], tuple[tuple[int, Any], ...]], ...]


@dataclass(frozen=True)
class Applied:
    """The problem after a scenario, with a patch for each change; None if there are errors."""

    problem: Problem | None
    patches: tuple[Patch, ...]
    findings: tuple[Finding, ...]


def applied(problem: Problem, scenarios: Sequence[Scenario]) -> Applied:
    """Apply scenarios one after the other, the oldest ancestor first.

    A change that cannot be made becomes a finding and is skipped, so that all of them are reported at once;
    the row of a finding is the number of the change in its scenario.
    """
    findings: list[Finding] = []
    patches = []
    for scenario in scenarios:
        for number, change in enumerate(scenario.changes, 1):
            try:
                after = change.apply(problem)
            except WrongChange as wrong:
                findings.append(
                    ChangeFinding(
                        Severity.ERROR,
                        scenario.name,
                        number,
                        f"{change.kind}.{wrong.field}",
                        wrong.value,
                        wrong.problem,
                        wrong.remedy,
                    )
                )
                continue
            if after == problem:
                findings.append(_without_effect(scenario.name, number, change.kind))
            patches.append(_patch(problem, after))
            problem = after
    findings += _impossible(problem, scenarios)
    wrong_any = any(finding.severity is Severity.ERROR for finding in findings)
    return Applied(None if wrong_any else problem, tuple(patches), tuple(findings))


def undone(problem: Problem, patch: Patch) -> Problem:
    """Undo one change; raises ValueError if the problem is not the result of that change."""
    fields: dict[str, Any] = {}
    for name, went, came in patch.fields:
        held = getattr(problem, name)
        rows = list(held) if isinstance(held, tuple) else [held]
        for place, row in reversed(came):
            if rows[place] != row:
                raise ValueError(f"{name}: {place} is not what the change made of it")
            del rows[place]
        for place, row in went:
            rows.insert(place, row)
        fields[name] = tuple(rows) if isinstance(held, tuple) else rows[0]
    return problem.replace(**fields)


def _patch(before: Problem, after: Problem) -> Patch:
    fields = []
    for name in Problem.model_fields:
        old, new = getattr(before, name), getattr(after, name)
        if old != new:
            fields.append((name, *_difference(_rows(old), _rows(new))))
    return Patch(tuple(fields))


def _rows(held: Any) -> tuple[Any, ...]:
    return held if isinstance(held, tuple) else (held,)


def _difference(
    old: tuple[Any, ...], new: tuple[Any, ...]
) -> tuple[tuple[tuple[int, Any], ...], tuple[tuple[int, Any], ...]]:
    """Return removed and added rows; rows that stay keep their relative order."""
    went, came, i, j = [], [], 0, 0
    later = _places(new)
    while i < len(old) or j < len(new):
        if i < len(old) and j < len(new) and old[i] == new[j]:
            i, j = i + 1, j + 1
        elif i < len(old) and not any(place >= j for place in later.get(old[i], ())):
            went.append((i, old[i]))
            i += 1
        else:
            came.append((j, new[j]))
            j += 1
    return tuple(went), tuple(came)


def _places(rows: Iterable[Any]) -> dict[Any, list[int]]:
    found: dict[Any, list[int]] = {}
    for place, row in enumerate(rows):
        found.setdefault(row, []).append(place)
    return found


def _without_effect(name: str, number: int, kind: str) -> Finding:
    problem, remedy = message("changes_nothing"), message("leave_out")
    return ChangeFinding(Severity.WARNING, name, number, kind, "", problem, remedy)


def _impossible(problem: Problem, scenarios: Sequence[Scenario]) -> list[Finding]:
    """Return contradictions that no plan can satisfy: a company pinned twice, or pinned and banned."""
    name = scenarios[-1].name if scenarios else ""
    found: list[Finding] = []
    pinned: dict[str, str] = {}
    bans = {(ban.buddy, ban.company) for ban in problem.bans}
    for pin in problem.pins:
        other = pinned.setdefault(pin.company, pin.buddy)
        if other != pin.buddy:
            what, remedy = message("pinned_twice", buddy=other, other=pin.buddy), message("keep_one_pin")
            found.append(ChangeFinding(Severity.ERROR, name, 0, "pins", pin.company, what, remedy))
        if (pin.buddy, pin.company) in bans:
            what, remedy = message("pinned_and_banned", buddy=pin.buddy), message("keep_pin_or_ban")
            found.append(ChangeFinding(Severity.ERROR, name, 0, "pins", pin.company, what, remedy))
    if not problem.buddies or not problem.companies:
        what = message("nobody_left" if not problem.buddies else "no_company_left")
        found.append(ChangeFinding(Severity.ERROR, name, 0, "", "", what, message("keep_one_at_least")))
    return found
