"""People who have left a programme, although the store still has their names."""

from datetime import UTC, date, datetime, time

from sqlalchemy import Connection, select

from data.store.tables import schema as s
from data.store.work.problems import latest_import, problem_of
from data.store.work.programmes import identities_of


def departed(c: Connection, programme: str, limit: date) -> tuple[str, ...]:
    """Return who left before a day, sorted: buddies by their last day, others when files stop naming them.

    The files count from the last import; before the first import nobody has left.
    """
    last = latest_import(c, programme)
    if last is None:
        return ()
    problem, _ = problem_of(c, last.problem)
    known = {person.id for person in identities_of(c, programme).people}
    users = select(s.user.c.buddy).where(s.user.c.programme == programme, s.user.c.buddy != "")
    known |= set(c.execute(users).scalars())
    gone = {b.id for b in problem.buddies if b.employed_to is not None and b.employed_to < limit}
    if last.created_at < datetime.combine(limit, time(), UTC):
        gone |= known - {*problem.buddy, *problem.company, *problem.place, *problem.host}
    return tuple(sorted(gone & known))
