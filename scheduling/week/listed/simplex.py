"""A primal simplex method for the relaxation of a week, with pricing over the list of routes (numba).

Rows: one for each visit (made once, or left out), one for each kind of day (no more routes than days), and
three for the number of days, the work and the floor under all penalties, which are inactive without such a
limit. Columns: n ways to leave a visit out, a slack for each row after those of the visits, and the routes of
the pool, which pricing extends. It starts with everything left out, so that there is always a feasible
solution. Everything is in floats: the duals need not be exact to bound the week (see
`scheduling.week.listed.bound`).
"""

import numpy as np
from numpy.typing import NDArray

from data.base.compiled import Ints, compiled, compiled_leaf
from scheduling.week.listed.route_list import bit_tables, sum_at

Floats = NDArray[np.float64]

ROUTES_A_ROUND = 12
"""Routes of each kind added by one pricing round."""
SAMPLE = 2_000
"""Early rounds price only about this many routes of the list, evenly spaced."""
NUDGE = 1e-9
"""Perturbation: each visit's right-hand side is slightly above 1, so that rows do not stay tied."""
DAY_ROW, WORK_ROW, FLOOR_ROW, EXTRA_ROWS = 0, 1, 2, 3
"""The rows after those of visits and kinds."""
R_ROUTE, R_KIND = 0, 1
"""Columns of the pool."""


@compiled
def everything_left_out(days: Ints, share: Floats, limits: Floats) -> tuple[Floats, Floats, Ints]:
    """Return (inverse of the basis, values, basis) in which every visit is left out.

    `share[v]` is the fraction of the floor that v's penalty covers; `limits` are the right-hand sides of the
    last three rows.
    """
    n, kinds = share.shape[0], days.shape[0]
    rows = n + kinds + EXTRA_ROWS
    inverse, values, basis = np.eye(rows), np.empty(rows), np.arange(rows)
    floor = n + kinds + FLOOR_ROW
    for v in range(n):
        values[v] = 1 + NUDGE * (1 + (v * 7919 % 104729) / 104729)
        inverse[floor, v] = share[v]
    for k in range(kinds):
        values[n + k] = days[k]
    for x in range(EXTRA_ROWS):
        values[n + kinds + x] = limits[x]
    inverse[floor, floor] = -1.0
    values[floor] = (share * values[:n]).sum() - limits[FLOOR_ROW]
    return inverse, values, basis


