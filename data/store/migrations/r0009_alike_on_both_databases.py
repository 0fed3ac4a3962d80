"""Texts sort by code point on every database, keys have answers, and plans the moment when they were told."""

from alembic import op
from sqlalchemy import Column, String, column, inspect, table, update

from data.store.tables.columns import metadata
from data.store.tables.utc import Moment, now

revision = "0009"
down_revision = "0008"


CHECKS = (
    ("pair_rule", "kind", ("pin", "ban")),
    ("plan", "state", ("draft", "published", "superseded")),
    ("job", "state", ("queued", "running", "done", "failed", "cancelled")),
)
"""Constraints on texts are made anew, since PostgreSQL would keep them by the former order."""


def upgrade() -> None:
    """Let PostgreSQL sort as SQLite and Python do; delete the keys that earlier versions left reserved.

    What calendars were told so far by another rule is told anew from now on.
    """
    op.execute("DELETE FROM idempotency WHERE status = 0")
    op.add_column("plan", Column("told_at", Moment))
    c = op.get_bind()
    plan = table("plan", column("published_at", Moment), column("told_at", Moment))
    c.execute(update(plan).where(plan.c.published_at.is_not(None)).values(told_at=now()))
    if c.dialect.name != "postgresql":
        return
    for of, name, _ in CHECKS:
        op.execute(f"ALTER TABLE {of} DROP CONSTRAINT ck_{of}_{name}")
    for of in sorted(metadata.tables.keys() & inspect(c).get_table_names()):
        for each in inspect(c).get_columns(of):
            if isinstance(each["type"], String):
                kind = each["type"].compile(c.dialect)
                op.execute(f'ALTER TABLE "{of}" ALTER COLUMN "{each["name"]}" TYPE {kind} COLLATE "C"')
    for of, name, values in CHECKS:
        op.execute(f"ALTER TABLE {of} ADD CONSTRAINT ck_{of}_{name} CHECK ({name} IN {values})")
