"""Where one more buddy helps most, as it was found."""

from data.base.entity import Entity
from data.model.policy import CoverageWeight
from data.results.explanation import Hire


class Place(Entity):
    """One more buddy in a district: the extra weight served compared with today, and the solution."""

    gain: int
    hire: Hire


class HireStudy(Entity):
    """The districts in which one more buddy was tried, best first; weights in the policy's unit.

    The matching's levels, in their order, decide which is best; `served` of `whole` is today's coverage.
    """

    unit: CoverageWeight
    served: int
    whole: int
    places: tuple[Place, ...]
