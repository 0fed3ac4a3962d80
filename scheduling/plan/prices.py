"""What a week's objective counts for each thing, so that every one stands above all that come after it."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Self

from data.results.promise import Promise, PromiseState
from scheduling.week.instance import Day


@dataclass(frozen=True)
class Commitments:
    """What companies were told: promises by visit, and the visits that are `pressing`, come what may.

    `firm` makes it all hard: every promise is kept and every pressing visit planned, or there is no plan.
    """

    promises: Mapping[str, Promise] = field(default_factory=dict)
    pressing: Collection[str] = ()
    firm: bool = False

    def binding(self, visit: str) -> Promise | None:
        """Return the promise that binds a visit; a declined one does not."""
        promise = self.promises.get(visit)
        return None if promise is None or promise.state is PromiseState.DECLINED else promise


@dataclass(frozen=True)
class Prices:
    """Pressing weight, then confirmed promises, proposed ones, other weight, and minutes of travel (1)."""

    pressing: int
    confirmed: int
    proposed: int
    weight: int

    @classmethod
    def above(cls, travel_min: int, weights: Mapping[str, int], commitments: Commitments) -> Self:
        """Return prices for a week with at most so much travel and visits of these weights."""
        states = [promise.state for visit in weights if (promise := commitments.binding(visit)) is not None]
        confirmed = sum(state is PromiseState.CONFIRMED for state in states)
        weight = 1 + travel_min
        first = weight * (1 + sum(weights.values())) if states else weight
        second = first * (1 + len(states) - confirmed)
        return cls(second * (1 + confirmed), second, first, weight)

    def of(self, state: PromiseState) -> int:
        """Return what breaking a promise costs."""
        return self.confirmed if state is PromiseState.CONFIRMED else self.proposed


def most_travel(days: Iterable[Day | None]) -> int:
    """Return the minutes of travel that fit into the shifts of a week."""
    return sum(day.end - day.start for day in days if day is not None)
