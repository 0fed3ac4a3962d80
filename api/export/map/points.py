"""Where things are shown: a company where it is, a base in the middle of its town and never at the door."""

from api.run.run import Run
from data.geo.gazetteer import Gazetteer
from data.model.problem import Point

DECIMALS = 1
"""Degrees are rounded to this, about 10 km, where the town is not known."""


def towns_of_bases(run: Run, gazetteer: Gazetteer) -> dict[str, Point]:
    """Return for each buddy the point that may be shown: that of the town with the name of the base's town.

    Of several towns of one name the nearest to the base is taken.
    """
    shown = {}
    for buddy in run.problem.buddies:
        town = run.identities.of(buddy.id).town
        towns = [found.point for found in gazetteer.find(town=town)] if town else []
        base = buddy.base
        shown[buddy.id] = min(
            towns,
            key=lambda point: (point.lat - base.lat) ** 2 + (point.lon - base.lon) ** 2,
            default=Point(lat=round(base.lat, DECIMALS), lon=round(base.lon, DECIMALS)),
        )
    return shown


def spot_of(run: Run, key: str) -> Point | None:
    """Return where a company or place is, None for an id that is neither."""
    found = run.problem.company.get(key) or run.problem.place.get(key)
    return found.point if found else None
