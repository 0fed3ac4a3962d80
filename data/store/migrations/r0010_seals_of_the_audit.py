"""Seals of the audit log; rows of earlier versions are sealed when the service first runs."""

from alembic import op
from sqlalchemy import Column, Date, PrimaryKeyConstraint

from data.store.tables.storable import Integer, String

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "audit_seal",
        Column("id", Integer, autoincrement=True, nullable=False),
        Column("first_row", Integer, nullable=False),
        Column("last_row", Integer, nullable=False),
        Column("row_count", Integer, nullable=False),
        Column("day", Date, nullable=False),
        Column("doings", String(64), nullable=False),
        Column("subjects", String(64), nullable=False),
        Column("hash", String(64), nullable=False),
        Column("doings_salt", String(32)),
        Column("subjects_salt", String(32)),
        Column("subjects_left", String(64)),
        Column("erased_on", Date),
        PrimaryKeyConstraint("id", name="pk_audit_seal"),
    )
