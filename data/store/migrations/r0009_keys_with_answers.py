"""Keys of requests are stored together with their answers, so none is without one."""

from alembic import op

revision = "0009"
down_revision = "0007"


def upgrade() -> None:
    """Delete the keys that earlier versions had reserved when they ended."""
    op.execute("DELETE FROM idempotency WHERE status = 0")
