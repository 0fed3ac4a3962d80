"""The state of a refinement: current matching, routed totals, and exchanges that the rules allow."""

from collections.abc import Iterable, Sequence

import numpy as np

from data.model.policy import ObjectiveName
from data.results.refinement import Routed
from data.results.solution import Level, Matching
from matching.levels.pairs import Pairs
from matching.program.arrays import Numbers
from matching.refine.exchanges import NOBODY, Steps
from matching.refine.level_values import LevelValues
from matching.refine.route_price import Caseload, RoutePrice

Move = tuple[int, int]
"""A company and its new buddy, both as indices."""


class RefineState:
    """A choice of pairs that only improves; buddies and companies are indices into `pairs`."""

    def __init__(self, pairs: Pairs, matching: Matching, price: RoutePrice) -> None:
        self.pairs, self.price = pairs, price
        buddies, companies = len(pairs.buddies), len(pairs.companies)
        self.pair_at = np.full((buddies, companies), -1, dtype=np.int64)
        self.pair_at[pairs.buddy, pairs.company] = np.arange(len(pairs.company))
        self.movable = np.bincount(pairs.company, minlength=companies) > 1
        self.chosen = np.zeros(len(pairs.company), dtype=np.int64)
        self.chosen[[pairs.index[pair.buddy, pair.company] for pair in matching.pairs]] = 1
        self.buddy_of = np.full(companies, NOBODY, dtype=np.int64)
        self.buddy_of[pairs.company[self.chosen == 1]] = pairs.buddy[self.chosen == 1]
        self.levels = LevelValues(pairs, [level.name for level in matching.levels])
        self.ceiling = np.array(_ceilings(matching.levels), dtype=np.int64)
        self.keeping, self.least_kept = _keeping(pairs)
        self.routed: list[Routed] = price.routed([self.caseload(b) for b in range(buddies)])
        self.version = [0] * buddies
        self._tables: dict[int, tuple[int, Numbers, Steps]] = {}

    def caseload(self, buddy: int, moves: Iterable[Move] = ()) -> Caseload:
        """Return a buddy's companies, after some moves."""
        mine = set(np.flatnonzero(self.buddy_of == buddy).tolist())
        for company, after in moves:
            (mine.add if after == buddy else mine.discard)(company)
        return self.pairs.buddies[buddy], tuple(self.pairs.companies[company] for company in sorted(mine))

    def moved(self, chosen: Numbers, moves: Sequence[Move]) -> Numbers:
        """Return a choice after some moves of companies from their current buddies."""
        after = chosen.copy()
        for company, buddy in moves:
            after[self.pair_at[self.buddy_of[company], company]] = 0
            after[self.pair_at[buddy, company]] = 1
        return after

    def within(self, chosen: Numbers) -> bool:
        """Return whether all levels are within their limits, and enough relations are kept."""
        kept = int(self.keeping @ chosen) >= self.least_kept
        return kept and bool(np.all(self.levels.values(chosen) <= self.ceiling))

    def apply(self, moves: Sequence[Move], routed: dict[int, Routed]) -> None:
        """Apply moves; `routed` holds the new totals of each affected buddy."""
        self.chosen = self.moved(self.chosen, moves)
        for company, buddy in moves:
            self.buddy_of[company] = buddy
        for buddy, price in routed.items():
            self.routed[buddy] = price
            self.version[buddy] += 1

    def room(self) -> Numbers:
        """Return how much the limited totals of `Steps.change` may grow."""
        left = self.ceiling - self.levels.values(self.chosen)
        return np.append(left, int(self.keeping @ self.chosen) - self.least_kept)

    def steps(self) -> Steps:
        """Return every step that the caseloads allow, with gains estimated in the current routes."""
        tables = [self._table(buddy) for buddy in range(len(self.pairs.buddies))]
        saved = np.zeros(len(self.pairs.companies), dtype=np.int64)
        for _, of_buddy, _ in tables:
            saved += of_buddy
        company, buddy, ejected, added = (
            np.concatenate([getattr(steps, name) for _, _, steps in tables])
            for name in ("company", "buddy", "ejected", "gain_min")
        )
        home = self.buddy_of[company]
        before, after = self.pair_at[home, company], self.pair_at[buddy, company]
        costs = self.levels.pair_cost
        change = np.vstack([costs[:, after] - costs[:, before], self.keeping[before] - self.keeping[after]])
        return Steps(company, home, buddy, ejected, saved[company] + added, change)

    def _table(self, buddy: int) -> tuple[int, Numbers, Steps]:
        """Return what companies save by leaving a buddy, and the steps to that buddy with their costs.

        Both are valid until the buddy's caseload changes; companies that the buddy already has give no steps.
        """
        known = self._tables.get(buddy)
        if known is None or known[0] != self.version[buddy]:
            known = self._tables[buddy] = (self.version[buddy], *self._estimate(buddy))
        version, saved, steps = known
        elsewhere = (self.buddy_of[steps.company] >= 0) & (self.buddy_of[steps.company] != buddy)
        return version, saved, steps.only(np.flatnonzero(elsewhere))

    def _estimate(self, buddy: int) -> tuple[Numbers, Steps]:
        mine = np.flatnonzero(self.buddy_of == buddy)
        others = np.flatnonzero((self.pair_at[buddy] >= 0) & (self.buddy_of != buddy) & (self.buddy_of >= 0))
        name, companies = self.caseload(buddy)
        newcomers = [self.pairs.companies[company] for company in others.tolist()]
        saved_by, added = self.price.exchanges(name, companies, newcomers)
        saved = np.zeros(len(self.pairs.companies), dtype=np.int64)
        saved[mine] = saved_by
        loads, limit = self.pairs.loads, self.pairs.limits[buddy]
        gone = loads[:, self.pair_at[buddy, mine]]
        comes = loads[:, self.pair_at[buddy, others]]
        left = np.column_stack([gone.sum(axis=1)[:, None] - gone, gone.sum(axis=1)])
        allowed = np.all(left[:, :, None] + comes[:, None, :] <= limit[:, None, None], axis=0)
        allowed[:-1] &= self.movable[mine][:, None]
        row, column = np.nonzero(allowed)
        ejected = np.append(mine, NOBODY)[row]
        here = np.full(len(row), buddy, dtype=np.int64)
        nothing = np.zeros((0, len(row)), dtype=np.int64)
        return saved, Steps(others[column], here, here, ejected, -added[row, column], nothing)


def _ceilings(levels: Sequence[Level]) -> list[int]:
    """Return the limit of each level: no worse above `travel_min`, then the limit set when it was solved."""
    names = [level.name for level in levels]
    above = names.index(ObjectiveName.TRAVEL_MIN) if ObjectiveName.TRAVEL_MIN in names else len(names)
    return [level.final if k < above else level.held_at for k, level in enumerate(levels)]


def _keeping(pairs: Pairs) -> tuple[Numbers, int]:
    """Return which pairs keep a counted relation, and how many must be kept at least."""
    keeping = np.zeros(len(pairs.company), dtype=np.int64)
    policy = pairs.problem.policy
    if policy.rematch and policy.max_changed_relations is not None:
        present = ((relation.buddy, company) for company, relation in pairs.present.items())
        keeping[[pairs.index[pair] for pair in present if pair in pairs.index]] = 1
        return keeping, max(0, int(keeping.sum()) - policy.max_changed_relations)
    return keeping, 0
