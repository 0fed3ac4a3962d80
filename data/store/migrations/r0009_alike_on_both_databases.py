"""Texts sort by code point on every database, and no key is without its answer."""

from alembic import op
from sqlalchemy import String, inspect

from data.store.tables.columns import metadata

revision = "0009"
down_revision = "0007"


CHECKS = (
    ("pair_rule", "kind", ("pin", "ban")),
    ("plan", "state", ("draft", "published", "superseded")),
    ("job", "state", ("queued", "running", "done", "failed", "cancelled")),
)
"""Constraints on texts are made anew, since PostgreSQL would keep them by the former order."""


def upgrade() -> None:
    """Let PostgreSQL sort as SQLite and Python do; delete the keys that earlier versions left reserved."""
    op.execute("DELETE FROM idempotency WHERE status = 0")
    c = op.get_bind()
    if c.dialect.name != "postgresql":
        return
    for table, column, _ in CHECKS:
        op.execute(f"ALTER TABLE {table} DROP CONSTRAINT ck_{table}_{column}")
    for table in sorted(metadata.tables.keys() & inspect(c).get_table_names()):
        for column in inspect(c).get_columns(table):
            if isinstance(column["type"], String):
                kind = column["type"].compile(c.dialect)
                op.execute(f'ALTER TABLE "{table}" ALTER COLUMN "{column["name"]}" TYPE {kind} COLLATE "C"')
    for table, column, values in CHECKS:
        op.execute(f"ALTER TABLE {table} ADD CONSTRAINT ck_{table}_{column} CHECK ({column} IN {values})")
