"""Round a vertex of the linear relaxation to a good integer point, by branch and bound on what is open.

A vertex is fractional in few columns (in a matching, about one company per buddy). Its integer decisions are
kept, except that they may be dropped; only rows that are split, or not satisfied, are decided again. After
Berthold, RENS (2014), doi:10.1007/s12532-013-0060-9, with the columns of a known point kept open too, so that
there is always a solution.
"""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from data.solver.mip import Floats
from matching.program.arrays import Numbers, Program
from matching.program.highs import Limits, search

WORTH_IT = 1000
"""Smaller programs are solved as fast as they are rounded."""
MOST_NODES = 200
"""A rounding that needs more nodes than this is stopped."""
NEARLY = 1e-6


def rounded_point(program: Program, vertex: Floats, start: Numbers | None, limits: Limits) -> Numbers | None:
    """Return an integer point near a vertex, no worse than `start`; None if there is neither."""
    if len(program.cost) < WORTH_IT:
        return start
    open_columns = np.flatnonzero(_open(program, vertex, start))
    hint = None if start is None else start[open_columns]
    work = MOST_NODES if limits.work is None else min(MOST_NODES, limits.work)
    found = search(program.restricted(open_columns), hint, replace(limits, work=work))
    if found.point is None:
        return start
    point = np.zeros(len(program.cost), dtype=np.int64)
    point[open_columns] = found.point
    return point if start is None or program.value(point) < program.value(start) else start


def _open(program: Program, vertex: Floats, start: Numbers | None) -> NDArray[np.bool_]:
    """Tell for each column whether it may be used: by vertex or start already, or in a row that is open."""
    choice = choice_rows(program)
    split = np.abs(vertex - np.rint(vertex)) > NEARLY
    filled = np.zeros(len(program.row_lower))
    np.add.at(filled, program.row, vertex[program.column])
    undecided = filled < 1 - NEARLY
    undecided[program.row[split[program.column]]] = True
    in_choice, in_undecided = np.zeros((2, len(program.cost)), dtype=bool)
    in_choice[program.column[choice[program.row]]] = True
    in_undecided[program.column[(choice & undecided)[program.row]]] = True
    used = (vertex > NEARLY) | (program.lower != 0)
    if start is not None:
        used |= start != 0
    return np.asarray(used | in_undecided | ~in_choice)


def choice_rows(program: Program) -> NDArray[np.bool_]:
    """Tell which rows choose at most one of their columns."""
    other = np.bincount(program.row, weights=program.coefficient != 1, minlength=len(program.row_lower))
    return np.asarray((program.row_upper == 1) & (other == 0))
