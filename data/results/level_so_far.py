"""The progress of a matching that is being solved."""

from data.base.entity import Entity
from data.model.policy import ObjectiveName


class LevelSoFar(Entity):
    """The objective being solved, number `number` of `of`, with its best value and its bound so far.

    Value and bound are None until known; the level is proved when the two are equal.
    """

    name: ObjectiveName
    number: int
    of: int
    value: int | None = None
    bound: int | None = None
