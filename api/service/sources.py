"""Which sources a programme has: the travel sources by name, and what a programme has that brings none.

Nothing else decides this. A folder is asked by `sources_in`, the store by `sources_of_problem`.
"""

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from sqlalchemy import Connection

from api.service.lru import LruCache
from data.base.errors import BuddyplanError
from data.geo.gazetteer import SHIPPED
from data.sources.reference import Reference, WrongReference, read_reference
from data.sources.sources import Sources
from data.store.work.problems import latest_problem
from data.store.work.references import reference_of, reference_of_problem
from data.travel.estimate import Estimate
from data.travel.provider import TravelTimes

TRAVEL: dict[str, Callable[[Mapping[str, str]], TravelTimes]] = {
    Estimate.name: Estimate.from_texts,
}
"""Makes each travel source from the reference files of a programme; a new source is a line here."""


_RECENT: LruCache[str, Sources] = LruCache(8)
"""By content hash, so that nothing in it is ever out of date."""


def sources_of(reference: Reference) -> Sources:
    """Return the sources made of reference data.

    Raises `WrongReference` for an unknown source of travel times, or one that cannot be made of these data.
    """
    make = TRAVEL.get(reference.travel)
    if make is None:
        known = ", ".join(sorted(TRAVEL))
        raise WrongReference(f'there is no source of travel times "{reference.travel}"; there is: {known}')
    try:
        return Sources(reference, make(reference.files))
    except BuddyplanError:
        raise
    except (ValueError, KeyError, TypeError) as error:
        raise WrongReference(
            f'no source of travel times "{reference.travel}" can be made: {error!r}'
        ) from error


@cache
def default_sources() -> Sources:
    """Return the sources of a programme that brings none: those of Sachsen-Anhalt, which ship."""
    return sources_of(read_reference(SHIPPED))


def sources_of_problem(c: Connection, problem: str) -> Sources:
    """Return the sources that a stored problem was read with; the default for one of an earlier version.

    Raises `data.store.database.record.NotThere` if there is no such problem.
    """
    key = reference_of_problem(c, problem)
    return default_sources() if key is None else _RECENT.of(key, lambda: sources_of(reference_of(c, key)))


def sources_of_programme(c: Connection, programme: str) -> Sources:
    """Return the sources of the latest import; raises `data.store.database.record.NotThere` before it."""
    return sources_of_problem(c, latest_problem(c, programme))


def sources_in(programme: Path) -> Sources:
    """Return the sources in a programme's own `reference` folder, or the default; raises `WrongReference`."""
    own = programme / "reference"
    return sources_of(read_reference(own)) if own.is_dir() else default_sources()
