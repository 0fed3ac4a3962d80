"""A buddy leaves after a day: employment and relations end, successors begin, nothing names them later."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from data.base.errors import BuddyplanError
from data.base.message import message
from data.register.changes.adopting import succession_of
from data.register.changes.operations import Act, Operation
from data.register.changes.relations import ended_before, is_main, last_day, lasts_on
from data.register.rows.register import Register
from data.register.rows.row import RegisterRow
from data.results.questions import JointVisit

HANDOVER = "handover"
"""The kind of the appointments that are joint visits."""


@dataclass(frozen=True)
class Leaving:
    """What changes when a buddy leaves: steps, the companies that nobody follows at, and what is left over.

    `left` are later appointments that repeat since before, or are at no company and name the buddy alone:
    somebody has to look at them.
    """

    operations: tuple[Operation, ...]
    without: tuple[str, ...]
    left: tuple[str, ...]


def companies_left(register: Register, buddy: str, day: date) -> tuple[str, ...]:
    """Return the companies whose main buddy it is on a day, sorted."""
    relations = (row.values for row in register.of("relations") if row.values.get("buddy") == buddy)
    return tuple(
        sorted({values["company"] for values in relations if is_main(values) and lasts_on(values, day)})
    )


def leaving_of(
    register: Register,
    buddy: RegisterRow,
    day: date,
    successors: Mapping[str, str],
    visits: Sequence[JointVisit] = (),
) -> Leaving:
    """Return what changes if a buddy's last day is `day` and others follow at companies from the next day on.

    Raises `BuddyplanError` for a company that is not the buddy's on that day, and for a successor who is the
    buddy, or is not employed when it begins.
    """
    companies = companies_left(register, buddy.id, day)
    wrong = [key for key, who in successors.items() if key not in companies or who == buddy.id]
    if wrong:
        raise BuddyplanError(message("no_company_of_leaver", company=min(wrong), buddy=buddy.id, day=day))
    _expect_employed(register, day + timedelta(days=1), successors)
    wanted = _without_appointments(register, buddy.id, day, successors)
    steps = (
        Operation(Act.CHANGE, "buddies", buddy.id, {"employed_to": day.isoformat()}, buddy.version),
        *_relations(register, buddy.id, day, successors),
        *_named_no_more(register, buddy.id),
        *(step for step in wanted.values() if step),
        *(_joint(buddy.id, visit) for visit in visits if visit.company in successors),
    )
    return Leaving(
        operations=steps,
        without=tuple(key for key in companies if key not in successors),
        left=tuple(key for key, step in wanted.items() if step is None),
    )


def _expect_employed(register: Register, first: date, successors: Mapping[str, str]) -> None:
    for company, buddy in sorted(successors.items()):
        row = register.row("buddies", buddy)
        if row and not (row.parsed["employed_from"] or first) <= first <= (
            row.parsed["employed_to"] or first
        ):
            raise BuddyplanError(message("successor_not_employed", company=company, buddy=buddy, day=first))


def _relations(
    register: Register, buddy: str, day: date, successors: Mapping[str, str]
) -> Iterator[Operation]:
    """Yield the end of all relations of the buddy, and the beginning of those that follow."""
    first = day + timedelta(days=1)
    for company, successor in sorted(successors.items()):
        yield from succession_of(register, company, successor, first).operations
    for row in register.of("relations"):
        if row.values.get("buddy") != buddy or last_day(row.values) <= day:
            continue
        followed = is_main(row.values) and row.values["company"] in successors
        if not (followed and lasts_on(row.values, first)):
            yield ended_before(row, first)


def _named_no_more(register: Register, buddy: str) -> Iterator[Operation]:
    """Yield the removal of pins on the buddy, and of the buddy among the deputies of others."""
    for row in register.of("pins"):
        if row.values.get("buddy") == buddy:
            yield Operation(Act.REMOVE, "pins", row.id, version=row.version)
    for row in register.of("buddies"):
        deputies = row.values.get("deputies", "").split()
        if buddy in deputies:
            others = " ".join(key for key in deputies if key != buddy)
            yield Operation(Act.CHANGE, "buddies", row.id, {"deputies": others}, row.version)


def _without_appointments(
    register: Register, buddy: str, day: date, successors: Mapping[str, str]
) -> dict[str, Operation | None]:
    """Return the change of each later appointment that names the buddy; None where somebody has to look.

    That is one that nobody else attends, or that repeats and has begun before. The successor at its company
    comes instead; without one, or at no company, the others who are named.
    """
    found: dict[str, Operation | None] = {}
    for row in register.of("appointments"):
        named = row.values.get("buddies", "").split()
        if buddy not in named or not _goes_on(row, day):
            continue
        if row.parsed["start"].date() <= day:  # it repeats, and the buddy attends until then
            found[row.id] = None
            continue
        company = row.values.get("company", "")
        instead = successors.get(company, "")
        people = " ".join(dict.fromkeys(instead if key == buddy else key for key in named)).strip()
        step = Operation(Act.CHANGE, "appointments", row.id, {"buddies": people}, row.version)
        found[row.id] = step if people or company else None
    return found


def _goes_on(row: RegisterRow, day: date) -> bool:
    """Return whether an appointment is, or repeats, after a day."""
    until = row.parsed["until"] or date.max if row.parsed["every_weeks"] else row.parsed["start"].date()
    return bool(until > day)


def _joint(buddy: str, visit: JointVisit) -> Operation:
    clock = f"{visit.start_min // 60:02}:{visit.start_min % 60:02}"
    values = {
        "start": f"{visit.day.isoformat()} {clock}",
        "minutes": str(visit.minutes),
        "company": visit.company,
        "kind": HANDOVER,
        "buddies": f"{buddy} {visit.buddy}",
    }
    return Operation(Act.ENTER, "appointments", values=values)
