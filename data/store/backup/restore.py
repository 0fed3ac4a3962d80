"""Restore the store from a backup: checked before anything is changed, then all of it or nothing."""

import hashlib
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Integer, Table, func, insert, inspect, select, text
from sqlalchemy.exc import DataError, IntegrityError

from data.base.errors import BuddyplanError
from data.base.message import message
from data.store.backup.write import (
    LEFT_OUT,
    ROWS_AT_ONCE,
    BrokenBackup,
    Manifest,
    member,
    read_manifest,
    read_rows,
    tables_of,
)
from data.store.database.migrate import expect_known, keep_others_out, migrate_within, revision_of
from data.store.database.store import Store
from data.store.privacy.compaction import compact
from data.store.privacy.erasure_journal import (
    FILE,
    note_erasures,
    read_journal,
    recorded_erasures,
    replay_erasures,
)
from data.store.tables.schema import metadata
from data.store.work.plans import last_told, tell_all_anew

CHUNK = 1 << 20


class NotEmpty(BuddyplanError):
    """The database holds rows that a restore would overwrite."""


class UnknownErasures(BuddyplanError):
    """Nothing tells who was erased since the backup was made."""


def restore(
    store: Store, source: Path, *journals: Path, replace: bool = False, accept_unknown: bool = False
) -> Manifest:
    """Fill the store from a backup, of this version or an earlier one, and return its manifest.

    People erased since the backup stay erased: according to the journals, to that beside the backup, and to
    the store before the restore. Raises `BrokenBackup`, `data.store.database.migrate.OtherDatabase` for a
    backup of a later version, `NotEmpty` unless `replace` allows all existing rows to be deleted, and
    `UnknownErasures` for an empty store where there is no journal, unless `accept_unknown` goes on without;
    the store is then unchanged.
    """
    known = tuple(each for each in (*journals, source.parent / FILE) if each.exists())
    try:
        with zipfile.ZipFile(source) as archive:
            manifest = read_manifest(archive)
            _check(archive, manifest)
            expect_known(manifest.revision)
            with store.writing() as c:
                keep_others_out(c)
                _expect_known(c, known, source, replace, accept_unknown)
                erased = _refill(c, archive, manifest, known)
                note_erasures(c, *journals)
    except (zipfile.BadZipFile, EOFError, zlib.error, NotImplementedError) as error:
        raise BrokenBackup(message("backup_unread", source=source, error=error)) from None
    if erased:
        compact(store)
    return manifest


def _check(archive: zipfile.ZipFile, manifest: Manifest) -> None:
    for name, table in manifest.tables.items():
        digest = hashlib.sha256()
        try:
            with archive.open(member(name)) as lines:
                while chunk := lines.read(CHUNK):
                    digest.update(chunk)
        except KeyError:
            raise BrokenBackup(message("backup_without_table", file=archive.filename, table=name)) from None
        if digest.hexdigest() != table.sha256:
            raise BrokenBackup(message("backup_table_changed", file=archive.filename, table=name))


def _expect_known(
    c: Connection, journals: tuple[Path, ...], source: Path, replace: bool, accept_unknown: bool
) -> None:
    """Refuse to delete rows, and to bring somebody back of whom nothing here tells that they were erased."""
    if _has_rows(c):
        if not replace:
            raise NotEmpty(message("restore_not_empty"))
    elif not (journals or accept_unknown):
        raise UnknownErasures(message("erasures_unknown", file=source.parent / FILE))


def _refill(c: Connection, archive: zipfile.ZipFile, manifest: Manifest, journals: tuple[Path, ...]) -> int:
    erasures = {one for journal in journals for one in read_journal(journal)}
    last = None
    if revision_of(c) is not None:
        migrate_within(c)
        last = last_told(c)
        erasures.update(recorded_erasures(c))
        metadata.drop_all(c)
        c.execute(text("DROP TABLE alembic_version"))
    migrate_within(c, manifest.revision)
    for table in tables_of(c):
        if table.name in manifest.tables:
            for rows in _batches(read_rows(archive, table)):
                _insert(c, archive, table, rows)
        _count_on(c, table)
    migrate_within(c)
    tell_all_anew(c, last)
    return replay_erasures(c, sorted(erasures))


def _insert(c: Connection, archive: zipfile.ZipFile, table: Table, rows: list[dict[str, Any]]) -> None:
    """Insert rows; an error of the database would repeat what is in them."""
    try:
        c.execute(insert(table), rows)
    except (IntegrityError, DataError):
        raise BrokenBackup(message("backup_rows_clash", file=archive.filename, table=table.name)) from None


def _has_rows(c: Connection) -> bool:
    held = set(inspect(c).get_table_names()) & metadata.tables.keys() - LEFT_OUT
    return any(c.execute(select(1).select_from(metadata.tables[name]).limit(1)).first() for name in held)


def _batches(rows: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    left = iter(rows)
    while batch := list(islice(left, ROWS_AT_ONCE)):
        yield batch


def _count_on(c: Connection, table: Table) -> None:
    """Let PostgreSQL continue numbering after the restored rows; SQLite does so by itself."""
    key = table.c.get("id")
    if c.dialect.name != "postgresql" or key is None or not isinstance(key.type, Integer):
        return
    last = c.execute(select(func.max(key))).scalar()
    if last is not None:
        c.execute(
            text("SELECT setval(pg_get_serial_sequence(:name, 'id'), :last)"),
            {"name": table.name, "last": last},
        )
