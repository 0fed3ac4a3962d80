"""A route price that can be computed by hand, for tests of `refine`."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from data.model.problem import Problem
from data.results.refinement import Routed
from data.travel.provider import Times
from matching.program.arrays import Numbers
from matching.refine.route_price import Caseload


class OneTour:
    """One tour per buddy through all companies in the order of their ids; estimates are exact."""

    def __init__(self, of: Problem, times: Times) -> None:
        self.problem, self.times = of, times

    def tour(self, buddy: str, companies: Sequence[str]) -> int:
        stops = [buddy, *sorted(companies), buddy]
        return sum(self.times.minutes(a, b) for a, b in pairwise(stops))

    def routed(self, caseloads: Sequence[Caseload]) -> list[Routed]:
        return [Routed(self.tour(buddy, companies), len(companies), 0) for buddy, companies in caseloads]

    def exchanges(
        self, buddy: str, companies: tuple[str, ...], newcomers: Sequence[str]
    ) -> tuple[Numbers, Numbers]:
        without = [[other for other in companies if other != gone] for gone in (*companies, None)]
        saved = [self.tour(buddy, companies) - self.tour(buddy, rest) for rest in without[:-1]]
        added = [
            [self.tour(buddy, [*rest, new]) - self.tour(buddy, rest) for new in newcomers] for rest in without
        ]
        return (
            np.array(saved, dtype=np.int64),
            np.array(added, dtype=np.int64).reshape(len(without), len(newcomers)),
        )
