"""A mark of the store that is another one after every change that somebody could be shown.

Answers that were made under a mark hold for as long as it stands, so they can be given again without being
made again. It is random, not a count: a store that is restored never comes back to a mark it once had.
"""

from sqlalchemy import Connection, bindparam, insert, select, update

from data.store.database.record import new_id
from data.store.tables import schema as s

_READ = select(s.change.c.stamp).where(s.change.c.id == 1)
_RENEW = update(s.change).where(s.change.c.id == 1).values(stamp=bindparam("new"))


def stamp(c: Connection) -> str:
    """Return the mark that stands; where there is none yet, one that never comes again."""
    return c.execute(_READ).scalar() or new_id()


def renew_stamp(c: Connection) -> None:
    """Set another mark; the last statement of a transaction that writes, since others wait for it."""
    if c.execute(_RENEW, {"new": new_id()}).rowcount == 0:
        c.execute(insert(s.change).values(id=1, stamp=new_id()))
