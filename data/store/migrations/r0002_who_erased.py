"""Who asked for an erasure; quick ways to the promises and contacts of some days."""

from alembic import op
from sqlalchemy import Column, String

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add what the first tables lacked; of former erasures nobody knows who asked."""
    op.add_column("erasure", Column("by_user", String(80), nullable=False, server_default=""))
    op.create_index("ix_promise_days", "promise", ["programme", "date"])
    op.create_index("ix_contact_days", "contact", ["programme", "date"])
