"""The reference data of programmes, each once, and which of them a problem was read with."""

from alembic import op
from sqlalchemy import Column, PrimaryKeyConstraint, String, Text

from data.store.tables.utc import Moment

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Create the table; earlier problems, of which nothing is known, refer to none."""
    op.create_table(
        "reference",
        Column("hash", String(64), nullable=False),
        Column("body", Text, nullable=False),
        Column("created_at", Moment, nullable=False),
        PrimaryKeyConstraint("hash", name="pk_reference"),
    )
    op.add_column("problem", Column("reference", String(64)))
