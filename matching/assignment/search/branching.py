"""Kernel: depth-first branch and bound on the Lagrangian bound: is there an assignment of at most a value?

Searching for one value, and for the next only after that is refuted, closes most pairs at the root: every
pair that alone would raise the bound above the value. After M. Posta, J. Ferland, P. Michelon, "An exact
method with variable fixing for solving the generalized assignment problem" (2012), doi
10.1007/s10589-011-9432-0.
"""

from typing import NamedTuple

import numpy as np

from data.base.compiled import Ints, compiled
from matching.assignment.search.ascent import ascend
from matching.assignment.search.domains import close_dear, give, list_open, settle, undo
from matching.assignment.search.knapsacks import raises
from matching.assignment.search.tables import SCALE, Domain, Scratch, Tables

DEPTH, NODES, AT_MOST = 0, 1, 2
"""Indices into `Tree.state`."""
STEPS, STEP_SIZE, PATIENCE = 10, 0.4, 5
"""The ascent at each node: more steps would save nodes, but no time."""
AGAIN = 10
"""A node is bounded again if at least one in this many of its pairs was closed."""
SHARPNESS = 2.0
"""Extra weight of a child that nearly closes in the choice of an item to branch on."""


class Tree(NamedTuple):
    """A search that can be suspended and resumed: the path from the root, one row for each depth.

    `item` is the branching item, its agents in the order of `children` (ended by -1), `child` the next of
    them, `mark` the length of the trail before, `u` the multipliers. `state` holds the depth (-1: the search
    is complete), the nodes so far and the target value, times `SCALE`. `best` is the agent of each item in
    the best assignment found, all -1 if there is none; after each one only better ones are searched for.
    """

    item: Ints
    child: Ints
    children: Ints
    mark: Ints
    u: Ints
    best: Ints
    state: Ints


def tree_of(tables: Tables, u: Ints, at_most: int) -> Tree:
    """Return a search that starts from the multipliers u and looks for assignments of at most `at_most`."""
    agents, items = tables.cost.shape
    tree = Tree(
        item=np.zeros(items + 1, dtype=np.int64),
        child=np.zeros(items + 1, dtype=np.int64),
        children=np.full((items + 1, agents + 1), -1, dtype=np.int64),
        mark=np.zeros(items + 1, dtype=np.int64),
        u=np.zeros((items + 1, items), dtype=np.int64),
        best=np.full(items, -1, dtype=np.int64),
        state=np.zeros(3, dtype=np.int64),
    )
    tree.u[0] = u
    tree.state[AT_MOST] = at_most * SCALE
    return tree


@compiled
def explore(tables: Tables, domain: Domain, tree: Tree, scratch: Scratch, nodes: int, stop: Ints) -> bool:
    """Continue for up to `nodes` nodes, or until `stop[0]` is set; True if the search is complete."""
    state = tree.state
    until = state[NODES] + nodes
    while state[DEPTH] >= 0 and state[NODES] < until and stop[0] == 0:
        depth = state[DEPTH]
        if state[NODES] == 0:
            state[NODES] = 1
            if not _open(tables, domain, tree, scratch, 0, stop):
                state[DEPTH] = -1
            continue
        undo(tables, domain, tree.mark[depth])
        i = tree.children[depth, tree.child[depth]]
        if i < 0:
            state[DEPTH] -= 1
            continue
        tree.child[depth] += 1
        state[NODES] += 1
        give(domain, i, tree.item[depth])
        tree.u[depth + 1] = tree.u[depth]
        if _open(tables, domain, tree, scratch, depth + 1, stop):
            state[DEPTH] += 1
    return bool(state[DEPTH] < 0)


@compiled
def _open(tables: Tables, domain: Domain, tree: Tree, scratch: Scratch, depth: int, stop: Ints) -> bool:
    """Bound the current node; True if it must be branched on, after choosing the item."""
    u, at_most = tree.u[depth], tree.state[AT_MOST]
    while settle(tables, domain):
        list_open(tables, domain, scratch)
        now = ascend(tables, domain, u, scratch, at_most, STEPS, STEP_SIZE, PATIENCE, stop)
        if now > at_most:
            return False
        if _is_assignment(scratch):
            _keep(tables, domain, tree, scratch, now)
            return False
        raises(tables, domain, u, scratch)
        closed = close_dear(domain, scratch, at_most - now)
        if closed * AGAIN < scratch.first[-1]:
            if not settle(tables, domain):
                return False
            _choose(domain, tree, scratch, at_most + SCALE - now, depth)
            if tree.item[depth] < 0:
                continue
            tree.mark[depth] = domain.length[0]
            return True
    return False


@compiled
def _is_assignment(scratch: Scratch) -> bool:
    for takers in scratch.takers:  # noqa: SIM110 -- compiled, `all` would be a list first
        if takers != 1:
            return False
    return True


@compiled
def _keep(tables: Tables, domain: Domain, tree: Tree, scratch: Scratch, value: int) -> None:
    """Record the Lagrangian solution, an assignment of this value, and search for better ones."""
    agents, items = tables.cost.shape
    for j in range(items):
        tree.best[j] = domain.owner[j]
        for i in range(agents):
            if scratch.taken[i, j]:
                tree.best[j] = i
    tree.state[AT_MOST] = value - SCALE


@compiled
def _choose(domain: Domain, tree: Tree, scratch: Scratch, gap: int, depth: int) -> None:
    """Choose an item with few open agents that all raise the bound much; try cheap agents first."""
    agents, items = domain.open.shape
    least, chosen = np.inf, -1
    for j in range(items):
        if domain.owner[j] < 0:
            size = 0.0
            for i in range(agents):
                if domain.open[i, j]:
                    size += np.exp(-SHARPNESS * scratch.raised[i, j] / gap)
            if size < least:
                least, chosen = size, j
    tree.item[depth], tree.child[depth] = chosen, 0
    children, listed = tree.children[depth], 0
    for i in range(agents):
        if chosen >= 0 and domain.open[i, chosen]:
            place = listed
            while place > 0 and scratch.raised[children[place - 1], chosen] > scratch.raised[i, chosen]:
                children[place] = children[place - 1]
                place -= 1
            children[place] = i
            listed += 1
    children[listed] = -1
