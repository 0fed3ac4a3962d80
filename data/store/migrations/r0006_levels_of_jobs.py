"""The objective that a running matching is at, with its value and bound."""

from alembic import op
from sqlalchemy import Column, Text

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Keep it beside the stage; jobs that have ended tell none."""
    op.add_column("job", Column("level", Text, nullable=False, server_default=""))
