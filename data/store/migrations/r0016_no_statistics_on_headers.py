"""No statistics on headers of lists: they hold sample values, so an erased name would remain in them."""

from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """Keep no statistics on what is remembered; naming the type again removes those that there are."""
    if op.get_context().dialect.name == "postgresql":
        op.execute('ALTER TABLE "remembered" ALTER COLUMN "value" SET STATISTICS 0')
        op.execute('ALTER TABLE "remembered" ALTER COLUMN "value" TYPE TEXT COLLATE "C"')
