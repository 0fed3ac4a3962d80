"""Values of all levels for successive choices of pairs, fast enough for thousands of them."""

from collections.abc import Sequence

import numpy as np

from data.model.policy import ObjectiveName
from matching.levels.objectives import Terms, terms_of
from matching.levels.pairs import Pairs
from matching.program.arrays import Numbers


class LevelValues:
    """The levels of a policy in order; exact, like `Terms.value`."""

    def __init__(self, pairs: Pairs, names: Sequence[ObjectiveName]) -> None:
        self._levels = [_FlatTerms(terms_of(name, pairs)) for name in names]
        self.pair_cost = np.array([level.terms.pair_cost for level in self._levels]).reshape(len(names), -1)
        """The cost of each pair, shape (levels, pairs); hinges are added to it."""

    def values(self, chosen: Numbers) -> Numbers:
        """Return the value of each level for a 0/1 choice of pairs."""
        return np.array([level.value(chosen) for level in self._levels], dtype=np.int64)


class _FlatTerms:
    """The rows of a level in one flat list of entries, so that numpy can sum them at once."""

    def __init__(self, terms: Terms) -> None:
        self.terms, rows = terms, terms.hinges
        sizes = [len(over) for over, _ in rows.over_pairs]
        self.row = np.repeat(np.arange(len(sizes)), sizes)
        self.pair = np.concatenate([np.zeros(0, np.int64), *(over for over, _ in rows.over_pairs)])
        self.factor = np.concatenate([np.zeros(0, np.int64), *(factors for _, factors in rows.over_pairs)])
        self.base, self.scale = np.array(rows.base, dtype=np.int64), np.array(rows.scale, dtype=np.int64)
        self.cost = np.array(rows.cost, dtype=np.int64)
        builds = np.array([bool(earlier) for earlier in rows.over_hinges], dtype=bool)
        self.plain, self.building = np.flatnonzero(~builds), np.flatnonzero(builds)
        self.hinge = np.array(rows.row_hinge, dtype=np.int64)

    def value(self, chosen: Numbers) -> int:
        """Return the same as `Terms.value`."""
        value = self.terms.constant + int(self.terms.pair_cost @ chosen)
        if not len(self.cost):
            return value
        # Sums of integers below 2^53 are exact in floats.
        added = np.bincount(self.row, self.factor * chosen[self.pair], len(self.base)).astype(np.int64)
        totals = self.base + added
        hinges = np.zeros(len(self.cost), dtype=np.int64)
        least = -(-totals // self.scale)
        np.maximum.at(hinges, self.hinge[self.plain], least[self.plain])
        for row in self.building.tolist():
            total = totals[row] + hinges[self.terms.hinges.over_hinges[row]].sum()
            hinges[self.hinge[row]] = max(hinges[self.hinge[row]], -(-total // self.scale[row]))
        return value + int(self.cost @ hinges)
