"""Kernel: assignments with one resource, by Lagrangian branch and bound and by neighbourhood search.

Two tasks run in rounds and exchange results only between rounds, so that the result does not depend on the
number of threads. The first task proves: it searches for the least value that the bound allows, and for the
next one once that is refuted. The second task finds: it searches neighbourhoods of the best assignment, and
searches for a larger value than the first.
"""

from concurrent.futures import Executor
from functools import partial

import numpy as np

from data.base.compiled import Ints
from matching.assignment.search.ascent import ascend
from matching.assignment.search.diving import dive
from matching.assignment.search.domains import list_open, settle
from matching.assignment.search.knapsacks import bound
from matching.assignment.search.multipliers import first_multipliers
from matching.assignment.search.neighbourhoods import Neighbourhoods
from matching.assignment.search.question import LevelSearch
from matching.assignment.search.tables import SCALE, Tables, domain_of, scratch_for
from matching.assignment.watch import Ended, Progress, Watch
from matching.program.highs import Limits

ROOT_STEPS, ROOT_SIZE, ROOT_PATIENCE = 5000, 1.2, 40
"""The ascent before the search: steps, step size, patience."""
FIRST_ROUND, LAST_ROUND, GROWTH = 100, 2000, 1.5
"""Nodes of a round; short rounds first, since small instances need few."""
FAR, NARROWER, FINE = 50, 8, 1 << 14
"""The ascent's target above the bound: first 1/FAR, then NARROWER times closer, down to 1/FINE."""
EASY, HARD = 50, 500
"""A value refuted in at most EASY nodes doubles the step to the next; one of HARD nodes resets it to 1."""
SHARES, LEFT = (4, 16), 60
"""A dive fixes one in SHARES of the open items at once until LEFT are open."""
ASCENT = 0.3
"""Share of the time until the deadline that the first ascent may take."""
WIDE, WIDE_NODES, WIDER = 50, 200, 4
"""Target of the first assignment: 1/WIDE above the bound, and WIDER times that after WIDE_NODES nodes."""


