"""What an office said once: what headers of its lists mean, and that it has looked at the rules."""

from alembic import op
from sqlalchemy import Column, ForeignKeyConstraint, PrimaryKeyConstraint

from data.store.tables.storable import String, Text
from data.store.tables.utc import Moment

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "remembered",
        Column("programme", String(80), nullable=False),
        Column("about", String(16), nullable=False),
        Column("key", String(80), nullable=False),
        Column("value", Text, nullable=False),
        Column("at", Moment, nullable=False),
        Column("by_user", String(80), nullable=False),
        PrimaryKeyConstraint("programme", "about", "key", name="pk_remembered"),
        ForeignKeyConstraint(["programme"], ["programme.id"], name="fk_remembered_programme"),
    )
