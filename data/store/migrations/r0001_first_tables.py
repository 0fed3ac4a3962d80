"""The first tables of the store."""

from alembic import op
from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
)

revision = "0001"
down_revision = None

ID, HASH, WEEK = String(80), String(64), String(8)
MOMENT = DateTime(timezone=True)


def upgrade() -> None:
    """Create every table."""
    _people()
    _results()
    _work()


def _people() -> None:
    op.create_table(
        "programme",
        Column("id", ID, primary_key=True),
        Column("state", String(2), nullable=False),
        Column("invented", Boolean, nullable=False),
        Column("created_at", MOMENT, nullable=False),
    )
    op.create_table(
        "identity",
        Column("programme", ID, ForeignKey("programme.id"), primary_key=True),
        Column("id", ID, primary_key=True),
        Column("name", Text, nullable=False),
        Column("street", Text, nullable=False),
        Column("postcode", Text, nullable=False),
        Column("town", Text, nullable=False),
        Column("contact_name", Text, nullable=False),
        Column("contact_phone", Text, nullable=False),
        Column("contact_email", Text, nullable=False),
    )
    op.create_table(
        "erasure",
        Column("programme", ID, ForeignKey("programme.id"), primary_key=True),
        Column("id", ID, primary_key=True),
        Column("what", String(10), primary_key=True),
        Column("erased_on", Date, nullable=False),
    )
    op.create_table(
        "user",
        Column("id", ID, primary_key=True),
        Column("login", Text, nullable=False, unique=True),
        Column("role", String(12), nullable=False),
        Column("programme", ID, nullable=False),
        Column("host", ID, nullable=False),
        Column("buddy", ID, nullable=False),
        Column("password_hash", Text, nullable=False),
        Column("subject", Text, unique=True),
        Column("active", Boolean, nullable=False),
        Column("created_at", MOMENT, nullable=False),
        Column("version", Integer, nullable=False),
    )
    op.create_table(
        "session",
        Column("hash", HASH, primary_key=True),
        Column("user", ID, ForeignKey("user.id"), nullable=False, index=True),
        Column("expires_at", MOMENT, nullable=False),
    )
    op.create_table(
        "token",
        Column("id", ID, primary_key=True),
        Column("user", ID, ForeignKey("user.id"), nullable=False, index=True),
        Column("kind", String(4), nullable=False),
        Column("hash", HASH, nullable=False, unique=True),
        Column("label", Text, nullable=False),
        Column("created_at", MOMENT, nullable=False),
        Column("expires_at", MOMENT),
        Column("revoked_at", MOMENT),
    )
    op.create_table(
        "sign_in_failure",
        Column("id", Integer, primary_key=True),
        Column("who", HASH, nullable=False, index=True),
        Column("at", MOMENT, nullable=False),
    )
    op.create_table(
        "audit",
        Column("id", Integer, primary_key=True),
        Column("at", MOMENT, nullable=False, index=True),
        Column("user", ID, nullable=False, index=True),
        Column("role", String(12), nullable=False),
        Column("action", String(60), nullable=False),
        Column("subject", Text, nullable=False),
        Column("outcome", Integer, nullable=False),
    )
    op.create_table(
        "idempotency",
        Column("user", ID, primary_key=True),
        Column("key", String(200), primary_key=True),
        Column("request_hash", HASH, nullable=False),
        Column("status", Integer, nullable=False),
        Column("headers", Text, nullable=False),
        Column("answer", Text, nullable=False),
        Column("day", Date, nullable=False),
    )


def _results() -> None:
    op.create_table(
        "problem",
        Column("hash", HASH, primary_key=True),
        Column("programme", ID, ForeignKey("programme.id"), nullable=False),
        Column("first_week", WEEK, nullable=False),
        Column("weeks", Integer, nullable=False),
        Column("body", Text, nullable=False),
        Column("times", LargeBinary, nullable=False),
        Column("created_at", MOMENT, nullable=False),
    )
    op.create_table(
        "programme_import",
        Column("id", ID, primary_key=True),
        Column("programme", ID, ForeignKey("programme.id"), nullable=False),
        Column("problem", HASH, ForeignKey("problem.hash"), nullable=False),
        Column("warnings", Integer, nullable=False),
        Column("repaired", Integer, nullable=False),
        Column("by_user", ID, nullable=False),
        Column("created_at", MOMENT, nullable=False),
        Index("ix_programme_import_latest", "programme", "created_at"),
    )
    op.create_table(
        "matching",
        Column("id", ID, primary_key=True),
        Column("programme", ID, ForeignKey("programme.id"), nullable=False),
        Column("problem", HASH, ForeignKey("problem.hash"), nullable=False),
        Column("hash", HASH, nullable=False),
        Column("body", Text, nullable=False),
        Column("explanations", Text),
        Column("refinement", Text),
        Column("job", ID),
        Column("by_user", ID, nullable=False),
        Column("created_at", MOMENT, nullable=False),
        Index("ix_matching_latest", "programme", "created_at"),
    )
    op.create_table(
        "plan",
        Column("id", ID, primary_key=True),
        Column("programme", ID, ForeignKey("programme.id"), nullable=False),
        Column("matching", ID, ForeignKey("matching.id"), nullable=False),
        Column("version", Integer, nullable=False),
        Column("state", String(10), nullable=False),
        Column("first_week", WEEK, nullable=False),
        Column("weeks", Integer, nullable=False),
        Column("complete", Boolean, nullable=False),
        Column("parent", ID, ForeignKey("plan.id")),
        Column("replanning", Text),
        Column("job", ID),
        Column("by_user", ID, nullable=False),
        Column("created_at", MOMENT, nullable=False),
        Column("published_at", MOMENT),
        Column("published_by", ID),
        UniqueConstraint("programme", "version"),
        CheckConstraint("state IN ('draft', 'published', 'superseded')", name="state"),
    )
    op.create_table(
        "buddy_weeks",
        Column("plan", ID, ForeignKey("plan.id"), primary_key=True),
        Column("buddy", ID, primary_key=True),
        Column("body", Text, nullable=False),
    )


