"""What is in force: the plan of each week, and what a draft found in force when it was made."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, select

from data.base.dates import weeks_from
from data.store.tables import schema as s
from data.store.work.matchings import adopted_matching


@dataclass(frozen=True)
class Base:
    """What was in force when a draft was made: the plan of each of its weeks that had one, by ISO week, and
    the matching that was adopted last."""

    plans: Mapping[str, str]
    matching: str | None

    def text(self) -> str:
        """Return it as JSON, for storage."""
        return json.dumps({"plans": dict(self.plans), "matching": self.matching}, sort_keys=True)


def base_from(text: str) -> Base:
    """Return what `Base.text` wrote."""
    return Base(**json.loads(text))


def base_now(c: Connection, programme: str, weeks: Iterable[str]) -> Base:
    """Return what is in force for some weeks."""
    held = plans_by_week(c, programme)
    return Base({week: held[week] for week in weeks if week in held}, adopted_matching(c, programme))


def plans_by_week(c: Connection, programme: str) -> dict[str, str]:
    """Return the id of the plan in force of each week that has one: the highest version published for it."""
    own = s.plan.c
    published = select(own.id, own.first_week, own.weeks).where(
        own.programme == programme, own.state == "published"
    )
    rows = c.execute(published.order_by(own.version))
    return {week: row.id for row in rows for week in weeks_from(row.first_week, row.weeks)}


def first_week_without_plan(c: Connection, programme: str, earliest: str) -> str:
    """Return the first ISO week without a published plan, `earliest` or later."""
    held = plans_by_week(c, programme)
    return next(week for week in weeks_from(earliest, len(held) + 1) if week not in held)
