"""A bound without a solver: what a single row forces a program's only costly column to."""

import numpy as np

from data.base.status import Status
from matching.program.arrays import FREE, Numbers, Program
from matching.program.proof import Answer
from matching.program.rounding import choice_rows


def best_by_a_row(program: Program, start: Numbers) -> Answer | None:
    """Return a feasible start as the optimum where a row alone proves it, None where that is not seen.

    It is looked for where one column alone has a cost, such as the largest deviation of all buddies; the
    answer has no parts.
    """
    costly = np.flatnonzero(program.cost)
    if len(costly) != 1 or program.cost[costly[0]] < 0:
        return None
    value, column = program.value(start), int(costly[0])
    if value > int(program.cost[column]) * _least(program, column):
        return None
    return Answer(Status.OPTIMAL, start, value, value)


def _least(program: Program, column: int) -> int:
    """Return the least that a column can be in view of each row by itself.

    Of columns that a row lets choose one at most, only the best counts.
    """
    least = int(program.lower[column])
    held = (program.column == column) & (program.coefficient > 0)
    held &= program.row_lower[program.row] > -FREE
    scale = np.zeros(len(program.row_lower), dtype=np.int64)
    scale[program.row[held]] = program.coefficient[held]
    others = (scale[program.row] > 0) & (program.column != column)
    row, of, coefficient = program.row[others], program.column[others], program.coefficient[others]
    most = np.maximum(coefficient * program.lower[of], coefficient * program.upper[of])
    places = len(program.row_lower) + len(program.cost)
    groups, group = np.unique(row * places + _choice(program)[of], return_inverse=True)
    best = np.full(len(groups), -FREE, dtype=np.int64)
    np.maximum.at(best, group, most)
    reached = np.zeros(len(program.row_lower), dtype=np.int64)
    np.add.at(reached, groups // places, best)
    rows = np.flatnonzero(scale)
    needed = -((reached[rows] - program.row_lower[rows]) // scale[rows])
    return max(least, int(needed.max(initial=least)))


def _choice(program: Program) -> Numbers:
    """Return for each column a row that chooses at most one of it and others, else a number of its own."""
    choice, rows = len(program.row_lower) + np.arange(len(program.cost)), choice_rows(program)
    rows[program.row[program.lower[program.column] < 0]] = False  # one below zero makes room for others
    entries = rows[program.row]
    choice[program.column[entries]] = program.row[entries]
    return choice
