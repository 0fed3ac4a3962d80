"""The matching in force: that of what is published."""

from sqlalchemy import Connection

from data.store.work.matchings import StoredMatching, matching_of
from data.store.work.plans import published_plans


def matching_in_force(c: Connection, programme: str) -> StoredMatching | None:
    """Return the matching of the published plan with the highest version, None before the first one."""
    published = published_plans(c, programme)
    return matching_of(c, published[0].matching) if published else None
