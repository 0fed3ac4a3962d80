"""Outcomes of scenarios."""

from alembic import op
from sqlalchemy import Column, ForeignKeyConstraint, PrimaryKeyConstraint, String, Text

from data.store.tables.utc import Moment

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "outcome",
        Column("id", String(80), nullable=False),
        Column("programme", String(80), nullable=False),
        Column("problem", String(64), nullable=False),
        Column("scenario", String(80)),
        Column("hash", String(64), nullable=False),
        Column("body", Text, nullable=False),
        Column("job", String(80)),
        Column("by_user", String(80), nullable=False),
        Column("created_at", Moment, nullable=False),
        PrimaryKeyConstraint("id", name="pk_outcome"),
        ForeignKeyConstraint(["programme"], ["programme.id"], name="fk_outcome_programme"),
        ForeignKeyConstraint(["problem"], ["problem.hash"], name="fk_outcome_problem"),
        ForeignKeyConstraint(["scenario"], ["scenario.id"], name="fk_outcome_scenario"),
    )
    op.create_index("ix_outcome_latest", "outcome", ["programme", "created_at"])
