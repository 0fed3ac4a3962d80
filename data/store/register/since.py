"""How many change sets a register had since the one that something was computed from."""

from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from data.store.tables.register import change_set
from data.store.tables.work import problem


@dataclass(frozen=True)
class Since:
    """The number of the change set that something was computed from, and how many came after it."""

    change_set: int
    changes: int


def change_set_of_problem(c: Connection, key: str) -> int | None:
    """Return the number of the change set that made a stored problem; None: none did, or it is not known."""
    return c.execute(select(problem.c.change_set).where(problem.c.hash == key)).scalar()


def changes_since(c: Connection, programme: str, key: str, adopted_by: str | None = None) -> Since | None:
    """Return what came since a stored problem was the register's; None: it never was, or that is not known.

    `adopted_by` is the change set that adopted the very matching of it, and is not counted.
    """
    number = change_set_of_problem(c, key)
    if number is None:
        return None
    own = change_set.c
    later = select(func.count()).where(own.programme == programme, own.number > number)
    if adopted_by is not None:
        later = later.where(own.id != adopted_by)
    return Since(number, c.execute(later).scalar() or 0)
