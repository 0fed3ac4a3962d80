"""How far a matching is that is still being solved."""

from data.base.entity import Entity
from data.model.policy import ObjectiveName


class LevelSoFar(Entity):
    """The objective that is being solved, the `number`-th `of` so many, with its best value and its bound.

    Either is None where there is none yet; the level is proved when the two meet.
    """

    name: ObjectiveName
    number: int
    of: int
    value: int | None = None
    bound: int | None = None
