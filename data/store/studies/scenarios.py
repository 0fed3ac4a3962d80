"""Scenarios: named lists of changes to a stored problem, alone or on top of another scenario."""

from dataclasses import dataclass
from datetime import datetime

from pydantic import TypeAdapter
from sqlalchemy import Connection, Row, insert, select

from data.base.message import message
from data.scenario.kinds import Scenario, ScenarioChange
from data.store.database.record import Conflict, NotThere, new_id
from data.store.tables import schema as s
from data.store.tables.utc import now

CHANGES = TypeAdapter[tuple[ScenarioChange, ...]](tuple[ScenarioChange, ...])


@dataclass(frozen=True)
class NewScenario:
    """The content of a scenario; its changes follow those of its `parent`."""

    programme: str
    problem: str
    name: str
    changes: tuple[ScenarioChange, ...]
    by_user: str
    parent: str | None = None
    note: str = ""


@dataclass(frozen=True)
class StoredScenario(NewScenario):
    """A stored scenario."""

    id: str = ""
    created_at: datetime = datetime.min


def keep_scenario(c: Connection, new: NewScenario) -> str:
    """Store a scenario and return its id; raises `NotThere` and `Conflict` for an invalid parent."""
    if new.parent is not None:
        parent = scenario_of(c, new.parent)
        if (parent.programme, parent.problem) != (new.programme, new.problem):
            raise Conflict(message("scenario_of_other_problem"))
    key, body = new_id(), CHANGES.dump_json(new.changes).decode()
    plain = {name: getattr(new, name) for name in NewScenario.__dataclass_fields__ if name != "changes"}
    c.execute(insert(s.scenario).values(id=key, body=body, created_at=now(), **plain))
    return key


def scenario_of(c: Connection, key: str) -> StoredScenario:
    """Return a scenario by its id; raises `NotThere`."""
    row = c.execute(select(s.scenario).where(s.scenario.c.id == key)).first()
    if row is None:
        raise NotThere(message("no_scenario", scenario=key))
    return _stored(row)


def scenarios_of(c: Connection, programme: str) -> tuple[StoredScenario, ...]:
    """Return the scenarios of a programme, the latest first."""
    own = s.scenario.c
    rows = c.execute(
        select(s.scenario).where(own.programme == programme).order_by(own.created_at.desc(), own.id)
    )
    return tuple(map(_stored, rows))


def stacked(c: Connection, stored: StoredScenario) -> tuple[Scenario, ...]:
    """Return a scenario preceded by its ancestors, as `data.scenario.apply.applied` takes them."""
    before = stacked(c, scenario_of(c, stored.parent)) if stored.parent else ()
    own = Scenario(name=stored.name, note=stored.note, parent=stored.parent or "", changes=stored.changes)
    return (*before, own)


def stacked_by_id(c: Connection, key: str) -> tuple[Scenario, ...]:
    """Return a scenario preceded by its ancestors, each named by its id and without texts."""
    stored = scenario_of(c, key)
    before = stacked_by_id(c, stored.parent) if stored.parent else ()
    return (*before, Scenario(name=key, parent=stored.parent or "", changes=stored.changes))


def _stored(row: Row[tuple[object, ...]]) -> StoredScenario:
    values = dict(row._mapping)
    values["changes"] = CHANGES.validate_json(values.pop("body"))
    return StoredScenario(**values)
