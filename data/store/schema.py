"""Every table of the store. What a column may hold about a buddy, and for how long: docs/works-agreement.md.

Results name people, companies and places by id alone; names, addresses and contacts stand in `identity`, and
a person is erased there. Bodies are the JSON of one `data` entity, text as it was hashed.
Times are UTC moments, except where a day is all that may be known of a buddy.
"""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from data.store.moment import Moment

# Constraints have names, so that a migration can say which one it changes, on every database.
metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

ID = String(80)
HASH = String(64)
WEEK = String(8)


def _programme(primary_key: bool = False) -> Column[str]:
    return Column("programme", ID, ForeignKey("programme.id"), nullable=False, primary_key=primary_key)


programme = Table(
    "programme",
    metadata,
    Column("id", ID, primary_key=True),
    Column("state", String(2), nullable=False),
    Column("invented", Boolean, nullable=False),
    Column("created_at", Moment, nullable=False),
)

identity = Table(
    "identity",
    metadata,
    _programme(primary_key=True),
    Column("id", ID, primary_key=True),
    Column("name", Text, nullable=False),
    Column("street", Text, nullable=False),
    Column("postcode", Text, nullable=False),
    Column("town", Text, nullable=False),
    Column("contact_name", Text, nullable=False),
    Column("contact_phone", Text, nullable=False),
    Column("contact_email", Text, nullable=False),
)

erasure = Table(
    "erasure",
    metadata,
    _programme(primary_key=True),
    Column("id", ID, primary_key=True),
    # `person`: all of an identity; `contact`: only the contact person of a company.
    Column("what", String(10), primary_key=True),
    Column("erased_on", Date, nullable=False),
    Column("by_user", ID, nullable=False, server_default=""),
)

user = Table(
    "user",
    metadata,
    Column("id", ID, primary_key=True),
    Column("login", Text, nullable=False, unique=True),
    Column("role", String(12), nullable=False),
    # Empty: every programme; only a coordinator of all hosts may have that.
    Column("programme", ID, nullable=False),
    Column("host", ID, nullable=False),
    Column("buddy", ID, nullable=False),
    Column("password_hash", Text, nullable=False),
    Column("subject", Text, unique=True),
    Column("active", Boolean, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("version", Integer, nullable=False),
)

session = Table(
    "session",
    metadata,
    Column("hash", HASH, primary_key=True),
    Column("user", ID, ForeignKey("user.id"), nullable=False, index=True),
    Column("expires_at", Moment, nullable=False),
)

token = Table(
    "token",
    metadata,
    Column("id", ID, primary_key=True),
    Column("user", ID, ForeignKey("user.id"), nullable=False, index=True),
    Column("kind", String(4), nullable=False),
    Column("hash", HASH, nullable=False, unique=True),
    Column("label", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment),
    Column("revoked_at", Moment),
)

sign_in_failure = Table(
    "sign_in_failure",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    # A keyed hash of the login or address that was tried, never the text.
    Column("who", HASH, nullable=False, index=True),
    Column("at", Moment, nullable=False),
)

audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    # Of a buddy's own doings midnight of the day: when somebody tapped is nobody's business.
    Column("at", Moment, nullable=False, index=True),
    Column("user", ID, nullable=False, index=True),
    Column("role", String(12), nullable=False),
    Column("action", String(60), nullable=False),
    Column("subject", Text, nullable=False),
    Column("outcome", Integer, nullable=False),
)

idempotency = Table(
    "idempotency",
    metadata,
    Column("user", ID, primary_key=True),
    Column("key", String(200), primary_key=True),
    Column("request_hash", HASH, nullable=False),
    Column("status", Integer, nullable=False),
    Column("headers", Text, nullable=False),
    Column("answer", Text, nullable=False),
    Column("day", Date, nullable=False),
)

problem = Table(
    "problem",
    metadata,
    Column("hash", HASH, primary_key=True),
    _programme(),
    Column("first_week", WEEK, nullable=False),
    Column("weeks", Integer, nullable=False),
    Column("body", Text, nullable=False),
    # `Times.save`: minutes and metres between all points, as they were computed once.
    Column("times", LargeBinary, nullable=False),
    Column("created_at", Moment, nullable=False),
)

programme_import = Table(
    "programme_import",
    metadata,
    Column("id", ID, primary_key=True),
    _programme(),
    Column("problem", HASH, ForeignKey("problem.hash"), nullable=False),
    Column("warnings", Integer, nullable=False),
    Column("repaired", Integer, nullable=False),
    Column("by_user", ID, nullable=False),
    Column("created_at", Moment, nullable=False),
    Index("ix_programme_import_latest", "programme", "created_at"),
)

matching = Table(
    "matching",
    metadata,
    Column("id", ID, primary_key=True),
    _programme(),
    Column("problem", HASH, ForeignKey("problem.hash"), nullable=False),
    Column("hash", HASH, nullable=False),
    Column("body", Text, nullable=False),
    Column("explanations", Text),
    Column("refinement", Text),
    Column("job", ID),
    Column("by_user", ID, nullable=False),
    Column("created_at", Moment, nullable=False),
    Index("ix_matching_latest", "programme", "created_at"),
)

