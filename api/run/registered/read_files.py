"""Files of a programme read for its register: which programme they are of, and with which sources."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection

from api.run.registered.programmes import Programmes
from api.run.registered.taken_files import Files
from api.run.stored_sources import programme_marked, sources_of_programme
from api.service.sources import shipped_sources
from data.model.findings import Finding
from data.model.programme import Programme
from data.reference.shipped import STATE_UNLESS_SAID
from data.reference.sources import Sources
from data.register.rows.register import Register
from data.store.work.programmes import programme_ids
from data.tables.lists.ids import Known, KnownRow
from data.tables.read import NAMELESS, policy_beside, programme_in, read_lists
from data.tables.reader import says_invented


@dataclass(frozen=True)
class ReadFiles:
    """The programme of some files and what they say; `files` is None where a finding is an error."""

    programme: Programme
    files: Files | None
    findings: tuple[Finding, ...]


def read_files(c: Connection, programmes: Programmes, source: Path, complete: bool) -> ReadFiles:
    """Read a folder of CSV files or a workbook, each row by itself, with the sources of their programme.

    Files that name no programme are those of the only one there is.
    """
    programme, sources = _programme(c, programmes, source)
    known = known_rows(programmes.registers.of(c, programme.id))
    rows, findings = read_lists(source, sources.gazetteer, known)
    if rows is None:
        return ReadFiles(programme, None, findings)
    files = Files(
        rows, findings, sources, says_invented(source if source.is_dir() else source.parent), complete
    )
    return ReadFiles(programme, files, findings)


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
