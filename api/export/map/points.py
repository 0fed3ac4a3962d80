"""Positions on maps: a company where it is, a base at the centre of its town and never at the door."""

from collections.abc import Mapping

from api.run.planned_days import PlannedDay
from api.run.run import Run
from data.model.problem import Point

DECIMALS = 1
"""Decimals to which degrees are rounded, about 10 km, if the town is unknown."""


def towns_of_bases(run: Run) -> dict[str, Point]:
    """Return each buddy's public position: that of the town with the name of the base's town.

    If several towns have this name, the nearest to the base is taken.
    """
    shown = {}
    for buddy in run.problem.buddies:
        town = run.identities.of(buddy.id).town
        towns = [found.point for found in run.sources.gazetteer.find(town=town)] if town else []
        base = buddy.base
        shown[buddy.id] = min(
            towns,
            key=lambda point: (point.lat - base.lat) ** 2 + (point.lon - base.lon) ** 2,
            default=_rounded(base),
        )
    return shown


def start_of(run: Run, day: PlannedDay, towns: Mapping[str, Point]) -> Point:
    """Return where a day starts and ends on maps: its base if that is a place, else never at the door.

    `towns` are the public positions of the usual bases.
    """
    base = day.route.base
    if not base:
        return towns[day.buddy]
    own = {node: each.point for node, each in run.problem.base_nodes if each.point}
    return spot_of(run, base) or (_rounded(own[base]) if base in own else towns[day.buddy])


def _rounded(point: Point) -> Point:
    return Point(lat=round(point.lat, DECIMALS), lon=round(point.lon, DECIMALS))


def spot_of(run: Run, key: str) -> Point | None:
    """Return the position of a company or place, None for an id that is neither."""
    found = run.problem.company.get(key) or run.problem.place.get(key)
    return found.point if found else None
