"""Where the job queue keeps its ids: by huey, in a file or in tables of PostgreSQL."""

import json
from pathlib import Path
from typing import Any

from huey import Huey, PostgresHuey, SqliteHuey
from huey.registry import Message
from huey.serializer import Serializer
from sqlalchemy import make_url


class _Plain(Serializer):  # type: ignore[misc]
    """Messages as JSON: write access to the database must not allow running code in the worker."""

    def _serialize(self, data: Any) -> bytes:
        return json.dumps(data).encode()

    def _deserialize(self, data: bytes) -> Any:
        return Message(*json.loads(data))


OPTIONS: dict[str, Any] = {"results": False, "serializer": _Plain()}


def in_file(path: Path, name: str) -> Huey:
    """Return a queue of this name in a SQLite file, which may hold several."""
    return SqliteHuey(name=name, filename=str(path), timeout=30, **OPTIONS)


def in_postgres(url: str, name: str) -> Huey:
    """Return a queue of this name in tables of a PostgreSQL database, given as SQLAlchemy names it."""
    plain = make_url(url).set(drivername="postgresql")
    return PostgresHuey(name=name, dsn=plain.render_as_string(hide_password=False), **OPTIONS)
