"""Paged lists of a programme's imports, matchings and plans, the newest first."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Select, Table, select

from data.base.message import message
from data.store.database.record import NotThere
from data.store.tables import schema as s
from data.store.work.plans import StoredPlan, plan_of


@dataclass(frozen=True)
class StoredImport:
    """An import: the problem it created, and the number of findings."""

    id: str
    programme: str
    problem: str
    warnings: int
    repaired: int
    created_at: datetime


@dataclass(frozen=True)
class ListedMatching:
    """A matching without its content, and the weeks of its problem."""

    id: str
    programme: str
    problem: str
    created_at: datetime
    adopted_at: datetime | None
    first_week: str
    weeks: int


def imports_before(c: Connection, programme: str, limit: int, before: str = "") -> list[StoredImport]:
    """Return imports older than the one with an id; raises `NotThere` for an unknown id."""
    columns = [s.programme_import.c[name] for name in StoredImport.__dataclass_fields__]
    asked = _older(c, select(*columns), s.programme_import, programme, before)
    return [StoredImport(**row._mapping) for row in c.execute(asked.limit(limit))]


def import_of(c: Connection, key: str) -> StoredImport:
    """Return an import; raises `NotThere`."""
    columns = [s.programme_import.c[name] for name in StoredImport.__dataclass_fields__]
    row = c.execute(select(*columns).where(s.programme_import.c.id == key)).first()
    if row is None:
        raise NotThere(message("no_import", import_id=key))
    return StoredImport(**row._mapping)


def matchings_before(c: Connection, programme: str, limit: int, before: str = "") -> list[ListedMatching]:
    """Return matchings older than the one with an id; raises `NotThere` for an unknown id."""
    own = [s.matching.c[name] for name in ("id", "programme", "problem", "created_at", "adopted_at")]
    columns = [*own, s.problem.c.first_week, s.problem.c.weeks]
    joined = select(*columns).join(s.problem, s.problem.c.hash == s.matching.c.problem)
    asked = _older(c, joined, s.matching, programme, before)
    return [ListedMatching(**row._mapping) for row in c.execute(asked.limit(limit))]


def plans_before(c: Connection, programme: str, limit: int, before: str = "") -> list[StoredPlan]:
    """Return plans older than the one with an id; raises `NotThere` for an unknown id."""
    asked = _older(c, select(s.plan.c.id), s.plan, programme, before)
    return [plan_of(c, key) for key in c.execute(asked.limit(limit)).scalars()]


def _older(c: Connection, asked: Select, table: Table, programme: str, before: str) -> Select:  # type: ignore[type-arg]
    own = table.c
    asked = asked.where(own.programme == programme).order_by(own.created_at.desc(), own.id.desc())
    if not before:
        return asked
    at = c.execute(select(own.created_at).where(own.id == before)).scalar()
    if at is None:
        raise NotThere(message("page_entry_gone"))
    return asked.where((own.created_at < at) | ((own.created_at == at) & (own.id < before)))
