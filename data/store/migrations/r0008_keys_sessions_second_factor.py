"""What a key may do, and an end for those that had none; where sessions are; second factors."""

from datetime import timedelta

from alembic import op
from sqlalchemy import (
    Column,
    ForeignKeyConstraint,
    Integer,
    PrimaryKeyConstraint,
    String,
    column,
    or_,
    table,
    update,
)

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
    op.add_column("session", Column("agent", String(60), nullable=False, server_default=""))
    op.add_column("session", Column("begun_at", Moment))
    op.add_column("session", Column("seen_at", Moment))
    op.add_column("user", Column("factor_salt", String(32)))
    op.add_column("user", Column("factor_since", Moment))
    op.add_column("user", Column("factor_step", Integer))
    op.create_table(
        "recovery_code",
        Column("hash", String(64), nullable=False),
        Column("user", String(80), nullable=False, index=True),
        PrimaryKeyConstraint("hash", name="pk_recovery_code"),
        ForeignKeyConstraint(["user"], ["user.id"], name="fk_recovery_code_user"),
    )
