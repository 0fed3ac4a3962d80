"""One decision problem for branch and bound: is there an assignment of at most a value?"""

from data.base.compiled import Ints
from matching.assignment.search.branching import AT_MOST, NODES, explore, tree_of
from matching.assignment.search.tables import SCALE, Domain, Scratch, Tables


class LevelSearch:
    """A resumable search; each assignment found lowers its target.

    `best` is the agent of each item, None if nothing was found; `done`: the search is complete.
    """

    def __init__(self, tables: Tables, domain: Domain, u: Ints, at_most: int) -> None:
        self.tables = tables
        self.best: Ints | None = None
        self.done = False
        self._domain = domain
        self._tree = tree_of(tables, u, at_most)

    @property
    def nodes(self) -> int:
        """Nodes so far."""
        return int(self._tree.state[NODES])

    @property
    def at_most(self) -> int:
        """The target value; once the search is done, no assignment is this cheap."""
        return int(self._tree.state[AT_MOST]) // SCALE

    def ask_for(self, at_most: int) -> None:
        """Lower the target, if the new one is lower."""
        self._tree.state[AT_MOST] = min(self.at_most, at_most) * SCALE

    def run(self, nodes: int, scratch: Scratch, stop: Ints) -> None:
        """Continue for up to `nodes` nodes or until `stop[0]` is set."""
        self.done = bool(explore(self.tables, self._domain, self._tree, scratch, nodes, stop))
        if self._tree.best[0] >= 0:
            self.best = self._tree.best.copy()
