"""The current objective of a running matching, with its value and bound."""

from alembic import op
from sqlalchemy import Column, Text

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add a column beside the stage; it is empty for jobs that have ended."""
    op.add_column("job", Column("level", Text, nullable=False, server_default=""))
