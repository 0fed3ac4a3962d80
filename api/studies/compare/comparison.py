"""Compares outcomes: the difference of each from the first, and whether the bounds prove which is better.

B is better than A in a figure only if B's value lies beyond A's bound, so that no matching of A reaches it. A
bound of a later level counts only if B is at least as good as A on all levels before it: otherwise A might
gain on this level by giving way on an earlier one.
"""

from collections.abc import Sequence
from enum import StrEnum
from typing import ClassVar

from api.studies.outcome.outcome import Better, Figure, FigureName, ScenarioOutcome
from data.base.entity import Entity
from data.base.errors import BuddyplanError
from data.base.message import Message, message


class NotComparable(BuddyplanError):
    """Outcomes of different problems or base matchings, or of different weeks."""

    kind: ClassVar[str] = "not_comparable"


class Verdict(StrEnum):
    """What is known about a figure of one outcome compared with another.

    `counted`: the values differ, and no level has bounds to prove anything; `not_proved`: the bounds do not
    separate the two, or are valid only under other levels; `unlike`: the two have different units.
    """

    SAME = "same"
    BETTER = "better"
    WORSE = "worse"
    NOT_PROVED = "not_proved"
    COUNTED = "counted"
    UNLIKE = "unlike"


class Difference(Entity):
    """One figure of an outcome compared with the first: `delta` is its value minus the value there."""

    name: FigureName
    delta: int
    verdict: Verdict


class Against(Entity):
    """An outcome compared with the first one, for each figure that both have."""

    scenarios: tuple[str, ...]
    differences: tuple[Difference, ...]


class Comparison(Entity):
    """Outcomes in display order, and each but the first compared with the first."""

    outcomes: tuple[ScenarioOutcome, ...]
    against: tuple[Against, ...]


def _called(outcome: ScenarioOutcome) -> str | Message:
    return outcome.name or message("study_base")


def compared(outcomes: Sequence[ScenarioOutcome]) -> Comparison:
    """Compare outcomes with the first of them; raises `NotComparable`."""
    first, *others = outcomes
    for other in others:
        for name in ("problem_hash", "base_hash", "weeks"):
            if getattr(other, name) != getattr(first, name):
                what = message(f"differs_{name}", other=_called(other), first=_called(first))
                raise NotComparable(message("not_alike", what=what))
    return Comparison(
        outcomes=tuple(outcomes),
        against=tuple(Against(scenarios=each.scenarios, differences=_all(first, each)) for each in others),
    )


def _all(first: ScenarioOutcome, other: ScenarioOutcome) -> tuple[Difference, ...]:
    return tuple(
        Difference(
            name=name,
            delta=figure.value - first.figure[name].value,
            verdict=verdict(first, other, name),
        )
        for name, figure in other.figure.items()
        if name in first.figure
    )


def verdict(first: ScenarioOutcome, other: ScenarioOutcome, name: FigureName) -> Verdict:
    """Return what is known about `other` compared with `first` in one figure that both have."""
    a, b = first.figure[name], other.figure[name]
    if (a.value, a.whole) == (b.value, b.whole):
        return Verdict.SAME
    if name is FigureName.COVERAGE and first.unit is not other.unit:
        return Verdict.UNLIKE
    gain = _beyond(b.value, b, a.value, a)
    if a.level is None or b.level is None or a.bound is None or b.bound is None or not gain:
        return Verdict.COUNTED
    if gain > 0 and _beyond(b.value, b, a.bound, a) > 0 and _holds(first, other, a.level):
        return Verdict.BETTER
    if gain < 0 and _beyond(a.value, a, b.bound, b) > 0 and _holds(other, first, b.level):
        return Verdict.WORSE
    return Verdict.NOT_PROVED


def _beyond(value: int, of: Figure, other: int, of_other: Figure) -> int:
    """Return a value above 0 if a value is better than another; parts are compared as shares."""
    if of.whole and of_other.whole:
        value, other = value * of_other.whole, other * of.whole
    return other - value if of.better is Better.LESS else value - other


def _holds(bounded: ScenarioOutcome, other: ScenarioOutcome, level: int) -> bool:
    """Return whether a level's bound in one outcome is valid for another outcome."""
    before, same = bounded.levels[: level + 1], other.levels[: level + 1]
    if [each.name for each in before] != [each.name for each in same]:
        return False
    return all(there.final <= here.held_at for here, there in zip(before[:level], same[:level], strict=True))
