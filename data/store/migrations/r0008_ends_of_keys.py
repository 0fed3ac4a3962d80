"""What a key may do, and an end for each of those that had none."""

from datetime import timedelta

from alembic import op
from sqlalchemy import Column, String, column, or_, table, update

from data.store.tables.utc import Moment, now

revision = "0008"
down_revision = "0007"

token = table("token", column("kind"), column("scope"), column("expires_at", Moment))


def upgrade() -> None:
    """Let keys go on for 90 days at most, able to do what they could; a calendar link only ever read."""
    op.add_column("token", Column("scope", String(5), nullable=False, server_default="write"))
    op.execute(update(token).where(token.c.kind == "feed").values(scope="read"))
    end = now() + timedelta(days=90)
    endless = or_(token.c.expires_at.is_(None), token.c.expires_at > end)
    op.execute(update(token).where(token.c.kind == "api", endless).values(expires_at=end))
