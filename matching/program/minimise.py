"""Minimise an integer program: columns without a choice out, components apart, their answers joined.

What only *linking* rows hold together (a limit on a total) is taken apart too. Each component first gets a
share of the limit, which yields a point; without the linking rows it then yields a bound. Where the two meet,
that is the proof, at the price of the components; else the program is solved as a whole from there.
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
    """Minimise, from a feasible `start` where one is known.

    The answer's parts prove what they prove even without the linking rows.
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
    quiet = replace(limits, listen=None)  # neither values nor bounds of parts add up while rows are set aside
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
    """Minimise the parts, as many at a time as there are workers, and join their answers."""
    tally = _Tally(len(parts), limits.listen) if limits.listen else None

    def solve(number: int, part: tuple[Numbers, Program]) -> Answer:
        columns, component = part
        own = replace(limits, listen=partial(tally.hear, number)) if tally else limits
        return minimise_component(component, None if start is None else start[columns], own)

    with ThreadPoolExecutor(max_workers=limits.workers) as pool:
        answers = list(pool.map(solve, range(len(parts)), parts))
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
    """Adds up what parts tell of their values and bounds; silent until every part has told something."""

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
    """Pass on values and bounds with a constant added."""

    def told(value: int | None, bound: int | None) -> None:
        listen(None if value is None else value + by, None if bound is None else bound + by)

    return told
