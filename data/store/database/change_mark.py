"""A change mark of the store that changes with every change visible to a reader.

Cached answers are valid while the mark they were computed under is current. The mark is random, not a
counter: a restored store never returns to an earlier mark.
"""

from sqlalchemy import Connection, bindparam, insert, select, update

from data.store.database.record import new_id
from data.store.tables import schema as s

_READ = select(s.change.c.stamp).where(s.change.c.id == 1)
_RENEW = update(s.change).where(s.change.c.id == 1).values(stamp=bindparam("new"))


def stamp(c: Connection) -> str:
    """Return the current mark; if there is none yet, a new one that never repeats."""
    return c.execute(_READ).scalar() or new_id()


def renew_stamp(c: Connection) -> None:
    """Set a new mark; make this the last statement of a writing transaction, since others wait for it."""
    if c.execute(_RENEW, {"new": new_id()}).rowcount == 0:
        c.execute(insert(s.change).values(id=1, stamp=new_id()))
