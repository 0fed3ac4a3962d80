"""Adopting a matching: its pairs become the relations of the register, from a day on."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import Connection

from data.model.policy import Policy
from data.model.vocabulary import RelationRole
from data.register.changes.draft import Area
from data.register.changes.enter import By, Entered, enter
from data.register.changes.operations import Act, Operation
from data.register.changes.relations import ended_before, first_day, lasts_on, main_relations
from data.register.rows.load import Registers
from data.register.rows.register import Register
from data.register.rows.row import RegisterRow
from data.results.solution import Matching
from data.store.register.change_sets import Source
from data.store.work.matchings import StoredMatching, mark_adopted


@dataclass(frozen=True)
class Succession:
    """A company whose main buddy changes; an empty buddy: there was none, or there is none any more."""

    company: str
    before: str
    after: str
    since: date | None


@dataclass(frozen=True)
class Adoption:
    """What adopting a matching on a day changes, and how many relations stay."""

    day: date
    successions: tuple[Succession, ...]
    kept: int
    operations: tuple[Operation, ...]


def adoption_of(register: Register, matching: Matching, day: date) -> Adoption:
    """Return what adopting a matching changes; companies that it does not know stay as they are."""
    mains = main_relations(register)
    successions, operations, kept = [], [], 0
    for company, buddy in _wanted(register, matching):
        succession, steps = _succession(company, buddy, day, mains.get(company, []))
        successions += [succession] if succession else []
        operations += steps
        kept += succession is None and bool(buddy)
    return Adoption(day, tuple(successions), kept, tuple(operations))


def succession_of(register: Register, company: str, buddy: str, day: date) -> Adoption:
    """Return what changes if one company has this buddy from a day on."""
    held = main_relations(register).get(company, [])
    succession, operations = _succession(company, buddy, day, held)
    return Adoption(day, (succession,) if succession else (), succession is None, tuple(operations))


def _succession(
    company: str, buddy: str, day: date, held: list[RegisterRow]
) -> tuple[Succession | None, list[Operation]]:
    """Return who follows whom, and the steps to it; None if the company has this buddy already, or nobody.

    `held` are its main relations.
    """
    lasting = [row for row in held if lasts_on(row.values, day)]
    if any(row.values["buddy"] == buddy for row in lasting) or (not buddy and not lasting):
        return None, []
    before = lasting[0] if lasting else None
    of_before = (before.values["buddy"], _since(before)) if before else ("", None)
    steps = [ended_before(row, day) for row in lasting]
    steps += _begun(company, buddy, day, held) if buddy else []
    return Succession(company, of_before[0], buddy, of_before[1]), steps


def adopt(
    c: Connection,
    registers: Registers,
    area: Area,
    stored: StoredMatching,
    day: date,
    user: str,
    checked: bool = True,
) -> Entered:
    """Enter the relations of a matching as one change set; it supersedes the one that was adopted before.

    `checked` as in `data.register.changes.enter.enter`; raises what that raises.
    """
    adoption = adoption_of(registers.of(c, area.programme.id), stored.matching, day)
    entered = enter(c, registers, area, adoption.operations, By(user, Source.MATCHING), checked)
    mark_adopted(c, stored.id, entered.change_set.id if entered.change_set else None)
    return entered


def additions(adoption: Adoption, policy: Policy) -> Adoption:
    """Return what of an adoption is entered without being looked at: new relations, if the policy says so."""
    new = {each.company for each in adoption.successions if not each.before and policy.nightly_adopts}
    return replace(
        adoption,
        successions=tuple(each for each in adoption.successions if each.company in new),
        operations=tuple(
            each for each in adoption.operations if each.act is Act.ENTER and each.values["company"] in new
        ),
    )


def adopt_additions(
    c: Connection, registers: Registers, area: Area, stored: StoredMatching, day: date, user: str
) -> Adoption:
    """Enter the new relations of a matching as `additions` says; adopted it is if it changes nothing else."""
    register = registers.of(c, area.programme.id)
    whole = adoption_of(register, stored.matching, day)
    found = additions(whole, register.policy)
    if found.successions:
        entered = enter(c, registers, area, found.operations, By(user, Source.NIGHTLY))
        if found.successions == whole.successions and entered.change_set:
            mark_adopted(c, stored.id, entered.change_set.id)
    return found


def _wanted(register: Register, matching: Matching) -> Iterator[tuple[str, str]]:
    """Yield each company of a matching with its buddy, empty where it has none."""
    pairs = [*matching.buddy_of.items(), *((each.company, "") for each in matching.unassigned)]
    for company, buddy in sorted(pairs):
        if register.row("companies", company) and (not buddy or register.row("buddies", buddy)):
            yield company, buddy


def _since(row: RegisterRow) -> date | None:
    return date.fromisoformat(row.values["from"]) if "from" in row.values else None


def _begun(company: str, buddy: str, day: date, held: list[RegisterRow]) -> list[Operation]:
    """Return the beginning of a relation; one that is to follow it goes on as planned."""
    values = {"company": company, "buddy": buddy, "role": RelationRole.MAIN.value, "from": day.isoformat()}
    later = [since for row in held if (since := first_day(row.values)) > day]
    if later:
        values["to"] = (min(later) - timedelta(days=1)).isoformat()
    return [Operation(Act.ENTER, "relations", values=values)]
