"""Drafts know what was in force when they were made, problems and matchings their change sets."""

import json

from alembic import op
from sqlalchemy import Column, column, select, table, update

from data.base.dates import weeks_from
from data.store.tables.storable import Integer, String, Text
from data.store.tables.utc import Moment

revision = "0014"
down_revision = "0013"

PLAN = table(
    "plan",
    *(column(name) for name in ("id", "programme", "version", "state", "first_week", "weeks", "base")),
    column("created_at", Moment),
    column("published_at", Moment),
)
MATCHING = table("matching", column("id"), column("programme"), column("adopted_at", Moment))


def upgrade() -> None:
    """Add the columns; the base of a draft is what had been published when it was made."""
    op.add_column("problem", Column("change_set", Integer))
    op.add_column("matching", Column("adopted_by", String(80)))
    op.add_column("plan", Column("base", Text))
    c = op.get_bind()
    for draft in c.execute(select(PLAN).where(PLAN.c.state == "draft")).all():
        earlier = select(PLAN).where(
            PLAN.c.programme == draft.programme, PLAN.c.published_at <= draft.created_at
        )
        plans = c.execute(earlier.order_by(PLAN.c.version)).all()
        held = {week: plan.id for plan in plans for week in weeks_from(plan.first_week, plan.weeks)}
        own = {week: held[week] for week in weeks_from(draft.first_week, draft.weeks) if week in held}
        adopted = select(MATCHING.c.id).where(
            MATCHING.c.programme == draft.programme, MATCHING.c.adopted_at <= draft.created_at
        )
        matching = c.execute(adopted.order_by(MATCHING.c.adopted_at.desc()).limit(1)).scalar()
        base = json.dumps({"matching": matching, "plans": own}, sort_keys=True)
        c.execute(update(PLAN).where(PLAN.c.id == draft.id).values(base=base))
