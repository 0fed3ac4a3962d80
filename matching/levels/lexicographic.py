"""Solve the objectives lexicographically: each to its proof or limit, then constrained for later levels."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import ClassVar

import numpy as np

from data.base.errors import BuddyplanError
from data.base.message import message
from data.base.status import Status
from data.model.policy import Objective
from data.results.solution import Level
from matching.eligibility.caseload import CASELOAD
from matching.levels.objectives import Hinges, Terms, terms_of
from matching.levels.pairs import Pairs
from matching.program.arrays import FREE, Draft, Numbers, Program
from matching.program.forced import best_by_a_row
from matching.program.highs import Limits
from matching.program.minimise import minimise, shifted
from matching.program.proof import Answer

SLACK = 1e-4
"""Reduced costs are floats: a column is fixed only if it would break a constraint by more than this."""


class NotSolvable(BuddyplanError):
    """No matching meets the requirements: pins, caseloads, changed relations; the text says which."""

    exit_status: ClassVar[int] = 3
    kind: ClassVar[str] = "not_solvable"


@dataclass(frozen=True)
class Step:
    """Progress of a solve: the level (empty at the end), the share of levels done, and the level so far.

    `value` is its best value and `bound` its bound, None if unknown.
    """

    level: str
    share: float
    value: int | None = None
    bound: int | None = None


Progress = Callable[[Step], None]
"""May be called from any thread."""


@dataclass
class OrderedProgram:
    """The levels of one problem as arrays alone: whoever solves them need not know the problem.

    `draft` grows while it is solved, so a staircase is solved once; `point` holds the rules.
    """

    objectives: tuple[Objective, ...]
    terms: tuple[Terms, ...]
    draft: Draft
    point: Numbers


def ordered_program(pairs: Pairs, objectives: Sequence[Objective], limits: Limits) -> OrderedProgram:
    """Write down the levels over the pairs; raises `NotSolvable`."""
    terms = tuple(terms_of(objective.name, pairs) for objective in objectives)
    return OrderedProgram(tuple(objectives), terms, base_draft(pairs), first_point(pairs, limits))


def solve_levels(
    pairs: Pairs,
    objectives: Sequence[Objective],
    limits: Limits,
    progress: Progress | None = None,
) -> tuple[Numbers, tuple[Level, ...]]:
    """Return the chosen pairs, 0 or 1 each, and every level with its value when solved and at the end.

    If `limits` have a deadline, the remaining levels share the remaining time equally; after cancellation
    they keep the solution so far. Raises `NotSolvable`.
    """
    return solve_ordered(ordered_program(pairs, objectives, limits), limits, progress)


def solve_ordered(
    ordered: OrderedProgram, limits: Limits, progress: Progress | None = None
) -> tuple[Numbers, tuple[Level, ...]]:
    """Solve the levels of a staircase; see `solve_levels`."""
    draft, point = ordered.draft, ordered.point
    count, levels = len(point), len(ordered.terms)
    solved: list[tuple[Terms, Level]] = []
    for k, (objective, terms) in enumerate(zip(ordered.objectives, ordered.terms, strict=True)):
        share = k / levels
        if progress:
            progress(Step(objective.name, share))
        cost = np.concatenate([np.zeros(draft.columns, dtype=np.int64), terms.hinges.cost]).astype(np.int64)
        cost[:count] = terms.pair_cost
        add_hinges(draft, terms.hinges)
        start = np.concatenate([point, terms.complete(point[:count])])
        own = _share(limits, levels - k)
        if progress:
            heard = partial(_heard, progress, objective.name, share)
            own = replace(own, listen=shifted(heard, terms.constant))
        answer = _minimised(draft.program(cost), start, count, own)
        assert answer.point is not None, "a search that has a start keeps it"
        value = terms.value(answer.point[:count])
        point = np.concatenate([answer.point[: len(point)], terms.complete(answer.point[:count])])
        level = Level(
            name=objective.name,
            value=value,
            bound=terms.constant + answer.bound,
            held_at=value + objective.allowance(value),
            final=value,
            status=answer.status,
            gap_over=terms.gap_over,
        )
        _hold(draft, cost, count, answer, level.held_at - terms.constant)
        point = np.maximum(point, draft.lower)
        solved.append((terms, level))
    if progress:
        progress(Step("", 1.0))
    chosen = point[:count]
    return chosen, tuple(level.replace(final=terms.value(chosen)) for terms, level in solved)


def _minimised(program: Program, start: Numbers, pairs: int, limits: Limits) -> Answer:
    """Minimise a level; one that counts a single hinge often without a solver, as `_hold` needs no parts."""
    seen = None if _single_hinge(program.cost, pairs) is None else best_by_a_row(program, start)
    if seen is None:
        return minimise(program, start, limits)
    limits.tell(seen.value, seen.bound)
    return seen


def _single_hinge(cost: Numbers, pairs: int) -> int | None:
    """Return the one column that a level counts, where that is a hinge."""
    counted = np.flatnonzero(cost)
    return int(counted[0]) if len(counted) == 1 and counted[0] >= pairs else None


def _heard(progress: Progress, level: str, share: float, value: int | None, bound: int | None) -> None:
    progress(Step(level, share, value, bound))


def base_draft(pairs: Pairs) -> Draft:
    """Return the constraints that apply on every level, over one 0/1 column per pair.

    Its rows are: at most one buddy for each company; each part of a `Load` in turn, for each buddy; and under
    `rematch` the limit on changed relations. Forced pairs are fixed columns.
    """
    draft = Draft()
    ones = np.ones(len(pairs.company), dtype=np.int64)
    x = draft.add_columns(_forced(pairs), ones)
    companies, buddies = len(pairs.companies), len(pairs.buddies)
    draft.add_rows([-FREE] * companies, [1] * companies, pairs.company, x, ones)
    for most, load in zip(pairs.limits.T, pairs.loads, strict=True):
        draft.add_rows([-FREE] * buddies, most, pairs.buddy, x, load)
    keeping, least = pairs.keeping
    if len(keeping):
        draft.add_rows([least], [FREE], np.zeros_like(keeping), keeping, np.ones_like(keeping), linking=True)
    return draft


def first_point(pairs: Pairs, limits: Limits) -> Numbers:
    """Return a feasible point: current relations, or only the forced pairs, or the result of a search.

    Starting from current relations, only improvements of a level change anything. Raises `NotSolvable`.
    """
    point, nothing = _forced(pairs), np.zeros(len(pairs.company), dtype=np.int64)
    for row, (used, most) in enumerate(zip(pairs.taken(point), pairs.limits, strict=True)):
        if np.any(used > most):
            what, found, limit = next(
                each for each in zip(CASELOAD, used, most, strict=True) if each[1] > each[2]
            )
            buddy = pairs.buddies[row]
            raise NotSolvable(
                message(
                    "pins_over_limit",
                    buddy=buddy,
                    found=int(found),
                    what=message(f"measured_{what}"),
                    limit=int(limit),
                )
            )
    program = base_draft(pairs).program(nothing)
    for present in (_with_present(pairs, point), point):
        if program.allows(present):
            return present
    answer = minimise(program, None, limits)
    if answer.point is None:
        most_changes = pairs.problem.policy.max_changed_relations
        raise NotSolvable(message("too_many_changes", most_changes=most_changes))
    return answer.point


def _with_present(pairs: Pairs, forced: Numbers) -> Numbers:
    """Return the forced pairs, and those current relations that fit in addition."""
    chosen, room = forced.copy(), pairs.limits - pairs.taken(forced)
    taken = set(pairs.company[pairs.forced].tolist())
    for company, relation in pairs.present.items():
        pair = pairs.index.get((relation.buddy, company))
        if pair is None or int(pairs.company[pair]) in taken:
            continue
        left = room[pairs.buddy[pair]]
        if np.all(pairs.loads[:, pair] <= left):
            left -= pairs.loads[:, pair]
            chosen[pair] = 1
    return chosen


def _forced(pairs: Pairs) -> Numbers:
    chosen = np.zeros(len(pairs.company), dtype=np.int64)
    chosen[pairs.forced] = 1
    return chosen


def add_hinges(draft: Draft, hinges: Hinges) -> None:
    """Add a level's hinges to a draft of all pairs, as columns with rows

    scale × hinge − Σ coefficient × column ≥ base.
    """
    columns = draft.add_columns(np.zeros(len(hinges.cost)), hinges.upper)
    row, column, coefficient = list[int](), list[int](), list[int]()
    for k, hinge in enumerate(hinges.row_hinge):
        over, coefficients = hinges.over_pairs[k]
        entries = [
            (int(columns[hinge]), hinges.scale[k]),
            *zip(over.tolist(), (-coefficients).tolist(), strict=True),
            *((int(columns[earlier]), -1) for earlier in hinges.over_hinges[k]),
        ]
        row += [k] * len(entries)
        column += [each[0] for each in entries]
        coefficient += [each[1] for each in entries]
    draft.add_rows(hinges.base, [FREE] * len(hinges.base), row, column, coefficient)


def _hold(draft: Draft, cost: Numbers, pairs: int, answer: Answer, at_most: int) -> None:
    """Constrain later levels so that this one is at most `at_most`.

    A level that is proved and has no tolerance is constrained component by component: each must keep its own
    optimum, and later levels still decompose into the same components. The same is true after a level with a
    single hinge, such as a largest deviation, since the hinge is then fixed. Columns that alone would break
    the constraint, according to their reduced costs, are fixed permanently.
    """
    hinge = _single_hinge(cost, pairs)
    if hinge is not None:
        draft.upper[hinge] = min(draft.upper[hinge], at_most // cost[hinge])
        draft.lower[hinge] = draft.upper[hinge]
        return
    apart = answer.status is Status.OPTIMAL and answer.value == at_most
    if not apart:
        draft.add_rows([-FREE], [at_most], np.zeros_like(cost), np.arange(len(cost)), cost, linking=True)
    settled = answer.value - sum(part.value for part in answer.parts)
    everywhere = at_most - settled - sum(part.floor for part in answer.parts)
    for part in answer.parts:
        if apart:
            columns = part.columns
            draft.add_rows([-FREE], [part.value], np.zeros_like(columns), columns, cost[columns])
        draft.tighten(part.columns, part.reduced, (part.value - part.floor if apart else everywhere) + SLACK)


def _share(limits: Limits, levels_left: int) -> Limits:
    if limits.left is None:
        return limits
    return replace(limits, deadline=time.monotonic() + limits.left / levels_left)
