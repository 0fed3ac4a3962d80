"""The run as a map layer (RFC 7946): districts, companies, the buddies' towns, and the day routes.

Names are the only personal data in it. Routes are straight lines between stops and begin at the centre of the
base's town.
"""

from collections.abc import Iterator

from api.export.map.features import (
    BaseOnMap,
    CompanyOnMap,
    DistrictOnMap,
    Feature,
    LineShape,
    MapLayer,
    MultiPolygonShape,
    OnMap,
    PointShape,
    PolygonShape,
    Position,
    RouteOnMap,
    Shape,
)
from api.export.map.points import spot_of, start_of, towns_of_bases
from api.run.names import Names
from api.run.planned_days import PlannedDay, planned_days
from api.run.run import Run
from data.geo.gazetteer import Gazetteer
from data.model.problem import Point
from data.results.solution import Matching


def map_layer(run: Run, names: Names, matching: Matching) -> MapLayer:
    """Return districts, companies, bases and routes, in this order."""
    towns, gazetteer = towns_of_bases(run), run.sources.gazetteer
    features = (
        *(_district(district.ags, gazetteer) for district in run.problem.programme.districts),
        *_companies(run, names, matching),
        *(_base(names.name(buddy), buddy, towns[buddy]) for buddy in sorted(towns)),
        *(_route(run, day, start_of(run, day, towns)) for day in planned_days(run)),
    )
    return MapLayer(attribution="; ".join(run.sources.attributions), features=features)


def _position(point: Point) -> Position:
    return round(point.lon, 5), round(point.lat, 5)


def _at(point: Point) -> PointShape:
    return PointShape(coordinates=_position(point))


def _feature(key: str, about: OnMap, shape: Shape) -> Feature:
    """Return a feature whose id is its kind and the key of what it shows."""
    return Feature(id=f"{about.kind} {key}", properties=about, geometry=shape)


def _district(ags: str, gazetteer: Gazetteer) -> Feature:
    outline = gazetteer.geometry(ags).__geo_interface__
    shape = PolygonShape if outline["type"] == "Polygon" else MultiPolygonShape
    about = DistrictOnMap(ags=ags, name=gazetteer.district_name(ags))
    return _feature(ags, about, shape(coordinates=tuple(outline["coordinates"])))


def _companies(run: Run, names: Names, matching: Matching) -> Iterator[Feature]:
    why = {alone.company: alone.reason.code for alone in matching.unassigned}
    for company in run.problem.companies:
        if company.id not in run.problem.active:
            continue
        about = CompanyOnMap(
            company=company.id,
            name=names.name(company.id),
            served=company.id in matching.buddy_of,
            buddy=matching.buddy_of.get(company.id),
            reason=why.get(company.id),
        )
        yield _feature(company.id, about, _at(company.point))


def _base(name: str, buddy: str, town: Point) -> Feature:
    return _feature(buddy, BaseOnMap(buddy=buddy, name=name), _at(town))


def _route(run: Run, day: PlannedDay, town: Point) -> Feature:
    stops = [point for leg in day.legs if (point := spot_of(run, leg.stop.place))]
    about = RouteOnMap(
        buddy=day.buddy,
        week=day.week,
        day=day.date,
        stops=tuple(leg.stop.place for leg in day.legs),
        travel_min=day.route.travel_min,
        distance_m=day.route.distance_m,
    )
    way = LineShape(coordinates=tuple(_position(point) for point in (town, *stops, town)))
    return _feature(f"{day.buddy} {day.date}", about, way)
