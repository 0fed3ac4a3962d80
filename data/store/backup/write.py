"""Back up the store into one zip file: every table as JSON lines, and a manifest with counts and hashes.

A backup is a consistent snapshot that can be restored into either database (`data.store.backup.restore`).
Sessions are left out: nobody stays signed in across a restore.
"""

import base64
import hashlib
import json
import os
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import Any, BinaryIO

from pydantic import ValidationError
from sqlalchemy import Column, Connection, DateTime, LargeBinary, MetaData, Table, event, select

from data.base.entity import Entity
from data.base.errors import BuddyplanError
from data.base.message import Message, message
from data.store.database.migrate import OtherDatabase, revision_of
from data.store.database.store import Store
from data.store.privacy.erasure_journal import FILE, note_erasures
from data.store.tables.schema import FORMER, metadata
from data.store.tables.storable import why_not
from data.store.tables.utc import Moment, now

FORMAT = 1
MANIFEST = "manifest.json"
# Everybody signs in again after a restore, no link of an invitation that was taken back works again, and the
# store gets a new change mark.
LEFT_OUT = frozenset({"session", "invitation", "change"})
ROWS_AT_ONCE = 100


class TableInBackup(Entity):
    """The row count of a table in a backup, and the SHA-256 of its lines."""

    rows: int
    sha256: str


class Manifest(Entity):
    """The manifest of a backup: format, revision of the store, time, and tables."""

    format: int
    revision: str
    made_at: str
    tables: dict[str, TableInBackup]


class BrokenBackup(BuddyplanError):
    """A file that is not a backup, or is corrupted."""


def back_up(store: Store, target: Path) -> Manifest:
    """Write a backup that only its owner can read, completely or not at all; return its manifest.

    The journal of erasures beside it gets those that it lacks, for whoever restores an older one from there.
    """
    target = target.resolve()
    handle, staging = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            with store.reading() as c, _packed(file) as archive:
                manifest = _write(c, archive)
                note_erasures(c, target.parent / FILE, begin=True)
            file.flush()
            os.fsync(file.fileno())
        Path(staging).replace(target)
    except BaseException:
        with suppress(OSError):
            Path(staging).unlink()
        raise
    return manifest


def tables_of(c: Connection) -> list[Table]:
    """Return the store's tables as they are in this database; referenced tables come first.

    Those of earlier revisions are among them as long as they are there.
    """
    found = MetaData()

    @event.listens_for(found, "column_reflect")
    def with_zone(inspector: Any, table: Table, column: Any) -> None:
        if isinstance(column["type"], DateTime):
            column["type"] = Moment()

    found.reflect(c, only=lambda name, _: name in metadata.tables or name in FORMER)
    return [table for table in found.sorted_tables if table.name not in LEFT_OUT]


def read_manifest(archive: zipfile.ZipFile) -> Manifest:
    """Return the manifest of a backup; raises `BrokenBackup`."""
    try:
        manifest = Manifest.model_validate_json(archive.read(MANIFEST))
    except (KeyError, ValidationError):
        raise BrokenBackup(message("no_backup", file=archive.filename, manifest=MANIFEST)) from None
    if manifest.format != FORMAT:
        raise BrokenBackup(
            message("backup_other_format", file=archive.filename, format=manifest.format, known_format=FORMAT)
        )
    return manifest


def member(table: str) -> str:
    """Return the file name of a table within a backup."""
    return f"tables/{table}.jsonl"


def read_rows(archive: zipfile.ZipFile, table: Table) -> Iterator[dict[str, Any]]:
    """Yield the rows of a table in a backup, ready for insertion; raises `BrokenBackup`."""
    with archive.open(member(table.name)) as lines:
        for number, line in enumerate(lines, 1):
            yield _read_row(archive, table, number, line)


def _read_row(archive: zipfile.ZipFile, table: Table, number: int, line: bytes) -> dict[str, Any]:
    """Return a row; what is wrong with it is told by its number and column, never with its content."""
    told: dict[str, Any] = {"file": archive.filename, "table": table.name, "row": number}
    try:
        values = json.loads(line)
    except (ValueError, RecursionError):
        values = None
    if not isinstance(values, dict) or values.keys() != set(table.columns.keys()):
        raise BrokenBackup(message("backup_row_other", **told))
    found = {}
    for column in table.columns:
        try:
            value = found[column.name] = _held(column.type, values[column.name])
        except (ValueError, TypeError, OverflowError):
            why: Message | None = message("another_value")
        else:
            why = why_not(column.type, value) if value is not None else _of_null(column)
        if why is not None:
            raise BrokenBackup(message("backup_value_unfit", column=column.name, why=why, **told))
    return found


def _of_null(column: Column[Any]) -> Message | None:
    return None if column.nullable else message("field_missing")


def _packed(file: BinaryIO) -> zipfile.ZipFile:
    # Most bytes are travel times; a higher level compresses them little better, but takes several times
    # longer.
    return zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1)


def _write(c: Connection, archive: zipfile.ZipFile) -> Manifest:
    revision = revision_of(c)
    if revision is None:
        raise OtherDatabase(message("nothing_to_back_up"))
    tables = {table.name: _write_table(c, archive, table) for table in tables_of(c)}
    manifest = Manifest(format=FORMAT, revision=revision, made_at=now().isoformat(), tables=tables)
    archive.writestr(MANIFEST, manifest.model_dump_json(indent=2))
    return manifest


def _write_table(c: Connection, archive: zipfile.ZipFile, table: Table) -> TableInBackup:
    # Rows that refer to their own table are inserted after the rows they refer to.
    order = [*(table.c[name] for name in ("created_at",) if name in table.c), *table.primary_key]
    digest, count = hashlib.sha256(), 0
    with archive.open(member(table.name), "w", force_zip64=True) as lines:
        rows = c.execute(select(table).order_by(*order).execution_options(yield_per=ROWS_AT_ONCE))
        for row in rows:
            line = json.dumps({name: _told(value) for name, value in row._mapping.items()}).encode() + b"\n"
            lines.write(line)
            digest.update(line)
            count += 1
    return TableInBackup(rows=count, sha256=digest.hexdigest())


def _told(value: Any) -> Any:
    match value:
        case date():  # datetimes are dates as well
            return value.isoformat()
        case bytes():
            return base64.b64encode(value).decode()
        case _:
            return value


def _held(kind: Any, value: Any) -> Any:
    if value is None:
        return None
    if isinstance(kind, LargeBinary):
        return base64.b64decode(value)
    if isinstance(kind, Moment):
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if kind.python_type is date else value
