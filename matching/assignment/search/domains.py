"""Kernels: close pairs, propagate the consequences, and undo both."""

from data.base.compiled import compiled
from matching.assignment.search.tables import Domain, Scratch, Tables


@compiled
def close(domain: Domain, i: int, j: int) -> None:
    """Close a pair; `settle` propagates the consequences."""
    domain.open[i, j] = 0
    domain.choices[j] -= 1
    _remember(domain, i * domain.open.shape[1] + j)


@compiled
def give(domain: Domain, i: int, j: int) -> None:
    """Close every other agent of an item; `settle` propagates the consequences."""
    for other in range(domain.open.shape[0]):
        if other != i and domain.open[other, j]:
            close(domain, other, j)


@compiled
def settle(tables: Tables, domain: Domain) -> bool:
    """Fix items with one open agent and close pairs that no longer fit; False if an item has no agent."""
    changed = True
    while changed:
        changed = False
        for j in range(len(domain.owner)):
            if domain.owner[j] >= 0 or domain.choices[j] > 1:
                continue
            i = _only(domain, j)
            if i < 0 or tables.load[i, j] > domain.room[i]:
                return False
            domain.owner[j] = i
            domain.room[i] -= tables.load[i, j]
            _remember(domain, -1 - j)
            changed = True
        if changed:
            _close_too_large(tables, domain)
    return True


@compiled
def undo(tables: Tables, domain: Domain, length: int) -> None:
    """Reopen everything that was closed since the trail had this length."""
    items = domain.open.shape[1]
    while domain.length[0] > length:
        domain.length[0] -= 1
        entry = domain.trail[domain.length[0]]
        if entry < 0:
            j = -1 - entry
            domain.room[domain.owner[j]] += tables.load[domain.owner[j], j]
            domain.owner[j] = -1
        else:
            domain.open[entry // items, entry % items] = 1
            domain.choices[entry % items] += 1


@compiled
def list_open(tables: Tables, domain: Domain, scratch: Scratch) -> None:
    """List the open pairs of items without an owner, agent by agent: the input of the knapsacks."""
    agents, items = domain.open.shape
    listed = 0
    for i in range(agents):
        scratch.first[i] = listed
        for j in range(items):
            if domain.open[i, j] and domain.owner[j] < 0:
                scratch.pair_item[listed] = j
                scratch.pair_cost[listed] = tables.cost[i, j]
                scratch.pair_load[listed] = tables.load[i, j]
                listed += 1
    scratch.first[agents] = listed


@compiled
def close_dear(domain: Domain, scratch: Scratch, most: int) -> int:
    """Close the pairs that would raise the bound by more than `most`; return how many."""
    closed = 0
    for i in range(len(domain.room)):
        for k in range(scratch.first[i], scratch.first[i + 1]):
            j = scratch.pair_item[k]
            if scratch.raised[i, j] > most:
                close(domain, i, j)
                closed += 1
    return closed


@compiled
def _only(domain: Domain, j: int) -> int:
    for i in range(domain.open.shape[0]):
        if domain.open[i, j]:
            return i
    return -1


@compiled
def _close_too_large(tables: Tables, domain: Domain) -> None:
    agents, items = domain.open.shape
    for i in range(agents):
        room = domain.room[i]
        for j in range(items):
            if domain.open[i, j] and tables.load[i, j] > room and domain.owner[j] < 0:
                close(domain, i, j)


@compiled
def _remember(domain: Domain, entry: int) -> None:
    domain.trail[domain.length[0]] = entry
    domain.length[0] += 1
