"""People who have left a programme, although the store still has their names."""

import json
from datetime import UTC, date, datetime, time

from sqlalchemy import Connection, func, select

from data.store.privacy.erased_rows import OF_PEOPLE
from data.store.tables import schema as s
from data.store.work.programmes import identities_of


def departed(c: Connection, programme: str, limit: date) -> tuple[str, ...]:
    """Return who left before a day, sorted: buddies by their last day, others when their row went.

    As long as the register has no rows nobody has left.
    """
    rows = s.register_row.c
    found = c.execute(select(rows.entity, rows.id, rows.data).where(rows.programme == programme)).all()
    if not found:
        return ()
    known = {person.id for person in identities_of(c, programme).people}
    users = select(s.user.c.buddy).where(s.user.c.programme == programme, s.user.c.buddy != "")
    known |= set(c.execute(users).scalars())
    last_days = {row.id: json.loads(row.data).get("employed_to") for row in found if row.entity == "buddies"}
    gone = {key for key, day in last_days.items() if day is not None and date.fromisoformat(day) < limit}
    there = {row.id for row in found if row.entity in OF_PEOPLE}
    removed, begun = _removed(c, programme), _begun(c, programme)
    before = datetime.combine(limit, time(), UTC)
    gone |= {key for key in known - there if removed.get(key, begun) < before}
    return tuple(sorted(gone & known))


def _removed(c: Connection, programme: str) -> dict[str, datetime]:
    """Return when the rows of buddies, companies, hosts and places were taken away last, by id."""
    change, made = s.register_change.c, s.change_set.c
    gone = (change.programme == programme) & (change.field == "") & change.after.is_(None)
    wanted = (
        select(change.row, func.max(made.at).label("at"))
        .join(s.change_set, made.id == change.change_set)
        .where(gone, change.entity.in_(OF_PEOPLE))
        .group_by(change.row)
    )
    return {row.row: row.at for row in c.execute(wanted)}


def _begun(c: Connection, programme: str) -> datetime:
    """Return since when there is a register: whoever it never had is gone since then."""
    made = s.change_set.c
    found = c.execute(select(func.min(made.at)).where(made.programme == programme)).scalar_one()
    return found if found is not None else datetime.now(UTC)
