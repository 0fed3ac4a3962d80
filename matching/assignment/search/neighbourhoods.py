"""Improve an assignment: some agents redistribute their items, all others keep theirs."""

import numpy as np

from data.base.compiled import Ints
from matching.assignment.search.question import LevelSearch
from matching.assignment.search.tables import Domain, Scratch, Tables, domain_of

NODES = 100
"""A neighbourhood is abandoned after this many nodes."""
EASY_NODES = 10
"""After a neighbourhood of at most this many nodes, the next one has one agent more."""
FEWEST = 2
"""Fewer agents could not redistribute anything."""


class Neighbourhoods:
    """Random sets of agents, each searched by branch and bound for an improvement of the best assignment.

    The size of the sets adapts: one more agent after an easy neighbourhood, a quarter fewer after an
    abandoned one. `nobody` is the dummy agent for items left out; if there is one, it belongs to every set.
    """

    def __init__(self, tables: Tables, u: Ints, nobody: int | None, seed: int) -> None:
        self._tables = tables
        self._u = u
        self._nobody = nobody
        self._random = np.random.default_rng(seed)
        self._agents = np.delete(np.arange(len(tables.capacity)), [] if nobody is None else [nobody])
        self._most = len(self._agents) - 1
        self._together = min(self._most, 2 + len(self._agents) // 2)

    def improve(self, best: Ints, value: int, nodes: int, scratch: Scratch, stop: Ints) -> tuple[Ints, int]:
        """Return a better assignment and its value, or the given one, after about `nodes` nodes."""
        while nodes > 0 and stop[0] == 0 and self._most >= FEWEST:
            search = LevelSearch(self._tables, self._around(best), self._u, value - 1)
            search.run(NODES, scratch, stop)
            nodes -= max(1, search.nodes)
            if search.best is not None:
                best, value = search.best, search.at_most + 1
            if not search.done:
                self._together = max(FEWEST, self._together * 3 // 4)
            elif search.nodes <= EASY_NODES:
                self._together = min(self._most, self._together + 1)
        return best, value

    def _around(self, best: Ints) -> Domain:
        """Return the domain in which a random set of agents may redistribute their items."""
        agents = self._random.choice(self._agents, self._together, replace=False)
        if self._nobody is not None:
            agents = np.append(agents, self._nobody)
        among = np.zeros(len(self._tables.capacity), dtype=bool)
        among[agents] = True
        open_ = np.where(among[:, None] & among[best][None, :], self._tables.eligible, 0)
        open_[best, np.arange(len(best))] = 1
        whole = domain_of(self._tables)
        return whole._replace(open=open_, choices=open_.sum(axis=0, dtype=np.int64))
