"""Tables of planning: problems, matchings, plans with promises and contacts, and jobs."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    LargeBinary,
    Table,
    UniqueConstraint,
)

from data.store.tables.columns import HASH, ID, WEEK, metadata, of_programme
from data.store.tables.storable import Float, Integer, String, Text
from data.store.tables.utc import Moment

# Each content once, whatever programmes use it.
reference = Table(
    "reference",
    metadata,
    Column("hash", HASH, primary_key=True),
    Column("body", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
)

problem = Table(
    "problem",
    metadata,
    Column("hash", HASH, primary_key=True),
    of_programme(),
    Column("first_week", WEEK, nullable=False),
    Column("weeks", Integer, nullable=False),
    Column("body", Text, nullable=False),
    # `Times.save`: minutes and metres between all points, computed once.
    Column("times", LargeBinary, nullable=False),
    Column("created_at", Moment, nullable=False),
    # The hash of a row of `reference`, null in rows from before there were any. It is no foreign key, as
    # SQLite adds none to a table without copying all of it.
    Column("reference", HASH),
    # The number of the last change set of the register that made this very problem; null: from elsewhere.
    Column("change_set", Integer),
)

programme_import = Table(
    "programme_import",
    metadata,
    Column("id", ID, primary_key=True),
    of_programme(),
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
    of_programme(),
    Column("problem", HASH, ForeignKey("problem.hash"), nullable=False),
    Column("hash", HASH, nullable=False),
    Column("body", Text, nullable=False),
    Column("explanations", Text),
    Column("refinement", Text),
    Column("job", ID),
    Column("by_user", ID, nullable=False),
    Column("created_at", Moment, nullable=False),
    # When its pairs became relations of the register; of several the last one is in force.
    Column("adopted_at", Moment),
    # The change set that adopted it; null: not adopted, or everything was so already.
    Column("adopted_by", ID),
    Index("ix_matching_latest", "programme", "created_at"),
)

plan = Table(
    "plan",
    metadata,
    Column("id", ID, primary_key=True),
    of_programme(),
    Column("matching", ID, ForeignKey("matching.id"), nullable=False),
    # Version number within a programme; of two published plans for a week the higher one is in force.
    Column("version", Integer, nullable=False),
    Column("state", String(10), nullable=False),
    Column("first_week", WEEK, nullable=False),
    Column("weeks", Integer, nullable=False),
    # False if a cancelled job left some weeks unplanned.
    Column("complete", Boolean, nullable=False),
    # A re-planning names the plan it replaces and holds the events (`data.results.replanning.Replanning`).
    Column("parent", ID, ForeignKey("plan.id")),
    Column("replanning", Text),
    Column("job", ID),
    Column("by_user", ID, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("published_at", Moment),
    Column("published_by", ID),
    # From when calendars tell it as it is: when it was published, or when a backup brought it back.
    Column("told_at", Moment),
    # What was in force when the draft was made (`data.store.work.bases.Base`).
    Column("base", Text),
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
    of_programme(primary_key=True),
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
    of_programme(),
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

scenario = Table(
    "scenario",
    metadata,
    Column("id", ID, primary_key=True),
    of_programme(),
    Column("problem", HASH, ForeignKey("problem.hash"), nullable=False),
    Column("parent", ID, ForeignKey("scenario.id")),
    Column("name", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("by_user", ID, nullable=False),
    Column("created_at", Moment, nullable=False),
)

# The outcome of a study of a scenario, or (no scenario) of the problem itself.
outcome = Table(
    "outcome",
    metadata,
    Column("id", ID, primary_key=True),
    of_programme(),
    Column("problem", HASH, ForeignKey("problem.hash"), nullable=False),
    Column("scenario", ID, ForeignKey("scenario.id")),
    Column("hash", HASH, nullable=False),
    # The entity of the study's kind; it refers to scenarios by id.
    Column("body", Text, nullable=False),
    Column("job", ID),
    Column("by_user", ID, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("kind", String(10), nullable=False),
    Index("ix_outcome_latest", "programme", "created_at"),
)

job = Table(
    "job",
    metadata,
    Column("id", ID, primary_key=True),
    of_programme(),
    Column("kind", String(12), nullable=False),
    # The weeks that it writes; two unfinished jobs never share one.
    Column("first_week", WEEK, nullable=False),
    Column("weeks", Integer, nullable=False),
    Column("input", Text, nullable=False),
    Column("input_hash", HASH, nullable=False),
    Column("state", String(10), nullable=False),
    Column("stage", String(20), nullable=False),
    Column("share", Float, nullable=False),
    Column("level", Text, nullable=False),
    # Counts how often the job was taken up; results of earlier attempts are refused.
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
