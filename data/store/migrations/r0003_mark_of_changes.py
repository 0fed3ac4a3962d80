"""A mark that changes with the store, so that answers can be kept for as long as it stands."""

from alembic import op
from sqlalchemy import Column, Integer, PrimaryKeyConstraint, String

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the table; its one row comes with the first change."""
    op.create_table(
        "change",
        Column("id", Integer, nullable=False),
        Column("stamp", String(80), nullable=False),
        PrimaryKeyConstraint("id", name="pk_change"),
    )
