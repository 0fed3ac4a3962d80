"""A buddy's days as tracks for a navigation app (GPX 1.1): way points in order, each leg a straight line."""

from api.export.format import ExportRequest, Format
from api.export.map.points import spot_of, start_of, towns_of_bases
from api.run.names import Names
from api.run.planned_days import clock, planned_days
from api.run.run import Run
from api.words.speaker import Speaker


def _write(run: Run, names: Names, request: ExportRequest) -> bytes:
    """Return a route per day, from the base's public position and back."""
    from gpxpy.gpx import GPX, GPXRoute, GPXRoutePoint

    towns, start = towns_of_bases(run), Speaker(request.language).t("gpx_start")
    file = GPX()
    file.creator = "buddyplan"
    for day in planned_days(run):
        if request.week not in ("", day.week):
            continue
        route = GPXRoute(name=f"{day.date:%Y-%m-%d} {names.name(day.buddy)}")
        at, place = start_of(run, day, towns), day.route.starts_at
        called = names.name(place) if place else "" if day.route.base else names.town(day.buddy)
        base = GPXRoutePoint(at.lat, at.lon, name=called or start)
        route.points.append(base)
        for leg in day.legs:
            if spot := spot_of(run, leg.stop.place):
                name = f"{clock(leg.stop.start)} {names.name(leg.stop.place)}"
                route.points.append(GPXRoutePoint(spot.lat, spot.lon, name=name))
        route.points.append(base)
        file.routes.append(route)
    return str(file.to_xml(version="1.1")).encode()


FORMAT = Format("application/gpx+xml", _write, of_one_buddy=True)
