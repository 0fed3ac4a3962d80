"""Positions that might be funded: potential buddies, singly or in bundles."""

from collections.abc import Sequence

from data.base.entity import Entity
from data.model.problem import Buddy, Problem
from data.scenario.rows import by_id, without


class Position(Entity):
    """A buddy who might be hired; positions of one `bundle` are funded whole or not at all."""

    buddy: Buddy
    bundle: str = ""

    @property
    def id(self) -> str:
        """The position's id is the id of its potential buddy."""
        return self.buddy.id


def with_positions(problem: Problem, positions: Sequence[Position], keep: bool) -> Problem:
    """Return the problem with every one of the positions filled.

    With `keep`, the present buddies stay; otherwise they are removed with all relations, pins and bans that
    name them. Raises ValueError if a position's id is already in use.
    """
    field = problem if keep else without(problem, set(problem.buddy))
    taken = field.buddy.keys() | field.company.keys() | field.place.keys()
    for position in positions:
        if position.id in taken:
            raise ValueError(f"position {position.id}: the id is taken; give each position an id of its own")
        taken = taken | {position.id}
    return field.replace(buddies=by_id((*field.buddies, *(position.buddy for position in positions))))
