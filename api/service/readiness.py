"""Whether the service can store: it writes a byte where it keeps its files, and a row in its database."""

import os
import secrets
import shutil
from pathlib import Path

from sqlalchemy import make_url, text, update
from sqlalchemy.exc import SQLAlchemyError

from api.service.wiring import Service
from data.base.message import Message, message
from data.store.database.migrate import head_revision, revision_of
from data.store.database.store import Store
from data.store.database.trouble import FULL, SILENT, trouble
from data.store.tables import schema as s

LEAST_BYTES = 20 * 1024 * 1024
"""With less room than this the disk counts as full: an import and the log of the database need some."""
PATIENCE_MS = 2000
"""How long the database may take to write a row."""


def hindrance(service: Service) -> Message | None:
    """Return what keeps the service from storing, None if nothing does."""
    folders = {service.settings.data_dir}
    if service.store.on_sqlite:
        folders.add(Path(make_url(service.store.url).database or ".").parent)
    found = next(filter(None, map(_of_folder, sorted(folders))), None) or _of_store(service.store)
    return message(found) if found else None


def _of_folder(folder: Path) -> str | None:
    try:
        if shutil.disk_usage(folder).free < LEAST_BYTES:
            return FULL
        probe = folder / f".probe-{secrets.token_hex(8)}"
        with probe.open("xb") as file:
            try:
                file.write(b"\n")
                file.flush()
                os.fsync(file.fileno())
            finally:
                probe.unlink()
    except OSError as error:
        return trouble(error) or SILENT
    return None


def _of_store(store: Store) -> str | None:
    """Return the trouble of the database; whether SQLite can write is seen in its folder, without a wait."""
    try:
        with store.reading() as c:
            if revision_of(c) != head_revision():
                return SILENT
        if not store.on_sqlite:
            with store.writing(shown=False) as c:
                c.execute(text(f"SET LOCAL statement_timeout = {PATIENCE_MS}"))
                c.execute(update(s.change).values(stamp=s.change.c.stamp))
    except SQLAlchemyError as error:
        return trouble(error) or SILENT
    return None
