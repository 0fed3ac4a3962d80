"""Who asked for an erasure; quick ways to the promises and contacts of some days; no samples of names."""

from alembic import op
from sqlalchemy import Column, String

revision = "0002"
down_revision = "0001"


SAID_OF_PEOPLE = {
    "identity": ("name", "street", "postcode", "town", "contact_name", "contact_phone", "contact_email"),
    "user": ("login", "subject"),
    "token": ("label",),
    "pair_rule": ("reason",),
    "scenario": ("name", "note"),
    "idempotency": ("headers", "answer"),
    "job": ("error",),
    "audit": ("subject",),
}


def upgrade() -> None:
    """Add what the first tables lacked; of former erasures nobody knows who asked."""
    op.add_column("erasure", Column("by_user", String(80), nullable=False, server_default=""))
    op.create_index("ix_promise_days", "promise", ["programme", "date"])
    op.create_index("ix_contact_days", "contact", ["programme", "date"])
    if op.get_context().dialect.name == "postgresql":
        # PostgreSQL's statistics hold values of rows, and an erased one would live on in them.
        for table, columns in SAID_OF_PEOPLE.items():
            for column in columns:
                op.execute(f'ALTER TABLE "{table}" ALTER COLUMN "{column}" SET STATISTICS 0')
