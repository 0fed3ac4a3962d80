"""Find a minimal set of conflicting pins and limits if no matching is possible.

Halves of the demands are dropped while the rest still conflicts (Junker, QuickXplain, AAAI 2004), then single
ones. Each step builds the problem again without these demands, so the result is what a coordinator would see
after deleting them.
"""

from collections.abc import Callable, Iterable

import numpy as np

from data.model.dated import without_limits
from data.model.problem import Problem
from data.model.relation import Pin
from data.results.explanation import CaseloadLimit, Clash
from data.travel.provider import Times
from matching.eligibility.caseload import CASELOAD
from matching.levels.lexicographic import NotSolvable, first_point
from matching.levels.pairs import Pairs, pairs_of
from matching.program.highs import Limits

Demand = Pin | CaseloadLimit | int
"""A number is the maximum of relations that may change."""
FREE_OF = {"companies": "max_companies", "care_min": "max_care_min", "work_min": "week_work_min"}
ENOUGH = 10**6
"""A caseload limit that no programme reaches."""


def find_clash(problem: Problem, times: Times, limits: Limits) -> Clash | None:
    """Return a minimal set of conflicting pins and limits, None if all can be met.

    If any one of its members is dropped, the others can be met. Pins and limits outside the set are ignored.
    """
    pairs = pairs_of(problem, times)

    def clashes(demands: Iterable[Demand]) -> bool:
        return not _solvable(_with_only(problem, set(demands)), times, limits)

    demands = _broken_by_pins(pairs) or _all(pairs)
    if not clashes(demands):
        return None
    core = _conflict([], demands, clashes)
    for demand in list(core):
        others = [each for each in core if each != demand]
        if clashes(others):
            core = others
    return Clash(
        pins=tuple(sorted((d for d in core if isinstance(d, Pin)), key=lambda pin: pin.company)),
        limits=tuple(d for d in core if isinstance(d, CaseloadLimit)),
        max_changed_relations=next((d for d in core if isinstance(d, int)), None),
    )


def _conflict(
    background: list[Demand], demands: list[Demand], clashes: Callable[[list[Demand]], bool]
) -> list[Demand]:
    """Return the members of a minimal conflicting set, beyond a background that alone does not conflict."""
    if len(demands) == 1:
        return demands
    half = len(demands) // 2
    one, other = demands[:half], demands[half:]
    if clashes(background + one):
        return _conflict(background, one, clashes)
    if clashes(background + other):
        return _conflict(background, other, clashes)
    second = _conflict(background + one, other, clashes)
    return _conflict(background + second, one, clashes) + second


def _broken_by_pins(pairs: Pairs) -> list[Demand]:
    """Return the pins of one buddy with a limit that they alone break, empty if there are none."""
    chosen = np.zeros(len(pairs.company), dtype=np.int64)
    chosen[pairs.forced] = 1
    for row, (used, most) in enumerate(zip(pairs.taken(chosen), pairs.limits, strict=True)):
        for what, found, limit in zip(CASELOAD, used.tolist(), most.tolist(), strict=True):
            if found > limit:
                buddy = pairs.buddies[row]
                pins = [pin for pin in pairs.problem.pins if pairs.pinned.get(pin.company) == buddy]
                return [CaseloadLimit(buddy=buddy, what=what, at_most=limit), *pins]
    return []


def _all(pairs: Pairs) -> list[Demand]:
    problem = pairs.problem
    caseloads = [
        CaseloadLimit(buddy=buddy, what=what, at_most=int(limit))
        for buddy, row in zip(pairs.buddies, pairs.limits, strict=True)
        for what, limit in zip(CASELOAD, row, strict=True)
    ]
    changed = problem.policy.max_changed_relations
    return [*caseloads, *problem.pins, *(() if changed is None else (changed,))]


def _with_only(problem: Problem, demands: set[Demand]) -> Problem:
    """Return the problem with only these pins and limits."""
    held = {(d.buddy, d.what) for d in demands if isinstance(d, CaseloadLimit)}
    changed = problem.policy.max_changed_relations
    return problem.replace(
        pins=tuple(pin for pin in problem.pins if pin in demands),
        policy=problem.policy.replace(max_changed_relations=changed if changed in demands else None),
        buddies=tuple(
            buddy.replace(
                **{field: ENOUGH for what, field in FREE_OF.items() if (buddy.id, what) not in held}
            )
            for buddy in problem.limits.values()
        ),
        terms=tuple(map(without_limits, problem.terms)),
    )


def _solvable(problem: Problem, times: Times, limits: Limits) -> bool:
    try:
        first_point(pairs_of(problem, times), limits)
    except NotSolvable:
        return False
    return True
