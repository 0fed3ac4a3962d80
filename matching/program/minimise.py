"""Minimise an integer program: drop fixed columns, solve components separately, and join their answers.

Components that only *linking* rows connect (a limit on a total) are separated too. Each component is first
solved with a share of the limit, which yields a point, and then without linking rows, which yields a bound.
If both are equal, that is the proof, at the cost of the components; otherwise the whole program is solved
from that point.
"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial

import numpy as np

from data.base.status import Status
from matching.program.arrays import Numbers, Program
from matching.program.highs import Limits, Listen
from matching.program.proof import Answer, minimise_component

Parts = list[tuple[Numbers, Program]]
"""Programs that share no column, each with its columns."""


def minimise(program: Program, start: Numbers | None, limits: Limits) -> Answer:
    """Minimise, from a feasible `start` if one is known.

    What the answer's parts prove is valid even without the linking rows.
    """
    if np.any(program.lower > program.upper) or np.any(program.row_lower > program.row_upper):
        return Answer(Status.INFEASIBLE, None, 0, 0)
    columns, choice = program.without_fixed()
    point = program.lower.copy()
    point[columns] = 0
    constant = program.value(point)
    if limits.listen:
        limits = replace(limits, listen=shifted(limits.listen, constant))
    answer = _minimise_linked(choice, None if start is None else start[columns], limits)
    if answer.point is None:
        return replace(answer, bound=answer.bound + constant)
    point[columns] = answer.point
    return replace(
        answer,
        point=point,
        value=answer.value + constant,
        bound=answer.bound + constant,
        parts=tuple(replace(part, columns=columns[part.columns]) for part in answer.parts),
    )


def _minimise_linked(program: Program, start: Numbers | None, limits: Limits) -> Answer:
    empty = np.bincount(program.row, minlength=len(program.row_lower)) == 0
    if np.any(empty & ((program.row_lower > 0) | (program.row_upper < 0))):
        return Answer(Status.INFEASIBLE, None, 0, 0)
    whole = program.components()
    apart = program.unlinked().components() if start is not None and program.linking.any() else whole
    if start is None or len(apart) == len(whole):
        return _minimise_parts(program, whole, start, limits)
    quiet = replace(limits, listen=None)  # without linking rows, neither values nor bounds of parts add up
    shared = _minimise_parts(program, program.divided(apart, start).components(), start, quiet)
    assert shared.point is not None, "a search that has a start keeps it"
    limits.tell(shared.value, None)
    relaxed = _minimise_parts(program, apart, shared.point, quiet)
    limits.tell(shared.value, relaxed.bound)
    if relaxed.point is not None and program.allows(relaxed.point):
        return relaxed
    if shared.value == relaxed.bound:
        return replace(relaxed, status=Status.OPTIMAL, point=shared.point, value=shared.value)
    answer = _minimise_parts(program, whole, shared.point, limits)
    bound = max(answer.bound, relaxed.bound)
    return replace(answer, bound=bound, status=Status.OPTIMAL if answer.value == bound else answer.status)


def _minimise_parts(program: Program, parts: Parts, start: Numbers | None, limits: Limits) -> Answer:
    """Minimise the parts, `workers` of them in parallel, and join their answers.

    Small parts come first, and each gets the share of the time left that its size has of what is left to do.
    """
    tally = _Tally(len(parts), limits.listen) if limits.listen else None
    sizes = np.array([len(columns) for columns, _ in parts])
    smallest_first = np.argsort(sizes, kind="stable")
    to_do = np.cumsum(sizes[smallest_first][::-1])[::-1]
    shares = np.minimum(1.0, limits.workers * sizes[smallest_first] / np.maximum(1, to_do))

    def solve(number: int, share: float) -> Answer:
        columns, component = parts[number]
        own = limits.for_share(share)
        own = replace(own, listen=partial(tally.hear, number)) if tally else own
        return minimise_component(component, None if start is None else start[columns], own)

    with ThreadPoolExecutor(max_workers=limits.workers) as pool:
        found = pool.map(solve, smallest_first.tolist(), shares.tolist())
        by_number = dict(zip(smallest_first.tolist(), found, strict=True))
    answers = [by_number[number] for number in range(len(parts))]
    stopped = min((answer.stopped for answer in answers if answer.stopped), default=None)
    statuses = {answer.status for answer in answers}
    bound = sum(answer.bound for answer in answers)
    if Status.INFEASIBLE in statuses:
        return Answer(Status.INFEASIBLE, None, 0, 0)
    if Status.UNKNOWN in statuses:
        return Answer(Status.UNKNOWN, None, 0, bound, stopped)
    point = np.zeros(len(program.cost), dtype=np.int64)
    for (columns, _), answer in zip(parts, answers, strict=True):
        if answer.point is not None:
            point[columns] = answer.point
    return Answer(
        status=Status.OPTIMAL if statuses <= {Status.OPTIMAL} else Status.FEASIBLE,
        point=point,
        value=program.value(point),
        bound=bound,
        stopped=stopped,
        parts=tuple(
            replace(part, columns=columns[part.columns])
            for (columns, _), answer in zip(parts, answers, strict=True)
            for part in answer.parts
        ),
    )


class _Tally:
    """Sums up the values and bounds of parts; silent until every part has reported."""

    def __init__(self, parts: int, listen: Listen) -> None:
        self._listen = listen
        self._values: list[int | None] = [None] * parts
        self._bounds: list[int | None] = [None] * parts

    def hear(self, part: int, value: int | None, bound: int | None) -> None:
        self._values[part], self._bounds[part] = value, bound
        bounds = [each for each in self._bounds if each is not None]
        if len(bounds) == len(self._bounds):
            values = [each for each in self._values if each is not None]
            self._listen(sum(values) if len(values) == len(bounds) else None, sum(bounds))


def shifted(listen: Listen, by: int) -> Listen:
    """Report values and bounds with a constant added."""

    def told(value: int | None, bound: int | None) -> None:
        listen(None if value is None else value + by, None if bound is None else bound + by)

    return told
