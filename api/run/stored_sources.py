"""The sources of what is in the store; those of the same content are made once."""

from sqlalchemy import Connection

from api.service.lru import LruCache
from api.service.sources import default_sources, sources_of
from data.model.programme import Programme
from data.reference.sources import Sources
from data.store.work.problems import latest_import
from data.store.work.programmes import known_programme
from data.store.work.references import reference_of, reference_of_problem

_RECENT: LruCache[str, Sources] = LruCache(8)
"""By content hash, so that nothing in it is ever out of date."""


def sources_of_problem(c: Connection, problem: str) -> Sources:
    """Return the sources that a stored problem was read with; the default for one of an earlier version.

    Raises `data.store.database.record.NotThere` if there is no such problem.
    """
    key = reference_of_problem(c, problem)
    return default_sources() if key is None else _kept(c, key)


def sources_of_programme(c: Connection, programme: str) -> Sources:
    """Return the sources of a programme: those of its latest import, else the ones that it was begun with.

    Raises `data.store.database.record.NotThere` if there is no such programme.
    """
    last = latest_import(c, programme)
    if last is not None:
        return sources_of_problem(c, str(last.problem))
    key = known_programme(c, programme).reference
    return default_sources() if key is None else _kept(c, str(key))


def programme_marked(programme: str, sources: Sources) -> Programme:
    """Return a programme of these sources; it names them unless they are what every programme has."""
    reference = None if sources.reference == default_sources().reference else sources.reference.hash
    gazetteer = sources.gazetteer
    return Programme(
        id=programme, state=gazetteer.state, districts=gazetteer.districts(), reference=reference
    )


def _kept(c: Connection, key: str) -> Sources:
    return _RECENT.of(key, lambda: sources_of(reference_of(c, key)))
