"""The sources of what is in the store; those of the same content are made once."""

from sqlalchemy import Connection

from api.service.lru import LruCache
from api.service.sources import default_sources, sources_of
from data.reference.sources import Sources
from data.store.work.problems import latest_problem
from data.store.work.references import reference_of, reference_of_problem

_RECENT: LruCache[str, Sources] = LruCache(8)
"""By content hash, so that nothing in it is ever out of date."""


def sources_of_problem(c: Connection, problem: str) -> Sources:
    """Return the sources that a stored problem was read with; the default for one of an earlier version.

    Raises `data.store.database.record.NotThere` if there is no such problem.
    """
    key = reference_of_problem(c, problem)
    return default_sources() if key is None else _RECENT.of(key, lambda: sources_of(reference_of(c, key)))


def sources_of_programme(c: Connection, programme: str) -> Sources:
    """Return the sources of the latest import; raises `data.store.database.record.NotThere` before it."""
    return sources_of_problem(c, latest_problem(c, programme))
