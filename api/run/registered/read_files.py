"""Files of a programme read for its register: which programme they are of, and with which sources."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from sqlalchemy import Connection

from api.run.registered.programmes import Programmes
from api.run.registered.taken_files import Files
from api.run.stored_sources import programme_marked, sources_of_programme
from api.service.sources import shipped_sources
from data.base.errors import BuddyplanError
from data.base.message import message
from data.model.findings import Finding
from data.model.programme import Programme
from data.reference.shipped import STATE_UNLESS_SAID
from data.reference.sources import Sources
from data.register.rows.register import Register
from data.store.register.remembered import About
from data.store.register.remembered import remembered as said_before
from data.store.work.programmes import programme_ids
from data.tables.lists.corrected import CorrectedCell
from data.tables.lists.ids import Known, KnownRow
from data.tables.lists.mapping import UnknownHeaders, remembered
from data.tables.read import NAMELESS, policy_beside, programme_in, read_lists
from data.tables.reader import find_source, says_invented

Said = Mapping[str, Mapping[str, str]]
"""Columns by header as it is written, by the key of the set of headers."""


@dataclass(frozen=True)
class ReadFiles:
    """The programme of some files and what they say; `files` is None where a finding is an error.

    `said` is what was taken for headers that are `unknown`.
    """

    programme: Programme
    files: Files | None
    findings: tuple[Finding, ...]
    unknown: tuple[UnknownHeaders, ...] = ()
    said: Said = field(default_factory=dict)


def read_files(
    c: Connection,
    programmes: Programmes,
    source: Path,
    complete: bool,
    said: Said | None = None,
    corrected: Sequence[CorrectedCell] = (),
) -> ReadFiles:
    """Read a folder of CSV files or a workbook, each row by itself, with the sources of their programme.

    Files that name no programme are those of the only one there is. Headers that are not known mean what was
    said of them, now or when the same set of headers was taken before. Raises `BuddyplanError` for a column
    that a table does not have, and for a corrected cell that is not there.
    """
    programme, sources = _programme(c, programmes, source)
    register = programmes.registers.of(c, programme.id)
    found = find_source(source, corrected=corrected)
    unknown = found.unknown
    meant = headers_said(c, programme.id, unknown, said or {})
    if by_hand := remembered(unknown, meant):
        try:
            found = find_source(source, by_hand, corrected)
        except ValueError as wrong:
            raise BuddyplanError(message("no_such_column_by_hand", why=str(wrong))) from None
    rows, findings = read_lists(found, sources.gazetteer, known_rows(register))
    read = ReadFiles(programme, None, findings, unknown, meant)
    if rows is None:
        return read
    invented = says_invented(source if source.is_dir() else source.parent)
    return replace(read, files=Files(rows, findings, sources, invented, complete))


def headers_said(
    c: Connection, programme: str, unknown: Sequence[UnknownHeaders], said: Said
) -> dict[str, dict[str, str]]:
    """Return what each set of unknown headers means: as is said now, else as was said before."""
    before = said_before(c, programme, About.HEADERS)
    return {
        each.key: {name: column for name, column in meant.items() if column}
        for each in unknown
        if (meant := {**before.get(each.key, {}), **said.get(each.key, {})})
    }


def unknown_in(c: Connection, programmes: Programmes, source: Path) -> ReadFiles:
    """Return the headers of files that are not known, with what was said of them before."""
    programme, _ = _programme(c, programmes, source)
    unknown = find_source(source).unknown
    return ReadFiles(programme, None, (), unknown, headers_said(c, programme.id, unknown, {}))


def known_rows(register: Register) -> Known:
    """Return who is in a register, whom lists may call by name."""
    return {
        entity: {
            row.id: KnownRow(row.values.get("name", ""), row.values.get("town", row.values.get("seat", "")))
            for row in register.of(entity)
        }
        for entity in ("hosts", "buddies", "companies", "places")
    }


def _programme(c: Connection, programmes: Programmes, source: Path) -> tuple[Programme, Sources]:
    """Return the programme of files, and its sources: those that it has while it stays in its state."""
    key, state = programme_in(source), policy_beside(source).state
    known = programme_ids(c)
    if key == NAMELESS and len(known) == 1:
        (key,) = known
    if key in known:
        before = programmes.defined(c, key)
        if state in ("", before.state):
            return before, sources_of_programme(c, key)
    sources = shipped_sources(state or STATE_UNLESS_SAID)
    return programme_marked(key, sources), sources
