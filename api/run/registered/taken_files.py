"""Files taken into the register, by the service and by the nightly run."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from api.run.registered.programmes import Programmes, ready
from data.base.dates import minute_of
from data.model.findings import Finding, Severity
from data.model.identity import Identities
from data.model.problem import Horizon
from data.model.programme import Programme
from data.reference.sources import Sources
from data.register.changes.draft import Area, Stamp, draft
from data.register.changes.enter import By, Entered
from data.register.changes.errors import RowsWrong
from data.register.lists.file_rows import rows_of_files
from data.register.lists.findings import in_files
from data.register.lists.proposal import FieldKey, Proposal, propose
from data.register.lists.take import take
from data.register.problem import problem_of
from data.register.rows.load import Registers
from data.store.register.imported import last_import
from data.store.tables.utc import now
from data.store.work.problems import keep_import, keep_problem, latest_import
from data.store.work.programmes import keep_programme
from data.store.work.references import keep_reference
from data.tables.read import TablesRead


@dataclass(frozen=True)
class Files:
    """What was read of files: rows, findings, and the sources by which their places were looked up."""

    rows: TablesRead
    findings: tuple[Finding, ...]
    sources: Sources
    invented: bool = False
    complete: bool = False


@dataclass(frozen=True)
class Taken:
    """What became of files: the import, its problem, what they proposed, what was entered, all findings."""

    id: str
    problem: str
    proposal: Proposal
    entered: Entered
    findings: tuple[Finding, ...]


def proposed(c: Connection, registers: Registers, programme: str, files: Files) -> Proposal:
    """Return what files would do to the register of a programme, which need not exist yet."""
    register = registers.of(c, programme)
    last = last_import(c, programme)
    return propose(register, rows_of_files(files.rows), last, minute_of(now())[0], files.complete)


def try_out(
    programme: Programme,
    proposal: Proposal,
    files: Files,
    user: str,
    from_file: Collection[FieldKey] = (),
) -> tuple[Finding, ...]:
    """Return the findings of taking a proposal, which changes nothing; raises `RowsWrong` as that would."""
    operations, register = proposal.operations(from_file), proposal.register
    area, stamp = Area(programme, files.sources.gazetteer), Stamp(register.number + 1, "", user, now())
    try:
        drafted = draft(register, area, operations, stamp)
    except RowsWrong as wrong:
        raise RowsWrong(in_files(wrong.findings, operations, wrong.keys)) from None
    return _without_repeats(files.findings, in_files(drafted.findings, operations, drafted.keys))


def take_files(
    c: Connection,
    programmes: Programmes,
    programme: Programme,
    files: Files,
    horizon: Horizon,
    by: By,
    from_file: Collection[FieldKey] = (),
) -> Taken:
    """Take files into the register of a programme, which is created if need be, and record the import.

    Raises `RowsWrong` with findings that tell file and row.
    """
    keep_programme(c, programme, Identities(invented=files.invented))
    keep_reference(c, files.sources.reference)
    proposal = proposed(c, programmes.registers, programme.id, files)
    area = Area(programme, files.sources.gazetteer)
    try:
        entered = take(c, programmes.registers, area, proposal, by, from_file)
    except RowsWrong as wrong:
        raise RowsWrong(in_files(wrong.findings, proposal.operations(from_file), wrong.keys)) from None
    found = in_files(entered.draft.findings, proposal.operations(from_file), entered.draft.keys)
    problem = problem_of(entered.draft.register, programme, horizon)
    number = entered.change_set.number if entered.change_set else proposal.register.number
    key = keep_problem(c, ready(c, problem, files.sources), number)
    findings = _without_repeats(files.findings, found)
    return Taken(_recorded(c, programme.id, key, findings, by.user), key, proposal, entered, findings)


def _recorded(c: Connection, programme: str, problem: str, findings: Sequence[Finding], user: str) -> str:
    """Record an import, unless the last one made the same; return the id of the import."""
    last = latest_import(c, programme)
    if last is not None and last.problem == problem:
        return str(last.id)
    found = [each.severity for each in findings for _ in each.rows]
    counts = found.count(Severity.WARNING), found.count(Severity.REPAIRED)
    return keep_import(c, programme, problem, *counts, user)


def _without_repeats(read: Sequence[Finding], entered: Sequence[Finding]) -> tuple[Finding, ...]:
    """Return all findings; a warning that reading and entering both have stands once."""
    known = {(each.file, each.row, each.column, each.problem) for each in read}
    return (*read, *(e for e in entered if (e.file, e.row, e.column, e.problem) not in known))
