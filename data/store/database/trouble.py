"""What keeps a machine from storing: its disk is full or takes no writes, or the database is not there."""

import errno

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError, TimeoutError

FULL, READ_ONLY, SILENT = "disk_full", "disk_read_only", "store_silent"
"""Codes of messages."""
OF_SYSTEM = {errno.ENOSPC: FULL, errno.EDQUOT: FULL, errno.EROFS: READ_ONLY, errno.EACCES: READ_ONLY}
OF_SYSTEM |= {errno.EPERM: READ_ONLY, errno.EIO: READ_ONLY}
OF_DATABASE = {"SQLITE_FULL": FULL, "53100": FULL, "25006": READ_ONLY}
"""By the name of SQLite's error or the state that PostgreSQL gives it."""


def trouble(error: BaseException) -> str | None:
    """Return the code of the machine's trouble behind an error, None if the error has another reason."""
    if isinstance(error, OSError):
        return OF_SYSTEM.get(error.errno or 0)
    if isinstance(error, TimeoutError):  # every connection is taken
        return SILENT
    if not isinstance(error, DBAPIError):
        return None
    name = getattr(error.orig, "sqlite_errorname", None) or getattr(error.orig, "sqlstate", None) or ""
    if name.startswith("SQLITE_READONLY"):
        return READ_ONLY
    gone = isinstance(error, OperationalError | InterfaceError) or error.connection_invalidated
    return OF_DATABASE.get(name) or (SILENT if gone else None)
