"""The first rows of a programme that was stored before there was a register: those of its last import."""

from sqlalchemy import Connection, delete, select

from data.base.dates import parse_week
from data.model.problem import Problem
from data.model.relation import Ban, Pin
from data.register.changes.adopting import adopt
from data.register.changes.draft import Area
from data.register.changes.enter import By, enter
from data.register.from_problem import operations_of
from data.register.moved_rows import enter_moved
from data.register.rows.load import Registers, person_of
from data.register.rows.row import RegisterRow
from data.store.database.record import NotThere
from data.store.database.store import Store
from data.store.register.change_sets import Source, last_change_set
from data.store.register.imported import keep_imported, keep_people_imported
from data.store.register.rows import with_not_entered
from data.store.tables import schema as s
from data.store.work.matching_in_force import matching_in_force
from data.store.work.problems import keep_change_set_of, latest_problem, problem_of
from data.store.work.programmes import identities_of, programme_ids

BY = "migration"
"""The user recorded for it."""


def fill_registers(store: Store) -> None:
    """Fill the register of every programme that has an import but no register yet, each at once.

    What earlier versions kept in tables of their own is entered too.
    """
    with store.reading() as c:
        missing = {key for key in programme_ids(c) if _has_import(c, key) and last_change_set(c, key) is None}
        moved = {*with_not_entered(c)}
    for key in sorted(missing | moved):
        with store.writing() as c:
            fill_register(c, key)
            enter_moved(c, key)


def fill_register(c: Connection, programme: str) -> None:
    """Enter the rows of the last import as they are: no rule of today takes one away."""
    if last_change_set(c, programme) is not None or not _has_import(c, programme):
        return
    problem, _ = problem_of(c, latest_problem(c, programme))
    with_rules = _with_rules(c, problem, programme)
    operations = operations_of(with_rules, identities_of(c, programme))
    area = Area(problem.programme.replace(id=programme), None)
    entered = enter(c, Registers(), area, operations, By(BY, Source.IMPORT), checked=False)
    if entered.change_set and with_rules == problem:
        keep_change_set_of(c, problem.hash, entered.change_set.number)
    if (in_force := matching_in_force(c, programme)) is not None:
        adopt(c, Registers(), area, in_force, parse_week(problem.horizon.first_week), BY, checked=False)
    rows = entered.draft.changed
    keep_imported(c, programme, {(row.entity, row.id): _plain(row) for row in rows})
    keep_people_imported(c, programme, {row.id: person_of(row) for row in rows if row.kind.personal})


def _with_rules(c: Connection, problem: Problem, programme: str) -> Problem:
    """Return a problem with the pins and bans that were entered beside it, and take these out of their table.

    They go before those of the files on the same pair; a pin also before other pins of its company.
    """
    own = s.pair_rule.c
    stored = c.execute(select(s.pair_rule).where(own.programme == programme).order_by(own.company, own.buddy))
    rules = [rule for rule in stored if rule.buddy in problem.buddy and rule.company in problem.company]
    pairs = {(rule.buddy, rule.company) for rule in rules}
    pinned = {rule.company for rule in rules if rule.kind == "pin"}
    bans = [ban for ban in problem.bans if (ban.buddy, ban.company) not in pairs]
    pins = [
        pin for pin in problem.pins if (pin.buddy, pin.company) not in pairs and pin.company not in pinned
    ]
    for rule in rules:
        values = {"buddy": rule.buddy, "company": rule.company, "reason": rule.reason}
        if rule.kind == "pin":
            pins.append(Pin(**values))
        else:
            bans.append(Ban(**values))
        c.execute(delete(s.pair_rule).where(own.id == rule.id))
    return problem.replace(pins=tuple(sorted(pins, key=_pair)), bans=tuple(sorted(bans, key=_pair)))


def _pair(rule: Pin | Ban) -> tuple[str, str]:
    return rule.company, rule.buddy


def _plain(row: RegisterRow) -> dict[str, str]:
    return {name: text for name, text in row.values.items() if name not in row.kind.private}


def _has_import(c: Connection, programme: str) -> bool:
    try:
        latest_problem(c, programme)
    except NotThere:
        return False
    return True