@compiled
def improve(
    mask: Ints, cost: Ints, work_min: Ints, first: Ints, price: Floats, share: Floats, parts: Floats,
    inverse: Floats, values: Floats, basis: Ints, pool: Ints, pooled: int, tolerance: float, most_pivots: int,
    stop: Ints,
) -> tuple[Floats, Ints, int]:  # fmt: skip
    """Pivot until no listed route improves the relaxation; return (duals, pool, number of routes in it).

    `parts` are the shares of the limits that a route takes of the days, and a minute of its work of the work.
    The basis is changed in place. It ends early when `stop[0]` is set.
    """
    n, rows = price.shape[0], values.shape[0]
    extra = rows - EXTRA_ROWS
    column, shift, entries = np.empty(rows), np.empty(rows), np.empty(rows, dtype=np.int64)
    duals = _duals(cost, price, inverse, basis, pool)
    stride = max(1, mask.shape[0] // SAMPLE)
    for _ in range(most_pivots):
        if stop[0] != 0:
            break
        entering, best = _best_column(
            mask, cost, work_min, price, share, parts, pool, pooled, duals, tolerance
        )
        if entering < 0:
            duals = _duals(cost, price, inverse, basis, pool)
            if pool.shape[0] < pooled + ROUTES_A_ROUND * (first.shape[0] - 1):
                longer = np.empty((2 * pool.shape[0] + ROUTES_A_ROUND * first.shape[0], 2), dtype=np.int64)
                longer[:pooled] = pool[:pooled]
                pool = longer
            before = pooled
            pooled = _price(mask, cost, work_min, first, parts, duals, n, stride, pool, pooled, tolerance)
            if pooled - before < first.shape[0]:
                if pooled == before and stride == 1:
                    break
                stride = max(1, stride // 8)
            continue
        size = _column_of(entering, mask, work_min, share, parts, pool, n, extra, entries, column)
        leaving = _ratio_test(inverse, values, entries, column, size, shift)
        if leaving < 0:
            break
        _pivot(inverse, values, duals, shift, leaving, best)
        basis[leaving] = entering
    return duals, pool, pooled


@compiled
def _duals(cost: Ints, price: Floats, inverse: Floats, basis: Ints, pool: Ints) -> Floats:
    """Return the duals of a basis, computed from scratch."""
    rows, n = basis.shape[0], price.shape[0]
    duals = np.zeros(rows)
    for i in range(rows):
        paid = 0.0
        if basis[i] < n:
            paid = price[basis[i]]
        elif basis[i] >= rows:
            paid = float(cost[pool[basis[i] - rows, R_ROUTE]])
        if paid != 0.0:
            for r in range(rows):
                duals[r] += paid * inverse[i, r]
    return duals


@compiled_leaf
def _best_column(
    mask: Ints, cost: Ints, work_min: Ints, price: Floats, share: Floats, parts: Floats,
    pool: Ints, pooled: int, duals: Floats, tolerance: float,
) -> tuple[int, float]:  # fmt: skip
    """Return the known column of least reduced cost, and that cost; −1 if none improves."""
    n, rows = price.shape[0], duals.shape[0]
    extra = rows - EXTRA_ROWS
    best, entering = -tolerance, -1
    for v in range(n):
        reduced = price[v] - duals[v] - share[v] * duals[extra + FLOOR_ROW]
        if reduced < best:
            best, entering = reduced, v
    for r in range(n, rows):
        reduced = duals[r] if r == extra + FLOOR_ROW else -duals[r]
        if reduced < best:
            best, entering = reduced, r
    a_day, a_minute = parts[DAY_ROW] * duals[extra + DAY_ROW], parts[WORK_ROW] * duals[extra + WORK_ROW]
    for p in range(pooled):
        r = pool[p, R_ROUTE]
        reduced = cost[r] - duals[n + pool[p, R_KIND]] - a_day - a_minute * work_min[r]
        rest, v = mask[r], 0
        while rest:
            if rest & 1:
                reduced -= duals[v]
            rest >>= 1
            v += 1
        if reduced < best:
            best, entering = reduced, rows + p
    return entering, best


@compiled
def _price(
    mask: Ints, cost: Ints, work_min: Ints, first: Ints, parts: Floats, duals: Floats, n: int, stride: int,
    pool: Ints, pooled: int, tolerance: float,
) -> int:  # fmt: skip
    """Add the best routes of each kind to the pool, checking one in `stride`; return the pool's new size."""
    extra = duals.shape[0] - EXTRA_ROWS
    a_day, a_minute = parts[DAY_ROW] * duals[extra + DAY_ROW], parts[WORK_ROW] * duals[extra + WORK_ROW]
    tables = bit_tables(duals[:n])
    best = np.empty(ROUTES_A_ROUND)
    for k in range(first.shape[0] - 1):
        begin, count = pooled, 0
        threshold = duals[n + k] + a_day - tolerance
        for r in range(first[k], first[k + 1], stride):
            reduced = cost[r] - a_minute * work_min[r] - sum_at(tables, mask[r])
            if reduced >= threshold:
                continue
            at = min(count, ROUTES_A_ROUND - 1)
            while at > 0 and best[at - 1] > reduced:
                best[at], pool[begin + at, R_ROUTE] = best[at - 1], pool[begin + at - 1, R_ROUTE]
                at -= 1
            best[at], pool[begin + at, R_ROUTE] = reduced, r
            count = min(count + 1, ROUTES_A_ROUND)
            if count == ROUTES_A_ROUND:
                threshold = best[count - 1]
        for p in range(begin, begin + count):
            pool[p, R_KIND] = k
        pooled = begin + count
    return pooled


@compiled_leaf
def _column_of(
    entering: int, mask: Ints, work_min: Ints, share: Floats, parts: Floats, pool: Ints, n: int, extra: int,
    entries: Ints, column: Floats,
) -> int:  # fmt: skip
    """Fill in the rows and coefficients of a column; return how many it has."""
    rows = extra + EXTRA_ROWS
    if entering < n:
        entries[0], column[0] = entering, 1.0
        entries[1], column[1] = extra + FLOOR_ROW, share[entering]
        return 2
    if entering < rows:
        entries[0], column[0] = entering, -1.0 if entering == extra + FLOOR_ROW else 1.0
        return 1
    r = pool[entering - rows, R_ROUTE]
    count, rest, v = 0, mask[r], 0
    while rest:
        if rest & 1:
            entries[count], column[count] = v, 1.0
            count += 1
        rest >>= 1
        v += 1
    entries[count], column[count] = n + pool[entering - rows, R_KIND], 1.0
    entries[count + 1], column[count + 1] = extra + DAY_ROW, parts[DAY_ROW]
    entries[count + 2], column[count + 2] = extra + WORK_ROW, parts[WORK_ROW] * work_min[r]
    return count + 3


@compiled_leaf
def _ratio_test(
    inverse: Floats, values: Floats, entries: Ints, column: Floats, size: int, shift: Floats
) -> int:
    """Return the row that leaves the basis (−1: none), and the change of each row, in `shift`."""
    leaving, step = -1, 0.0
    for i in range(values.shape[0]):
        moved = 0.0
        for e in range(size):
            moved += inverse[i, entries[e]] * column[e]
        shift[i] = moved
        if moved > 1e-9 and (leaving < 0 or values[i] < step * moved):
            leaving, step = i, values[i] / moved
    return leaving


@compiled_leaf
def _pivot(
    inverse: Floats, values: Floats, duals: Floats, shift: Floats, leaving: int, reduced: float
) -> None:
    rows = values.shape[0]
    values[leaving] = max(0.0, values[leaving]) / shift[leaving]
    for r in range(rows):
        inverse[leaving, r] /= shift[leaving]
        duals[r] += reduced * inverse[leaving, r]
    for i in range(rows):
        if i != leaving and shift[i] != 0.0:
            values[i] -= shift[i] * values[leaving]
            for r in range(rows):
                inverse[i, r] -= shift[i] * inverse[leaving, r]
