"""Which sources a programme has: the travel sources by name, and what a programme has that brings none.

Nothing else decides this: what reads a programme's files, a run's folder or the store asks here.
"""

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from data.base.errors import BuddyplanError
from data.base.message import message
from data.reference.reference import Reference, WrongReference, read_reference
from data.reference.shipped import STATE_UNLESS_SAID, shipped
from data.reference.sources import Sources
from data.tables.read import policy_beside
from data.travel.estimate import Estimate
from data.travel.provider import TravelTimes

TRAVEL: dict[str, Callable[[Mapping[str, str]], TravelTimes]] = {
    Estimate.name: Estimate.from_texts,
}
"""Makes each travel source from the reference files of a programme; a new source is a line here."""


def sources_of(reference: Reference) -> Sources:
    """Return the sources made of reference data.

    Raises `WrongReference` for an unknown source of travel times, or one that cannot be made of these data.
    """
    make = TRAVEL.get(reference.travel)
    if make is None:
        known = ", ".join(sorted(TRAVEL))
        raise WrongReference(message("no_travel_source", travel=reference.travel, known=known))
    try:
        return Sources(reference, make(reference.files))
    except BuddyplanError:
        raise
    except (ValueError, KeyError, TypeError) as error:
        wrong = message("travel_source_unread", travel=reference.travel, error=repr(error))
        raise WrongReference(wrong) from error


@cache
def shipped_sources(state: str) -> Sources:
    """Return the sources of a German state, which ship."""
    return sources_of(read_reference(shipped(state)))


def default_sources() -> Sources:
    """Return the sources of a programme that brings none and names no state: those of Sachsen-Anhalt."""
    return shipped_sources(STATE_UNLESS_SAID)


def sources_in(programme: Path) -> Sources:
    """Return the sources in a programme's own `reference` folder, else those of its state.

    Raises `WrongReference` for own ones that cannot be used.
    """
    own = programme / "reference"
    if own.is_dir():
        return sources_of(read_reference(own))
    return shipped_sources(policy_beside(programme).state or STATE_UNLESS_SAID)
