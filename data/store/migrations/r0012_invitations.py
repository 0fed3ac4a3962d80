"""Invitations: who got a link to choose a password, until when it works, and whether it was used."""

from alembic import op
from sqlalchemy import Boolean, Column, ForeignKeyConstraint, PrimaryKeyConstraint, UniqueConstraint

from data.store.tables.storable import String
from data.store.tables.utc import Moment

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "invitation",
        Column("id", String(80), nullable=False),
        Column("user", String(80), nullable=False),
        Column("hash", String(64), nullable=False),
        Column("new_user", Boolean, nullable=False),
        Column("by_user", String(80), nullable=False),
        Column("created_at", Moment, nullable=False),
        Column("expires_at", Moment, nullable=False),
        Column("used_at", Moment),
        PrimaryKeyConstraint("id", name="pk_invitation"),
        ForeignKeyConstraint(["user"], ["user.id"], name="fk_invitation_user"),
        UniqueConstraint("user", name="uq_invitation_user"),
        UniqueConstraint("hash", name="uq_invitation_hash"),
    )