plan = Table(
    "plan",
    metadata,
    Column("id", ID, primary_key=True),
    _programme(),
    Column("matching", ID, ForeignKey("matching.id"), nullable=False),
    # Counts the plans of a programme; of two published ones for a week the higher is in force.
    Column("version", Integer, nullable=False),
    Column("state", String(10), nullable=False),
    Column("first_week", WEEK, nullable=False),
    Column("weeks", Integer, nullable=False),
    # Whether a cancelled job left some weeks unplanned.
    Column("complete", Boolean, nullable=False),
    # A plan that re-plans another one names it, and holds what happened (`data.replanning.Replanning`).
    Column("parent", ID, ForeignKey("plan.id")),
    Column("replanning", Text),
    Column("job", ID),
    Column("by_user", ID, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("published_at", Moment),
    Column("published_by", ID),
    UniqueConstraint("programme", "version"),
    CheckConstraint("state IN ('draft', 'published', 'superseded')", name="state"),
)

buddy_weeks = Table(
    "buddy_weeks",
    metadata,
    Column("plan", ID, ForeignKey("plan.id"), primary_key=True),
    Column("buddy", ID, primary_key=True),
    Column("body", Text, nullable=False),
)

promise = Table(
    "promise",
    metadata,
    _programme(primary_key=True),
    Column("visit", String(160), primary_key=True),
    Column("company", ID, nullable=False),
    Column("buddy", ID, nullable=False),
    Column("date", Date, nullable=False),
    Column("from_min", Integer, nullable=False),
    Column("to_min", Integer, nullable=False),
    Column("state", String(10), nullable=False),
    Column("plan", ID, ForeignKey("plan.id"), nullable=False),
    Column("version", Integer, nullable=False),
    Index("ix_promise_days", "programme", "date"),
)

pair_rule = Table(
    "pair_rule",
    metadata,
    Column("id", ID, primary_key=True),
    _programme(),
    Column("kind", String(3), nullable=False),
    Column("buddy", ID, nullable=False),
    Column("company", ID, nullable=False),
    Column("reason", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("by_user", ID, nullable=False),
    Column("created_at", Moment, nullable=False),
    UniqueConstraint("programme", "buddy", "company"),
    CheckConstraint("kind IN ('pin', 'ban')", name="kind"),
)

contact = Table(
    "contact",
    metadata,
    Column("id", ID, primary_key=True),
    _programme(),
    Column("visit", String(160), nullable=False),
    Column("company", ID, nullable=False),
    Column("buddy", ID, nullable=False),
    Column("date", Date, nullable=False),
    Column("mode", String(10), nullable=False),
    # Quarter hours; no moment of writing stands here, since that would be a buddy's tap.
    Column("minutes", Integer, nullable=False),
    Column("outcome", String(20), nullable=False),
    Column("specialists_met", Integer, nullable=False),
    Column("travel_min", Integer, nullable=False),
    Column("distance_m", Integer, nullable=False),
    UniqueConstraint("programme", "visit"),
    CheckConstraint("minutes % 15 = 0", name="quarter_hours"),
    Index("ix_contact_days", "programme", "date"),
)

request = Table(
    "request",
    metadata,
    Column("id", ID, primary_key=True),
    _programme(),
    Column("company", ID, nullable=False),
    Column("kind", String(12), nullable=False),
    Column("raised", Date, nullable=False),
    Column("due", Date, nullable=False),
    Column("minutes", Integer, nullable=False),
    Column("state", String(12), nullable=False),
    Column("by_user", ID, nullable=False),
    Column("version", Integer, nullable=False),
)

scenario = Table(
    "scenario",
    metadata,
    Column("id", ID, primary_key=True),
    _programme(),
    Column("problem", HASH, ForeignKey("problem.hash"), nullable=False),
    Column("parent", ID, ForeignKey("scenario.id")),
    Column("name", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("by_user", ID, nullable=False),
    Column("created_at", Moment, nullable=False),
)

job = Table(
    "job",
    metadata,
    Column("id", ID, primary_key=True),
    _programme(),
    Column("kind", String(12), nullable=False),
    # The weeks that it writes; two jobs under way never share one.
    Column("first_week", WEEK, nullable=False),
    Column("weeks", Integer, nullable=False),
    Column("input", Text, nullable=False),
    Column("input_hash", HASH, nullable=False),
    Column("state", String(10), nullable=False),
    Column("stage", String(20), nullable=False),
    Column("share", Float, nullable=False),
    # Counts the takings up; a result of an earlier one is refused.
    Column("attempt", Integer, nullable=False),
    Column("lease_until", Moment),
    Column("cancel_asked", Boolean, nullable=False),
    Column("error", Text, nullable=False),
    Column("result", ID, nullable=False),
    Column("by_user", ID, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("started_at", Moment),
    Column("ended_at", Moment),
    CheckConstraint("state IN ('queued', 'running', 'done', 'failed', 'cancelled')", name="state"),
    Index("ix_job_under_way", "programme", "state"),
)
