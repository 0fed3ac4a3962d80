"""Open-addressing tables that find a set of visits by its bits, and arrays that grow (numba)."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from data.compiled import Ints, Small, compiled


@compiled
def empty_table(count: int) -> Small:
    """Return a table for `slot_of` with room for `count` keys."""
    size = 1024
    while size < 2 * count:
        size *= 2
    return np.full(size, -1, dtype=np.int32)


@compiled
def slot_of(table: Small, keys: Ints, key: int) -> int:
    """Return the slot of a key in a table of positions in `keys`, or the gap where it belongs."""
    slots = table.shape[0] - 1
    # Fibonacci hashing spreads masks that differ in one bit.
    slot: int = ((key * np.int64(-7046029254386353131)) >> np.int64(20)) & slots
    while table[slot] >= 0 and keys[table[slot]] != key:
        slot = (slot + 1) & slots
    return slot


@compiled
def roomy(table: Small, keys: Ints, count: int) -> Small:
    """Return the table of the first `count` keys, or a larger one where it is half full."""
    if 2 * count <= table.shape[0]:
        return table
    larger = empty_table(2 * count)
    for k in range(count):
        larger[slot_of(larger, keys, keys[k])] = k
    return larger


@compiled
def longer(array: NDArray[Any], needed: int) -> NDArray[Any]:
    """Return a vector, or a copy at least twice as long when `needed` entries do not fit."""
    if needed <= array.shape[0]:
        return array
    copy = np.empty(max(needed, 2 * array.shape[0]), dtype=array.dtype)
    copy[: array.shape[0]] = array
    return copy


@compiled
def taller(matrix: Ints, needed: int) -> Ints:
    """Return a matrix, or a copy with at least twice its rows when `needed` rows do not fit."""
    if needed <= matrix.shape[0]:
        return matrix
    copy = np.empty((max(needed, 2 * matrix.shape[0]), matrix.shape[1]), dtype=np.int64)
    copy[: matrix.shape[0]] = matrix
    return copy


@compiled
def entered(table: Small, keys: Ints, head: Ints, count: int, key: int) -> tuple[int, Small, Ints, Ints, int]:
    """Find a key, or enter it with an empty list; returns (its position, table, keys, head, count).

    `head` holds the first element of each key's linked list, -1 where that is empty.
    """
    slot = slot_of(table, keys, key)
    if table[slot] >= 0:
        return int(table[slot]), table, keys, head, count
    keys, head = longer(keys, count + 1), longer(head, count + 1)
    keys[count], head[count], table[slot] = key, -1, count
    return int(count), roomy(table, keys, count + 1), keys, head, count + 1
