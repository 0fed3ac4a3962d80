"""Prices in a week's objective, so that each item outweighs everything of lower rank."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Self

from data.results.promise import Promise, PromiseState
from scheduling.week.instance import Day


@dataclass(frozen=True)
class Commitments:
    """Promises to companies by visit, and `pressing` visits, which must be planned if at all possible.

    `firm` makes them hard constraints: every promise kept and every pressing visit planned, or no plan.
    """

    promises: Mapping[str, Promise] = field(default_factory=dict)
    pressing: Collection[str] = ()
    firm: bool = False

    def binding(self, visit: str) -> Promise | None:
        """Return the promise that is binding for a visit; a declined one is not."""
        promise = self.promises.get(visit)
        return None if promise is None or promise.state is PromiseState.DECLINED else promise


@dataclass(frozen=True)
class Prices:
    """Prices by rank: pressing weight, confirmed promises, proposed ones, other weight, travel minute (1)."""

    pressing: int
    confirmed: int
    proposed: int
    weight: int

    @classmethod
    def above(cls, travel_min: int, weights: Mapping[str, int], commitments: Commitments) -> Self:
        """Return prices for a week with at most this much travel and visits of these weights."""
        states = [promise.state for visit in weights if (promise := commitments.binding(visit)) is not None]
        confirmed = sum(state is PromiseState.CONFIRMED for state in states)
        weight = 1 + travel_min
        first = weight * (1 + sum(weights.values())) if states else weight
        second = first * (1 + len(states) - confirmed)
        return cls(second * (1 + confirmed), second, first, weight)

    def of(self, state: PromiseState) -> int:
        """Return the price of breaking a promise."""
        return self.confirmed if state is PromiseState.CONFIRMED else self.proposed


def most_travel(days: Iterable[Day | None]) -> int:
    """Return the minutes of travel that fit into the shifts of a week."""
    return sum(day.end - day.start for day in days if day is not None)