def _work() -> None:
    op.create_table(
        "promise",
        Column("programme", ID, ForeignKey("programme.id"), primary_key=True),
        Column("visit", String(160), primary_key=True),
        Column("company", ID, nullable=False),
        Column("buddy", ID, nullable=False),
        Column("date", Date, nullable=False),
        Column("from_min", Integer, nullable=False),
        Column("to_min", Integer, nullable=False),
        Column("state", String(10), nullable=False),
        Column("plan", ID, ForeignKey("plan.id"), nullable=False),
        Column("version", Integer, nullable=False),
    )
    op.create_table(
        "pair_rule",
        Column("id", ID, primary_key=True),
        Column("programme", ID, ForeignKey("programme.id"), nullable=False),
        Column("kind", String(3), nullable=False),
        Column("buddy", ID, nullable=False),
        Column("company", ID, nullable=False),
        Column("reason", Text, nullable=False),
        Column("version", Integer, nullable=False),
        Column("by_user", ID, nullable=False),
        Column("created_at", MOMENT, nullable=False),
        UniqueConstraint("programme", "buddy", "company"),
        CheckConstraint("kind IN ('pin', 'ban')", name="kind"),
    )
    op.create_table(
        "contact",
        Column("id", ID, primary_key=True),
        Column("programme", ID, ForeignKey("programme.id"), nullable=False),
        Column("visit", String(160), nullable=False),
        Column("company", ID, nullable=False),
        Column("buddy", ID, nullable=False),
        Column("date", Date, nullable=False),
        Column("mode", String(10), nullable=False),
        Column("minutes", Integer, nullable=False),
        Column("outcome", String(20), nullable=False),
        Column("specialists_met", Integer, nullable=False),
        Column("travel_min", Integer, nullable=False),
        Column("distance_m", Integer, nullable=False),
        UniqueConstraint("programme", "visit"),
        CheckConstraint("minutes % 15 = 0", name="quarter_hours"),
    )
    op.create_table(
        "request",
        Column("id", ID, primary_key=True),
        Column("programme", ID, ForeignKey("programme.id"), nullable=False),
        Column("company", ID, nullable=False),
        Column("kind", String(12), nullable=False),
        Column("raised", Date, nullable=False),
        Column("due", Date, nullable=False),
        Column("minutes", Integer, nullable=False),
        Column("state", String(12), nullable=False),
        Column("by_user", ID, nullable=False),
        Column("version", Integer, nullable=False),
    )
    op.create_table(
        "scenario",
        Column("id", ID, primary_key=True),
        Column("programme", ID, ForeignKey("programme.id"), nullable=False),
        Column("problem", HASH, ForeignKey("problem.hash"), nullable=False),
        Column("parent", ID, ForeignKey("scenario.id")),
        Column("name", Text, nullable=False),
        Column("note", Text, nullable=False),
        Column("body", Text, nullable=False),
        Column("by_user", ID, nullable=False),
        Column("created_at", MOMENT, nullable=False),
    )
    op.create_table(
        "job",
        Column("id", ID, primary_key=True),
        Column("programme", ID, ForeignKey("programme.id"), nullable=False),
        Column("kind", String(12), nullable=False),
        Column("first_week", WEEK, nullable=False),
        Column("weeks", Integer, nullable=False),
        Column("input", Text, nullable=False),
        Column("input_hash", HASH, nullable=False),
        Column("state", String(10), nullable=False),
        Column("stage", String(20), nullable=False),
        Column("share", Float, nullable=False),
        Column("attempt", Integer, nullable=False),
        Column("lease_until", MOMENT),
        Column("cancel_asked", Boolean, nullable=False),
        Column("error", Text, nullable=False),
        Column("result", ID, nullable=False),
        Column("by_user", ID, nullable=False),
        Column("created_at", MOMENT, nullable=False),
        Column("started_at", MOMENT),
        Column("ended_at", MOMENT),
        CheckConstraint("state IN ('queued', 'running', 'done', 'failed', 'cancelled')", name="state"),
        Index("ix_job_under_way", "programme", "state"),
    )
