"""Open-addressing hash tables of visit sets as bit masks, and growing arrays (numba)."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from data.base.compiled import Ints, Small, compiled, compiled_leaf


@compiled_leaf
def bit_count(mask: int) -> int:
    """Return the number of set bits in a mask."""
    count = 0
    while mask:
        mask &= mask - 1
        count += 1
    return count


@compiled
def empty_table(count: int) -> Small:
    """Return a table for `slot_of` with room for `count` keys."""
    size = 1024
    while size < 2 * count:
        size *= 2
    return np.full(size, -1, dtype=np.int32)


@compiled_leaf
def slot_of(table: Small, keys: Ints, key: int) -> int:
    """Return the slot of a key in a table of positions in `keys`, or the free slot where it belongs."""
    slots = table.shape[0] - 1
    # Fibonacci hashing spreads masks that differ in one bit.
    slot: int = ((key * np.int64(-7046029254386353131)) >> np.int64(20)) & slots
    while table[slot] >= 0 and keys[table[slot]] != key:
        slot = (slot + 1) & slots
    return slot


@compiled
def roomy(table: Small, keys: Ints, count: int, needed: int) -> Small:
    """Return the table of the first `count` keys, or a larger one if `needed` keys would half fill it."""
    if 2 * needed <= table.shape[0]:
        return table
    larger = empty_table(2 * needed)
    for k in range(count):
        larger[slot_of(larger, keys, keys[k])] = k
    return larger


@compiled
def longer(array: NDArray[Any], needed: int) -> NDArray[Any]:
    """Return a vector, or a copy at least twice as long if `needed` entries do not fit."""
    if needed <= array.shape[0]:
        return array
    copy = np.empty(max(needed, 2 * array.shape[0]), dtype=array.dtype)
    copy[: array.shape[0]] = array
    return copy


@compiled
def taller(matrix: Ints, needed: int) -> Ints:
    """Return a matrix, or a copy with at least twice its rows if `needed` rows do not fit."""
    if needed <= matrix.shape[0]:
        return matrix
    copy = np.empty((max(needed, 2 * matrix.shape[0]), matrix.shape[1]), dtype=np.int64)
    copy[: matrix.shape[0]] = matrix
    return copy
