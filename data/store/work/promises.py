"""Promises: the windows announced to companies when a plan was published, and their answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Connection, Row, delete, insert, select, update

from data.base.dates import days_of
from data.base.message import message
from data.results.promise import Promise, PromiseState
from data.store.database.record import Conflict, NotThere
from data.store.tables import schema as s
from data.store.work.plans import StoredPlan


@dataclass(frozen=True)
class StoredPromise:
    """A promise with its buddy and the plan that made it; `version` increases with every change."""

    programme: str
    promise: Promise
    buddy: str
    plan: str
    version: int


def keep_promises(c: Connection, plan: StoredPlan, made: Mapping[str, Sequence[Promise]]) -> None:
    """Store the promises of a published plan, by buddy; they replace all those of its weeks.

    A company keeps its answer if its window is unchanged, even if another buddy comes; if the window has
    moved, it is asked again.
    """
    before = {one.promise.visit: one for one in _of(c, plan.programme, _days(plan.covered))}
    for buddy in sorted(made):
        for promise in made[buddy]:
            _keep(c, plan, buddy, promise)
            before.pop(promise.visit, None)
    for visit in sorted(before):
        c.execute(delete(s.promise).where(_is(plan.programme, visit)))


def promise_of(c: Connection, programme: str, visit: str) -> StoredPromise:
    """Return the promise of a visit; raises `NotThere`."""
    row = c.execute(select(s.promise).where(_is(programme, visit))).first()
    if row is None:
        raise NotThere(message("no_window", visit=visit))
    return _stored(row)


def promises_of_week(c: Connection, programme: str, week: str, buddy: str = "") -> tuple[StoredPromise, ...]:
    """Return the promises of an ISO week, of one buddy or of all, sorted by time."""
    return _of(c, programme, _days((week,)), buddy)


def promises_ahead(
    c: Connection, programme: str, first: date, company: str = "", buddy: str = ""
) -> tuple[StoredPromise, ...]:
    """Return the promises from a day on, to one company or of one buddy, sorted by time."""
    return tuple(
        each for each in _of(c, programme, (first, date.max), buddy) if company in ("", each.promise.company)
    )


def answer_promise(
    c: Connection, programme: str, visit: str, state: PromiseState, version: int
) -> StoredPromise:
    """Store a company's answer to a promise.

    Raises `NotThere`, and `Conflict` if it has changed since the expected version.
    """
    seen = _is(programme, visit) & (s.promise.c.version == version)
    done = c.execute(update(s.promise).where(seen).values(state=state, version=version + 1))
    now = promise_of(c, programme, visit)
    if done.rowcount == 0:
        raise Conflict(message("promise_version", visit=visit, found=now.version, sent=version))
    return now


def _keep(c: Connection, plan: StoredPlan, buddy: str, promise: Promise) -> None:
    told = promise.model_dump(exclude={"visit", "state"}) | {"buddy": buddy}
    row = c.execute(select(s.promise).where(_is(plan.programme, promise.visit))).first()
    if row is None:
        key = {"programme": plan.programme, "visit": promise.visit, "plan": plan.id}
        c.execute(insert(s.promise).values(**key, **told, state=promise.state, version=1))
        return
    changed = told | {"plan": plan.id}
    window = ("company", "date", "from_min", "to_min")
    if any(row._mapping[name] != told[name] for name in window):
        changed |= {"state": promise.state, "version": row.version + 1}
    elif row.buddy != buddy:
        changed |= {"version": row.version + 1}
    c.execute(update(s.promise).where(_is(plan.programme, promise.visit)).values(**changed))


def _of(c: Connection, programme: str, days: tuple[date, date], buddy: str = "") -> tuple[StoredPromise, ...]:
    own = s.promise.c
    chosen = select(s.promise).where(own.programme == programme, own.date.between(*days))
    if buddy:
        chosen = chosen.where(own.buddy == buddy)
    return tuple(map(_stored, c.execute(chosen.order_by(own.date, own.from_min, own.visit))))


def _days(weeks: tuple[str, ...]) -> tuple[date, date]:
    return days_of(weeks[0])[0], days_of(weeks[-1])[-1]


def _is(programme: str, visit: str) -> ColumnElement[bool]:
    return (s.promise.c.programme == programme) & (s.promise.c.visit == visit)


def _stored(row: Row[tuple[object, ...]]) -> StoredPromise:
    values = dict(row._mapping)
    values["state"] = PromiseState(values["state"])
    promise = Promise(**{name: values[name] for name in Promise.model_fields})
    return StoredPromise(row.programme, promise, row.buddy, row.plan, row.version)
