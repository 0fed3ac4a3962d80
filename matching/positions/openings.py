"""Positions of a field as plain arrays, with the units that are funded together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from matching.eligibility.needs import coverage_weight
from matching.levels.pairs import Pairs
from matching.positions.filling import refill
from matching.positions.knapsacks import SCALE, Openings
from matching.positions.serving import Reach, Serving, fund, serve_exactly, settle
from matching.program.arrays import Numbers


@dataclass(frozen=True)
class Field:
    """The positions that can be funded, and the companies that they could serve.

    Position i is `pairs.buddies[i]`. `units` are positions that are funded together, each with a `cost`;
    `always` are funded in any case and cost nothing. Pair k of `openings` is pair `index[k]` of `pairs`.
    """

    pairs: Pairs
    openings: Openings
    reach: Reach
    index: Numbers
    order: Numbers
    units: tuple[Numbers, ...]
    cost: Numbers
    always: Numbers

    @property
    def whole(self) -> int:
        """The weight of all active companies."""
        return int(self.reach.weight.sum())

    def nothing_funded(self) -> Serving:
        """Return the serving of those who are always funded."""
        openings = self.openings
        places = int(openings.room[:, 0].clip(0, len(self.reach.weight)).max(initial=0))
        serving = Serving(
            pair=np.full(len(self.reach.weight), -1, dtype=np.int64),
            left=openings.room.copy(),
            funded=np.zeros(len(openings.room), dtype=np.uint8),
            held=np.zeros((len(openings.room), places + 1), dtype=np.int64),
            size=np.zeros(len(openings.room), dtype=np.int64),
        )
        return self.with_funded(serving, self.always)

    def with_funded(self, serving: Serving, positions: Numbers) -> Serving:
        """Return another serving, in which these positions are funded as well."""
        grown = copy_of(serving)
        for i in positions:
            fund(self.openings, self.reach, grown, int(i))
        self.settle(grown)
        return grown

    def settle(self, serving: Serving) -> None:
        """Improve this serving as long as a local step or refilling a position serves more."""
        settle(self.openings, self.reach, serving, self.order)
        while refill(self.openings, self.reach, serving, self.reach.weight * SCALE):
            settle(self.openings, self.reach, serving, self.order)

    def with_pairs(self, serving: Serving, pairs: Numbers) -> Serving:
        """Return another serving of the same positions, in which exactly these pairs serve."""
        same = copy_of(serving)
        serve_exactly(self.openings, self.reach, same, pairs)
        return same


def copy_of(serving: Serving) -> Serving:
    """Return a modifiable copy of a serving."""
    return serving._replace(
        pair=serving.pair.copy(),
        left=serving.left.copy(),
        funded=serving.funded.copy(),
        held=serving.held.copy(),
        size=serving.size.copy(),
    )


def field_of(
    pairs: Pairs, units: Sequence[Sequence[str]], cost: Sequence[int], must: Mapping[str, str]
) -> Field:
    """Return the field of these pairs; buddies that are in no unit are always funded.

    `must` gives the buddy of each company that this buddy has to serve if funded. A position's pairs are
    sorted by weight, heaviest first, then by work.
    """
    problem = pairs.problem
    weight = np.array(
        [problem.company[key].priority * coverage_weight(problem, key) for key in pairs.companies],
        dtype=np.int64,
    )
    care, work = pairs.care_of_pair, pairs.care_of_pair + pairs.travel_min
    index = np.lexsort((pairs.company, work, -weight[pairs.company], pairs.buddy))
    must_pairs = np.zeros(len(index), dtype=np.uint8)
    must_pairs[[pairs.index[buddy, company] for company, buddy in must.items()]] = 1
    company, position = pairs.company[index], pairs.buddy[index]
    openings = Openings(
        first=np.searchsorted(position, np.arange(len(pairs.buddies) + 1)),
        company=company,
        care=care[index],
        work=work[index],
        room=np.ascontiguousarray(pairs.limits),
        must=must_pairs[index],
    )
    by_company = np.argsort(company, kind="stable")
    reach = Reach(
        first=np.searchsorted(company[by_company], np.arange(len(weight) + 1)),
        pair=by_company,
        position=position,
        weight=weight,
    )
    row = pairs.eligibility.buddy_row
    rows = tuple(np.array(sorted(row[key] for key in unit), dtype=np.int64) for unit in units)
    always = np.setdiff1d(np.arange(len(pairs.buddies)), np.concatenate([np.zeros(0, np.int64), *rows]))
    return Field(
        pairs=pairs,
        openings=openings,
        reach=reach,
        index=index,
        order=np.argsort(-weight, kind="stable"),
        units=rows,
        cost=np.array(cost, dtype=np.int64),
        always=always,
    )
