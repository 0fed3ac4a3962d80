"""The choice of positions as one integer program, for fields small enough to solve exactly."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matching.positions.openings import Field
from matching.program.arrays import FREE, Draft, Numbers, Program
from matching.program.highs import Limits
from matching.program.minimise import minimise


@dataclass(frozen=True)
class Decided:
    """The units and the pairs (of `Field.openings`) of the best choice, and a bound on any choice."""

    units: tuple[int, ...]
    pairs: Numbers
    bound: int


def choice_program(field: Field, most: int) -> Program:
    """Return the program: units y of at most `most`, and pairs x of funded positions within their limits.

    The objective is the negative of the served weight. Columns are the pairs, then the units, then a column
    fixed to 1 for those who are always funded.
    """
    openings, reach = field.openings, field.reach
    count, positions = len(openings.company), len(openings.room)
    draft = Draft()
    x = draft.add_columns(np.zeros(count), np.ones(count))
    y = draft.add_columns(np.zeros(len(field.units)), np.ones(len(field.units)))
    one = draft.add_columns([1], [1])
    funding = np.full(positions, one[0])
    for unit, rows in enumerate(field.units):
        funding[rows] = y[unit]
    ones = np.ones(count, dtype=np.int64)
    companies = len(reach.weight)
    draft.add_rows([-FREE] * companies, [1] * companies, openings.company, x, ones)
    row = np.arange(positions)
    for load, room in zip((ones, openings.care, openings.work), openings.room.T, strict=True):
        rows, columns = np.concatenate([reach.position, row]), np.concatenate([x, funding])
        draft.add_rows([-FREE] * positions, [0] * positions, rows, columns, np.concatenate([load, -room]))
    pair = np.arange(count)
    least = np.where(openings.must == 1, 0, -FREE)
    twice, links = np.concatenate([pair, pair]), np.concatenate([x, funding[reach.position]])
    draft.add_rows(least, [0] * count, twice, links, np.concatenate([ones, -ones]))
    draft.add_rows([-FREE], [most], np.zeros_like(y), y, field.cost)
    keeping, least_kept = field.pairs.keeping
    kept = np.flatnonzero(np.isin(field.index, keeping))
    if len(kept):
        draft.add_rows([least_kept], [FREE], np.zeros_like(kept), kept, np.ones_like(kept))
    cost = np.zeros(draft.columns, dtype=np.int64)
    cost[x] = -reach.weight[openings.company]
    return draft.program(cost)


def decide(field: Field, most: int, limits: Limits) -> Decided | None:
    """Choose by branch and bound; None if nothing was found within the limits."""
    count = len(field.openings.company)
    answer = minimise(choice_program(field, most), None, limits)
    if answer.point is None:
        return None
    units = np.flatnonzero(answer.point[count : count + len(field.units)])
    pairs = np.flatnonzero(answer.point[:count])
    return Decided(tuple(units.tolist()), pairs, -answer.bound)
