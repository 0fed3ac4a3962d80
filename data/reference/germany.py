"""Where in Germany a place lies that a programme's own gazetteer does not know, by the data that ship."""

from functools import cache

from data.geo.gazetteer import FILES, Gazetteer
from data.model.calendar import STATES
from data.model.problem import Point
from data.reference.shipped import shipped


def found_in_germany(postcode: str, town: str) -> tuple[str, Point] | None:
    """Return state and point of the one place of this postcode and town, None if there is none or several.

    A postcode that is known decides where the town is looked for.
    """
    known = [state for state in STATES if postcode in _places(state).postcodes]
    found = [
        (state, place.point)
        for state in known or STATES
        for place in _places(state).find(postcode=postcode, town=town)
    ]
    return found[0] if len(found) == 1 else None


def state_of(point: Point) -> str | None:
    """Return the state in whose districts a point lies, None if it is in none."""
    return next((state for state in STATES if _places(state).district_of(point)), None)


@cache
def _places(state: str) -> Gazetteer:
    folder = shipped(state)
    return Gazetteer.from_texts({name: (folder / name).read_text(encoding="utf-8") for name in FILES})
