"""The problem of a register: what the engines read, for the weeks of a question."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from data.base.dates import parse_week
from data.model.history import Contact
from data.model.problem import Horizon, Problem, Request
from data.model.programme import Programme
from data.model.repeated import Occurring
from data.register.rows.register import Register
from data.register.rows.row import RegisterRow, in_order
from data.store.tables.free_texts import without_free_texts
from data.tables import entities
from data.tables.columns import COLUMNS
from data.tables.rows import Row, Tables

Order = Callable[[Any], Any]


@dataclass(frozen=True)
class Context:
    """What the rows of a problem depend on besides themselves.

    Districts, the first day, and when appointments that repeat take place.
    """

    districts: tuple[str, ...]
    first_day: date
    occurring: Occurring


Make = Callable[[Tables, RegisterRow, Context], tuple[Any, ...]]


def _point(row: RegisterRow) -> dict[str, Any]:
    assert row.where is not None, "every row at a place was located when it was entered"
    return {row.id: row.where.point}


MAKERS: Mapping[str, Make] = {
    "hosts": lambda tables, row, context: entities.hosts(tables),
    "buddies": lambda tables, row, context: entities.buddies(tables, _point(row), context.districts),
    "companies": lambda tables, row, context: entities.companies(
        tables, _point(row), {row.id: row.where.district} if row.where and row.where.district else {}
    ),
    "specialists": lambda tables, row, context: entities.specialists(tables),
    "care": lambda tables, row, context: entities.care(tables),
    "relations": lambda tables, row, context: entities.relations(tables),
    "requests": lambda tables, row, context: entities.requests(tables, context.first_day),
    "appointments": lambda tables, row, context: entities.appointments(tables, context.occurring),
    "places": lambda tables, row, context: entities.places(tables, _point(row)),
    "availability": lambda tables, row, context: entities.availability(tables),
    "terms": lambda tables, row, context: entities.terms(tables),
    "bases": lambda tables, row, context: entities.bases(tables, _point(row) if row.where else {}),
    "pins": lambda tables, row, context: entities.pins(tables),
    "bans": lambda tables, row, context: entities.bans(tables),
    "history": lambda tables, row, context: entities.history(tables),
}
"""How the rows of each entity become what a problem holds, by the functions that read files."""


def problem_of(register: Register, programme: Programme, horizon: Horizon) -> Problem:
    """Return the problem of a register for a horizon, equal to that of files with the same rows.

    It has no free texts, as none is stored with a problem: those stay in the register. What earlier versions
    had of companies that the register does not know is left out, and a buddy whom it does not know is blank.
    """
    context = Context(
        tuple(district.ags for district in programme.districts),
        parse_week(horizon.first_week),
        _occurring(register, programme, horizon),
    )
    made = {
        entity: tuple(
            sorted(_known(register, _models(register.of(entity), make, context)), key=entities.ORDER[entity])
        )
        for entity, make in MAKERS.items()
    }
    return without_free_texts(Problem(programme=programme, horizon=horizon, policy=register.policy, **made))


def _known(register: Register, models: Iterable[Any]) -> Iterable[Any]:
    """Yield contacts and requests at companies that are there, and all that is neither."""
    companies, buddies = register.rows["companies"], register.rows["buddies"]
    for each in models:
        if not isinstance(each, Contact | Request) or each.company in companies:
            gone = isinstance(each, Contact) and each.buddy and each.buddy not in buddies
            yield each.replace(buddy="") if gone else each


def _models(rows: Iterable[RegisterRow], make: Make, context: Context) -> list[Any]:
    return [each for row in in_order(list(rows)) for each in _of_row(row, make, context)]


def _of_row(row: RegisterRow, make: Make, context: Context) -> tuple[Any, ...]:
    """Return what a row is in a problem; made once, as registers share the rows that did not change.

    Only what repeats is made anew for each question: it depends on all that closes something.
    """
    if row.values.get("every_weeks") and row.entity == "appointments":
        return make(_tables(row), row, context)
    depends = context.first_day if row.entity == "requests" else context.districts
    if depends not in row.models:
        row.models[depends] = make(_tables(row), row, context)
    made: tuple[Any, ...] = row.models[depends]
    return made


def _tables(*rows: RegisterRow) -> Tables:
    tables: dict[str, list[Row]] = {name: [] for name in COLUMNS}
    for row in rows:
        tables[row.entity].append(row.as_table_row(0, []))
    return tables


def _occurring(register: Register, programme: Programme, horizon: Horizon) -> Occurring:
    rows = [*register.of("appointments")]
    if any(row.values.get("every_weeks") for row in rows):
        rows += register.of("availability")
    closed = register.policy.closed_days
    return entities.occurring_of(_tables(*rows), programme.state, closed, horizon)