class Rounds:
    """A search that can be suspended and resumed: the best assignment, the bound, and the open questions.

    Until an assignment is found, `value` is one more than the cost of any. `start` is a first one, if known,
    `nobody` the dummy agent for items left out, if any.
    """

    def __init__(self, tables: Tables, nobody: int | None, start: Ints | None, seed: int, stop: Ints) -> None:
        self.tables = tables
        self.best = start
        dearest = np.where(tables.eligible == 1, tables.cost, tables.cost.min(initial=0)).max(axis=0)
        self.value = int(dearest.sum()) // SCALE + 1 if start is None else _value(tables, start)
        self.bound = floor_of(tables)
        self.nodes = 0
        self._stop = stop
        self._round, self._dived, self._begun = FIRST_ROUND, False, False
        self._scratch = [scratch_for(tables) for _ in range(2)]
        self._u = np.zeros(tables.cost.shape[1], dtype=np.int64)
        self._near = Neighbourhoods(tables, self._u, nobody, seed)
        self._near_best: tuple[Ints | None, int] = (None, self.value)
        self._step = 1
        self._low = self._wide = self._asking(self.bound)
        self._high: LevelSearch | None = None

    def run(self, pool: Executor, watch: Watch, work: int | None, progress: Progress) -> Ended:
        """Go on until all is proved, the watch ends it, or the proof has taken `work` nodes; return which."""
        if not self._begun and not self.closed:
            watch.run(pool, (partial(self._begin, Limits(deadline=watch.deadline, cancel=watch.cancel)),))
            with watch.part(ASCENT):
                watch.run(pool, (self._climb,))
        ended = watch.ended
        while not self.closed and not ended:
            nodes = self._round if work is None else min(self._round, work - self.nodes)
            self._prepare()
            watch.run(pool, (partial(self._prove, nodes), partial(self._find, nodes)))
            self._conclude()
            progress(self.value if self.best is not None else None, self.bound)
            self._round = min(int(self._round * GROWTH), LAST_ROUND)
            ended = watch.ended or ("work" if work is not None and self.nodes >= work else None)
        return None if self.closed else ended

    def _begin(self, limits: Limits) -> None:
        """Find multipliers and a first assignment near their bound."""
        self._u[:] = first_multipliers(self.tables, limits)
        self._ask_anew(self._lagrangian())
        self._search_wide(WIDE_NODES)
        self._conclude()

    def _climb(self) -> None:
        """Raise the bound as far as multipliers alone can, and set up the first decision problems."""
        self._ask_anew(self._ascend())
        self._begun = True

    def _ask_anew(self, proved: int) -> None:
        self._root = self.bound = max(self.bound, min(proved, self.value))
        self._low = self._asking(self.bound)
        self._wide = self._asking(self.bound + abs(self.bound) // WIDE)

    @property
    def closed(self) -> bool:
        """Whether the best assignment is proved optimal, or the instance infeasible."""
        return self.bound >= self.value

    def _prepare(self) -> None:
        """Choose the targets of the next round; the tasks exchange results only here."""
        if self._step > 1 and self._low.nodes > HARD:
            self._step = 1
            self._low = self._asking(self.bound)
        if self._low.at_most < self.bound:
            self._low = self._asking(self.bound + self._step - 1)
        self._low.ask_for(self.value - 1)
        high = self._high
        if high:
            high.ask_for(self.value - 1)
        if high and not high.done and high.at_most == self._low.at_most and high.nodes > self._low.nodes:
            self._low = high
        if high is None or high.done or high.at_most <= self._low.at_most:
            above = self._low.at_most + self._step
            self._high = self._asking(above) if self.best is not None and above < self.value else None

    def _prove(self, nodes: int) -> None:
        """Search for the least values, one after the other, for up to `nodes` nodes."""
        while nodes > 0 and not self._stop[0]:
            before = self._low.nodes
            self._low.run(nodes, self._scratch[0], self._stop)
            nodes -= self._low.nodes - before
            self.nodes += self._low.nodes - before
            if self._low.done:
                self.bound = max(self.bound, self._low.at_most + 1)
                if self._low.best is not None or self.closed:
                    return
                self._step = self._step * 2 if self._low.nodes <= EASY else 1
                self._low = self._asking(self.bound + self._step - 1)

    def _find(self, nodes: int) -> None:
        """Search for better assignments, for about `nodes` nodes."""
        if self.best is None or not self._dived:
            self._search_wide(max(nodes, WIDE_NODES))
            self._dived = not self._stop[0]
            return
        if self._high is not None:
            nodes //= 2
            self._high.run(nodes, self._scratch[1], self._stop)
        self._near_best = self._near.improve(self.best, self.value, nodes, self._scratch[1], self._stop)

    def _conclude(self) -> None:
        """Collect what the two tasks of a round found and proved."""
        found = [(self._near_best[0], self._near_best[1])]
        for search in (self._low, self._high, self._wide):
            if search is not None:
                found.append((search.best, search.at_most + 1))
                if search.done:
                    self.bound = max(self.bound, search.at_most + 1)
        for best, value in found:
            if best is not None and value < self.value:
                self.best, self.value = best, value

    def _search_wide(self, nodes: int) -> None:
        """Search for a first assignment; raise the target if there is none of at most that value."""
        if self._wide.done or (self._wide.nodes >= WIDE_NODES and self._wide.at_most < self.value - 1):
            slack = self._wide.at_most - self._root
            self._wide = self._asking(self._root + max(1, slack) * WIDER)
        for share in SHARES if self._wide.nodes == 0 else ():
            self._dive(self._wide.at_most, share, nodes)
            if self._near_best[0] is not None:
                return
        self._wide.run(nodes, self._scratch[1], self._stop)

    def _dive(self, at_most: int, share: int, nodes: int) -> None:
        """Fix most items at once and search the rest; small loads are slightly cheaper, so that all fit."""
        tables, scratch = self.tables, self._scratch[1]
        extra = tables.load * (SCALE // 4) // max(1, tables.load.max())
        light = tables._replace(cost=tables.cost + extra)
        at_most += int(extra.max(axis=0).sum()) // SCALE + 1
        domain, u = domain_of(tables), self._u.copy()
        if not dive(light, domain, u, scratch, at_most * SCALE, share, LEFT, self._stop):
            return
        search = LevelSearch(light, domain, u, at_most)
        search.run(nodes, scratch, self._stop)
        if search.best is not None:
            self._near_best = search.best, _value(tables, search.best)

    def _asking(self, at_most: int) -> LevelSearch:
        return LevelSearch(self.tables, domain_of(self.tables), self._u, min(at_most, self.value - 1))

    def _lagrangian(self) -> int:
        """Return the bound that the multipliers prove, rounded up."""
        domain, scratch = domain_of(self.tables), self._scratch[0]
        if not settle(self.tables, domain):
            return self.value
        list_open(self.tables, domain, scratch)
        return -(-bound(self.tables, domain, self._u, scratch) // SCALE)

    def _ascend(self) -> int:
        """Find good multipliers and return the bound they prove, rounded up."""
        domain, scratch = domain_of(self.tables), self._scratch[0]
        if not settle(self.tables, domain):
            return self.value
        list_open(self.tables, domain, scratch)
        now = bound(self.tables, domain, self._u, scratch)
        slack = max(SCALE, abs(now) // FAR)
        while slack >= max(SCALE, abs(now) // FINE) and now < self.value * SCALE and not self._stop[0]:
            at_most = now + slack
            now = ascend(
                self.tables,
                domain,
                self._u,
                scratch,
                at_most,
                ROOT_STEPS,
                ROOT_SIZE,
                ROOT_PATIENCE,
                self._stop,
            )
            if now <= at_most:
                slack //= NARROWER
        return -(-now // SCALE)


def floor_of(tables: Tables) -> int:
    """Return a bound on the cost of any assignment that needs no search: each item where it costs least."""
    highest = int(tables.cost.max(initial=0))
    return int(tables.cost.min(axis=0, initial=highest, where=tables.eligible == 1).sum()) // SCALE


def _value(tables: Tables, assignee: Ints) -> int:
    """Return the cost of an assignment."""
    return int(tables.cost[assignee, np.arange(len(assignee))].sum()) // SCALE
