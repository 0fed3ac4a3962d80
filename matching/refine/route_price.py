"""How `refine` prices routes, as implemented by `scheduling.price.route_price.RoutedWeeks`."""

from collections.abc import Sequence
from typing import Protocol

from data.results.refinement import Routed
from matching.program.arrays import Numbers

Caseload = tuple[str, tuple[str, ...]]
"""A buddy, and the companies that the buddy has or would have, sorted."""


class RoutePrice(Protocol):
    """Prices caseloads by routed weeks."""

    def routed(self, caseloads: Sequence[Caseload]) -> list[Routed]:
        """Return the totals of each caseload over the horizon, computed by the planner itself."""
        ...

    def exchanges(
        self, buddy: str, companies: tuple[str, ...], newcomers: Sequence[str]
    ) -> tuple[Numbers, Numbers]:
        """Estimate the minutes that each company saves by leaving, and those that each newcomer adds.

        The latter has shape (companies + 1, newcomers): row *k* after company *k* has left, the last row with
        all companies.
        """
        ...
