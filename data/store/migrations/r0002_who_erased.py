"""Who requested an erasure; indexes of promises and contacts by day; no statistics on names."""

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
    """Add what the first tables lacked; for earlier erasures the requester is unknown."""
    op.add_column("erasure", Column("by_user", String(80), nullable=False, server_default=""))
    op.create_index("ix_promise_days", "promise", ["programme", "date"])
    op.create_index("ix_contact_days", "contact", ["programme", "date"])
    if op.get_context().dialect.name == "postgresql":
        # PostgreSQL's statistics contain sample values, so an erased value would remain in them.
        for table, columns in SAID_OF_PEOPLE.items():
            for column in columns:
                op.execute(f'ALTER TABLE "{table}" ALTER COLUMN "{column}" SET STATISTICS 0')
