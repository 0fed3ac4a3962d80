"""The coverage frontier: which 1 … N positions to fund to serve most, each point with a bound.

Companies, pairs and caseload limits are those of `matching.solve.match`. The search adds the position that
serves most to a smaller point, tries what the Lagrangian bound would choose, and exchanges positions; the
bound is that of `matching.positions.bound`. If a gap remains and the field is small, branch and bound
decides.
"""

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from data.model.cost import yearly_cents
from data.model.problem import Problem
from data.positions.position import Position
from data.results.frontier import Frontier, FrontierPoint, positions_hash
from data.travel.provider import Times
from matching.eligibility.expected_travel import COEFFICIENTS
from matching.levels.lexicographic import first_point
from matching.levels.pairs import Pairs, pairs_of
from matching.positions.bound import Ascent
from matching.positions.funding_choice import Count
from matching.positions.openings import Field, field_of
from matching.positions.program import decide
from matching.positions.search import Choice, Search, better
from matching.program.arrays import Numbers
from matching.program.highs import Limits

SMALL = 3000
"""Fields of up to this many pairs are solved by branch and bound if the bound leaves a gap."""
WORK = 20_000
"""Node limit of that branch and bound."""
SHARE_WORK = 20
"""Node limit for redistributing companies among those who are always funded."""


@dataclass(frozen=True)
class FrontierOptions:
    """Search effort: steps of the bound and of the exchanges, for each point; there is no time limit."""

    steps: int = 300
    exchanges: int = 100

    def __post_init__(self) -> None:
        for name, value in (("steps", self.steps), ("exchanges", self.exchanges)):
            if value < 1:
                raise ValueError(f"{name} must be at least 1, got {value}")


class FrontierCancelled(Exception):
    """The search was cancelled; there is no frontier."""


def frontier(
    problem: Problem,
    times: Times,
    positions: Sequence[Position],
    most: int,
    options: FrontierOptions = FrontierOptions(),
    progress: Callable[[float], None] | None = None,
    cancel: threading.Event | None = None,
) -> Frontier:
    """Return what 0 … `most` of the positions can serve, each point with a choice and a bound.

    `problem` is that of `data.positions.position.with_positions`: buddies who are not positions are always
    funded. If `most` exceeds the number of positions, all are funded. Raises `FrontierCancelled` once
    `cancel` is set, and ValueError if `most` is below 1 or a position is not in the problem.
    """
    if most < 1:
        raise ValueError(f"most must be at least 1, got {most}")
    missing = [position.id for position in positions if position.id not in problem.buddy]
    if missing:
        raise ValueError(f"position {missing[0]} is not in the problem")
    pairs = pairs_of(problem, times)
    search = Search(field_of_positions(pairs, positions, _held_relations(pairs)))
    field = field_of_positions(pairs, positions)
    ascent = Ascent(field, Count(most))
    grown, choices = list[Choice](), list[Choice]()
    for n in range(most + 1):
        if cancel and cancel.is_set():
            raise FrontierCancelled
        begun = search.grown(grown, n) if grown else search.nothing()
        grown.append(_searched(n, begun, ascent, search, options))
        best = better(choices[-1], grown[-1]) if choices else grown[-1]
        choices.append(_decided(n, best, ascent, search))
        if progress:
            progress(n / most)
    return Frontier(
        problem_hash=problem.hash,
        positions_hash=positions_hash(positions),
        travel_estimate=COEFFICIENTS.name,
        unit=problem.policy.coverage_weight,
        whole=field.whole,
        present=tuple(sorted(problem.buddy.keys() - {position.id for position in positions})),
        points=tuple(_points(search.field, choices, ascent.bounds)),
    )


def field_of_positions(
    pairs: Pairs, positions: Sequence[Position], more: Mapping[str, str] | None = None
) -> Field:
    """Return the field of these positions; all other buddies are always funded.

    Kept and pinned companies stay with their buddies, and so do those in `more`.
    """
    must = {**pairs.kept, **pairs.pinned, **(more or {})}
    return field_of(pairs, *_units(positions, pairs.problem.rank), must)


def _units(positions: Sequence[Position], rank: dict[str, int]) -> tuple[list[list[str]], list[int]]:
    """Return the positions that are funded together, and the size of each unit."""
    units: dict[tuple[str, str], list[str]] = {}
    for position in sorted(positions, key=lambda position: rank[position.id]):
        units.setdefault((position.bundle, "" if position.bundle else position.id), []).append(position.id)
    return list(units.values()), [len(unit) for unit in units.values()]


def _held_relations(pairs: Pairs) -> dict[str, str]:
    """Return the relations that the search keeps to limit changes; the bound does not require them.

    Raises `matching.levels.lexicographic.NotSolvable` as `match` does.
    """
    start = first_point(pairs, Limits())
    if pairs.problem.policy.max_changed_relations is None or not pairs.problem.policy.rematch:
        return {}
    chosen = np.flatnonzero(start).tolist()
    serving = {pairs.companies[pairs.company[k]]: pairs.buddies[pairs.buddy[k]] for k in chosen}
    return {c: r.buddy for c, r in pairs.present.items() if serving.get(c) == r.buddy}


def _searched(n: int, begun: Choice, ascent: Ascent, search: Search, options: FrontierOptions) -> Choice:
    """Return the best choice the search finds for n positions; this also improves the bounds of `ascent`."""
    best = begun
    units = ascent.improve(n, best.served, options.steps)
    if ascent.open(n, best.served):
        best = better(best, search.of_units(units.tolist()))
        best = search.exchanged(best, n, options.exchanges)
        ascent.improve(n, best.served, options.steps, onward=True)
    if n == 0 and ascent.open(n, best.served):  # nothing to choose: only redistribution can gain
        shared = decide(search.field, n, Limits(work=SHARE_WORK))
        best = best if shared is None else better(best, search.of_pairs(shared.units, shared.pairs))
    return best


def _decided(n: int, best: Choice, ascent: Ascent, search: Search) -> Choice:
    """Return the optimal choice for n positions if the field is small enough, else the best known.

    The program may keep any relations as long as there are enough; the search keeps fixed ones, and so does
    not continue from this choice.
    """
    if ascent.bounds[n] <= best.served or len(ascent.field.openings.company) > SMALL:
        return best
    decided = decide(ascent.field, n, Limits(work=WORK))
    if decided is None:
        return best
    ascent.learn(n, decided.bound)
    return better(best, search.of_pairs(decided.units, decided.pairs))


def _points(field: Field, choices: Sequence[Choice], bounds: Numbers) -> Iterator[FrontierPoint]:
    pairs, before = field.pairs, choices[0].served
    problem = pairs.problem
    for n, choice in enumerate(choices):
        chosen = choice.serving.pair[choice.serving.pair >= 0]
        served = sorted(
            (pairs.companies[c], pairs.buddies[i])
            for c, i in zip(field.openings.company[chosen], field.reach.position[chosen], strict=True)
        )
        ids = sorted(pairs.buddies[i] for unit in choice.units for i in field.units[unit])
        yield FrontierPoint(
            count=n,
            positions=tuple(ids),
            served=choice.served,
            bound=int(bounds[n]),
            marginal=choice.served - before,
            companies=len(served),
            specialists=sum(g.count for company, _ in served for g in problem.specialists_of[company]),
            cost_cents=sum(yearly_cents(problem.buddy[key], problem.policy) for key in ids),
            buddy_of=tuple(served),
        )
        before = choice.served
