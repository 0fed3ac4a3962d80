"""A proved lower bound on the caseload increase that would let a company be served."""

from dataclasses import replace

import numpy as np

from data.base.status import Status
from data.results.solution import Level
from matching.levels.lexicographic import add_hinges, base_draft
from matching.levels.objectives import terms_of
from matching.levels.pairs import Pairs
from matching.program.arrays import FREE, Program
from matching.program.highs import Limits
from matching.program.minimise import minimise

WORK = 2
"""The part of a `Load` that grows by four minutes for each contract minute a week."""


def least_extension(
    pairs: Pairs, first: Level, company: str, buddy: str, part: int, limits: Limits
) -> int | None:
    """Return the least increase of one limit of one buddy for which a company might be served.

    `part` is the limit's index in a `Load`; contract minutes are per week. Any matching of the changed
    problem is at least as good on the `first` level as now, so this bounds every increase that serves the
    company, though the least one need not suffice. None: no increase up to the company's own load is enough,
    or nothing was proved within the limits.
    """
    index = pairs.index.get((buddy, company))
    if index is None:
        return None
    draft, terms = base_draft(pairs), terms_of(first.name, pairs)
    add_hinges(draft, terms.hinges)
    cost = np.concatenate([terms.pair_cost, terms.hinges.cost]).astype(np.int64)
    everything = np.arange(len(cost))
    draft.add_rows([-FREE], [first.held_at - terms.constant], np.zeros_like(cost), everything, cost)
    served = np.flatnonzero(pairs.company == pairs.company[index])
    draft.add_rows([1], [FREE], np.zeros_like(served), served, np.ones_like(served))
    per_unit = 4 if part == WORK else 1
    most = -(-int(pairs.loads[part, index]) // per_unit)
    more = draft.add_columns([0], [most])
    program = draft.program(np.concatenate([np.zeros_like(cost), [1]]))
    row = len(pairs.companies) + part * len(pairs.buddies) + pairs.eligibility.buddy_row[buddy]
    answer = minimise(_with_entry(program, row, int(more[0]), -per_unit), None, limits)
    return answer.value if answer.status is Status.OPTIMAL else None


def _with_entry(program: Program, row: int, column: int, coefficient: int) -> Program:
    return replace(
        program,
        row=np.append(program.row, row),
        column=np.append(program.column, column),
        coefficient=np.append(program.coefficient, coefficient),
    )
