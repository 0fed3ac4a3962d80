"""Kernels: the Lagrangian bound of an assignment by exact knapsacks, and how much each pair would raise it.

With a multiplier u_j for "item j goes to one agent" the problem decomposes into one 0/1 knapsack for each
agent over the reduced costs c_ij - u_j. All numbers are integers, so the bound is exact for any u. All
kernels here read the open pairs as listed by `domains.list_open`.
"""

from data.base.compiled import Ints, compiled
from matching.assignment.search.tables import Domain, Scratch, Tables


@compiled
def bound(tables: Tables, domain: Domain, u: Ints, scratch: Scratch) -> int:
    """Return the Lagrangian bound, and store its solution in `scratch.taken` and `scratch.takers`."""
    agents, items = tables.cost.shape
    total = 0
    for j in range(items):
        owner = domain.owner[j]
        if owner < 0:
            scratch.takers[j] = 0
            total += u[j]
        else:
            scratch.takers[j] = 1
            total += tables.cost[owner, j]
    scratch.taken[:] = 0
    for i in range(agents):
        total += _knapsack(domain.room[i], u, scratch, i)
    return total


@compiled
def raises(tables: Tables, domain: Domain, u: Ints, scratch: Scratch) -> None:
    """Set `scratch.raised[i, j]` to the increase of the bound if item j goes to agent i and to no other.

    Agent i taking j and the others not taking it affect different knapsacks, so the two increases add up.
    `scratch.taken` must hold the solution of `bound` at the same u.
    """
    agents, items = tables.cost.shape
    for i in range(agents):
        _changes(domain.room[i], u, scratch, i)
    for j in range(items):
        if domain.owner[j] >= 0:
            continue
        without = 0
        for i in range(agents):
            if scratch.taken[i, j]:
                without += scratch.raised[i, j]
        for i in range(agents):
            if scratch.taken[i, j]:
                scratch.raised[i, j] = without - scratch.raised[i, j]
            else:
                scratch.raised[i, j] += without


@compiled
def _gather(u: Ints, scratch: Scratch, i: int) -> int:
    """List the items that agent i would take if there were room; return how many."""
    listed = 0
    for k in range(scratch.first[i], scratch.first[i + 1]):
        j = scratch.pair_item[k]
        price = scratch.pair_cost[k] - u[j]
        if price < 0:
            scratch.item[listed] = j
            scratch.weight[listed] = scratch.pair_load[k]
            scratch.price[listed] = price
            listed += 1
    return listed


@compiled
def _take(scratch: Scratch, i: int, j: int) -> None:
    scratch.taken[i, j] = 1
    scratch.takers[j] += 1


@compiled
def _knapsack(room: int, u: Ints, scratch: Scratch, i: int) -> int:
    """Solve agent i's knapsack: row k of the table holds the best price of its first k items by load.

    A row is filled only where it matters: up to the total load of its items, and down to what the later items
    could not fill.
    """
    listed = _gather(u, scratch, i)
    weight, price, table = scratch.weight, scratch.price, scratch.forward
    total, best = 0, 0
    for k in range(listed):
        total += weight[k]
        best += price[k]
    if total <= room:
        for k in range(listed):
            _take(scratch, i, scratch.item[k])
        return best
    spare, above, high = total - room, 0, 0
    table[0, 0] = 0
    for k in range(listed):
        above += weight[k]
        filled, high = high, min(above, room)
        table[k, filled + 1 : high + 1] = table[k, filled]
        _add(table[k], table[k + 1], weight[k], price[k], max(0, above - spare), high)
    c, reach = room, total
    for k in range(listed - 1, -1, -1):
        c = min(c, reach)  # beyond the load of all its items a row is not filled
        if table[k + 1, c] != table[k, c]:
            _take(scratch, i, scratch.item[k])
            c -= weight[k]
        reach -= weight[k]
    return int(table[listed, room])


@compiled
def _add(before: Ints, after: Ints, weight: int, price: int, low: int, high: int) -> None:
    """Fill the row with one more item, from `low` to `high`: the best price within each load."""
    start = max(low, weight)
    if low < start:
        stop = min(start, high + 1)
        after[low:stop] = before[low:stop]
    size = high + 1 - start
    if size > 0:
        result, without = after[start : start + size], before[start : start + size]
        with_item = before[start - weight : start - weight + size]
        for c in range(size):
            result[c] = min(without[c], with_item[c] + price)


@compiled
def _changes(room: int, u: Ints, scratch: Scratch, i: int) -> None:
    """Compute for agent i the price change of dropping an item that it takes, or of adding another.

    The best knapsack without an item combines those of the items before and after it, over every split of the
    room.
    """
    listed = _gather(u, scratch, i)
    forward, backward, raised = scratch.forward, scratch.backward, scratch.raised
    forward[0, : room + 1] = 0
    backward[listed, : room + 1] = 0
    for k in range(listed):
        _add(forward[k], forward[k + 1], scratch.weight[k], scratch.price[k], 0, room)
    for k in range(listed - 1, -1, -1):
        _add(backward[k + 1], backward[k], scratch.weight[k], scratch.price[k], 0, room)
    best = forward[listed, room]
    for k in range(scratch.first[i], scratch.first[i + 1]):
        j = scratch.pair_item[k]
        raised[i, j] = scratch.pair_cost[k] - u[j] + forward[listed, room - scratch.pair_load[k]] - best
    for k in range(listed):
        j = scratch.item[k]
        if scratch.taken[i, j]:
            raised[i, j] = _joined(forward[k], backward[k + 1], room) - best
        else:
            left = room - scratch.weight[k]
            raised[i, j] = scratch.price[k] + _joined(forward[k], backward[k + 1], left) - best


@compiled
def _joined(forward: Ints, backward: Ints, room: int) -> int:
    """Return the best price of two rows that share the room."""
    best = forward[0] + backward[room]
    for c in range(1, room + 1):
        best = min(best, forward[c] + backward[room - c])
    return int(best)
