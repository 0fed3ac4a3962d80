"""Outcomes of studies other than running a scenario."""

from alembic import op
from sqlalchemy import Column, String

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add the kind of an outcome; existing ones come from scenarios."""
    op.add_column("outcome", Column("kind", String(10), nullable=False, server_default="scenario"))
