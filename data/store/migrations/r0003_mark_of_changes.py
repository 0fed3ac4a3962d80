"""A mark that changes with the store; cached answers are valid while it stays the same."""

from alembic import op
from sqlalchemy import Column, Integer, PrimaryKeyConstraint, String

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Create the table; its one row is inserted with the first change."""
    op.create_table(
        "change",
        Column("id", Integer, nullable=False),
        Column("stamp", String(80), nullable=False),
        PrimaryKeyConstraint("id", name="pk_change"),
    )
