"""A buddy's days as tracks for a navigation app (GPX 1.1): way points in order, each leg a straight line."""

import gpxpy.gpx

from api.export.map.points import spot_of
from api.run.names import Names
from api.run.planned_days import PlannedDay, clock
from api.run.run import Run
from data.model.problem import Point


def track_of(run: Run, names: Names, days: list[PlannedDay], base: Point) -> bytes:
    """Return the days as one GPX file: a route per day, from the base's public position and back."""
    file = gpxpy.gpx.GPX()
    file.creator = "buddyplan"
    for day in days:
        route = gpxpy.gpx.GPXRoute(name=f"{day.date:%Y-%m-%d} {names.name(day.buddy)}")
        route.points.append(_point(base, names.town(day.buddy) or "Start"))
        for leg in day.legs:
            spot = spot_of(run, leg.stop.place)
            if spot:
                route.points.append(_point(spot, f"{clock(leg.stop.start)} {names.name(leg.stop.place)}"))
        route.points.append(_point(base, names.town(day.buddy) or "Start"))
        file.routes.append(route)
    return str(file.to_xml(version="1.1")).encode()


def _point(at: Point, name: str) -> gpxpy.gpx.GPXRoutePoint:
    return gpxpy.gpx.GPXRoutePoint(at.lat, at.lon, name=name)
