"""Compile the kernels ahead of the first week: `python -m scheduling.compile_kernels`."""

import sys
from collections.abc import Sequence

import numpy as np

from scheduling.price.estimate import DAYS, Newcomers, StandingRoutes, exchange_min
from scheduling.week.loading import list_tiny_weeks, search_tiny_weeks


def main(words: Sequence[str] = ()) -> None:
    """Pass through the kernels of `listed` weeks, of `large` ones, or of both, so that nobody waits later."""
    for name, pass_through in (("listed", _listed), ("large", search_tiny_weeks)):
        if name in words or not words:
            pass_through()


def _listed() -> None:
    """Solve tiny weeks, and put a company into another."""
    list_tiny_weeks()
    zero, one, days = np.zeros(1, np.int64), np.ones(1, np.int64), np.full(DAYS, 60)
    first = np.minimum(np.arange(DAYS + 1), 1)
    routes = StandingRoutes(0, first, one, zero, one, days, one, one)
    exchange_min(np.zeros((2, 2), np.int64), routes, 1, Newcomers(one, np.arange(2), zero, one, one))


if __name__ == "__main__":
    main(sys.argv[1:])
