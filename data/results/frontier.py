"""The coverage frontier: the most that a number of positions can serve, with a proved bound."""

from collections.abc import Sequence
from functools import cached_property

from data.base.entity import Entity, content_hash
from data.base.ids import BuddyId
from data.model.policy import CoverageWeight


class FrontierPoint(Entity):
    """What `count` positions can serve.

    `positions` are the ids of the chosen ones, and `served` is the weight (priority × coverage weight) of the
    companies that they serve according to `buddy_of`; no choice serves more than `bound`. `marginal` is
    `served` minus that of the previous point. The cost is the yearly cost of the chosen positions.
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
        """Yearly cost of the chosen positions per specialist at a served company, rounded up."""
        return -(-self.cost_cents // self.specialists) if self.specialists else None


class Frontier(Entity):
    """The points for 0, 1 … N positions in addition to the `present` buddies who are kept (possibly none).

    `unit` is what the coverage weight counts, `whole` the weight of all active companies. The hashes are
    those of the problem with every position filled, and of the positions.
    """

    problem_hash: str
    positions_hash: str
    travel_estimate: str
    unit: CoverageWeight
    whole: int
    present: tuple[BuddyId, ...]
    points: tuple[FrontierPoint, ...]

    @cached_property
    def hash(self) -> str:
        """Content hash of the whole frontier."""
        return content_hash(self)


def positions_hash(positions: Sequence[Entity]) -> str:
    """Return one hash of positions, independent of their order."""
    return content_hash(sorted(content_hash(position) for position in positions))
