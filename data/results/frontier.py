"""The coverage frontier: the most that can be served with so many positions, with a proved bound on it."""

from collections.abc import Sequence
from functools import cached_property

from data.base.entity import Entity, content_hash
from data.model.policy import CoverageWeight


class FrontierPoint(Entity):
    """What `count` positions can serve.

    `positions` are the ids of those that were chosen, and `served` is the weight (priority × coverage weight)
    of the companies that they serve as `buddy_of` says; no choice serves more than `bound`. `marginal` is
    `served` less that of the point before. The cost is that of the chosen positions in a year.
    """

    count: int
    positions: tuple[str, ...]
    served: int
    bound: int
    marginal: int
    companies: int
    specialists: int
    cost_cents: int
    buddy_of: tuple[tuple[str, str], ...]

    @property
    def gap(self) -> float:
        """(bound − served) / max(1, bound)."""
        return (self.bound - self.served) / max(1, self.bound)

    @property
    def cents_per_specialist(self) -> int | None:
        """Yearly cost of the chosen positions for each specialist at a served company, rounded up."""
        return -(-self.cost_cents // self.specialists) if self.specialists else None


class Frontier(Entity):
    """The points for 0, 1 … N positions beside the `present` buddies who are kept (none: an empty field).

    `unit` is what the coverage weight counts, `whole` the weight of all active companies. The hashes are
    those of the problem with every position filled, and of the positions.
    """

    problem_hash: str
    positions_hash: str
    travel_estimate: str
    unit: CoverageWeight
    whole: int
    present: tuple[str, ...]
    points: tuple[FrontierPoint, ...]

    @cached_property
    def hash(self) -> str:
        """Content hash of the whole frontier."""
        return content_hash(self)


def positions_hash(positions: Sequence[Entity]) -> str:
    """Return one hash for positions in any order."""
    return content_hash(sorted(content_hash(position) for position in positions))
