"""The small run of `tests.api.runs`, stored in a store."""

from sqlalchemy import Connection

from data.model.history import Contact
from data.model.identity import Identities, Identity
from data.register.changes.draft import Area
from data.register.changes.enter import By, enter
from data.register.changes.operations import Act, Operation
from data.register.contacts import ContactRow, Reports, contact_of
from data.register.first_rows import fill_register
from data.register.rows.load import Registers
from data.register.rows.row import RegisterRow
from data.store.register.change_sets import Source
from data.store.work.matchings import keep_matching
from data.store.work.plans import NewPlan, StoredPlan, keep_draft, publish
from data.store.work.problems import keep_import, keep_problem, packed
from data.store.work.programmes import keep_programme
from tests.api.runs import run

RUN = run()
WEEK = RUN.problem.horizon.first_week
PROGRAMME = RUN.problem.programme.id


def ruled(
    c: Connection, entity: str, buddy: str, company: str, reason: str = "", programme: str = PROGRAMME
) -> RegisterRow:
    """Enter a pin or ban into the register, and return its row."""
    values = {"buddy": buddy, "company": company} | ({"reason": reason} if reason else {})
    area = Area(RUN.problem.programme.replace(id=programme), None)
    operation = Operation(Act.ENTER, entity, "", values)
    made = enter(c, Registers(), area, [operation], By("u", Source.DESK), checked=False)
    (row,) = made.draft.rows
    assert row is not None
    return row


def reported(c: Connection, visit: str, contact: Contact, registers: Registers | None = None) -> ContactRow:
    """Enter a buddy's report on a visit, and return its row."""
    registers = registers or Registers()
    steps = [*Reports(registers.of(c, PROGRAMME)).operations(visit, contact)]
    area = Area(RUN.problem.programme, None)
    made = enter(c, registers, area, steps, By("u", Source.BUDDY), checked=False)
    row = made.draft.rows[0]
    assert row is not None
    return contact_of(row)


def raised(c: Connection, key: str, company: str, **values: str) -> RegisterRow:
    """Enter an urgent request, and return its row."""
    told = {"company": company, "kind": "urgent", "raised": "2026-11-20", "due": "2026-11-27"} | values
    area = Area(RUN.problem.programme, None)
    made = enter(c, Registers(), area, [Operation(Act.ENTER, "requests", key, told)], By("u", Source.API))
    (row,) = made.draft.rows
    assert row is not None
    return row


def entered(c: Connection) -> str:
    """Store the run's problem and matching, and return the id of the matching."""
    who = Identities(people=(Identity(id="anna", name="Anna Albrecht"),))
    keep_programme(c, RUN.problem.programme, who)
    keep_import(c, PROGRAMME, keep_problem(c, packed(RUN.problem, RUN.times, None)), 0, 0, "u")
    fill_register(c, PROGRAMME)
    assert RUN.matching
    return keep_matching(c, PROGRAMME, RUN.matching, RUN.explanations, RUN.refinement, "u")


def draft(c: Connection, matching: str, week: str = WEEK, weeks: int = 1, complete: bool = True) -> str:
    """Store a draft with the run's weeks, and return its id."""
    return keep_draft(c, NewPlan(PROGRAMME, matching, week, weeks, RUN.weeks, "u", complete))


def published(c: Connection) -> StoredPlan:
    """Store the run and publish its plan."""
    return publish(c, draft(c, entered(c)), "u")
