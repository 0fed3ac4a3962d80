"""The run as a map layer (RFC 7946): districts, companies, the buddies' towns, and the day routes.

Names are the only personal data in it. Routes are straight lines between stops and begin at the centre of the
base's town.
"""

from typing import Any

from api.export.map.points import spot_of, towns_of_bases
from api.run.names import Names
from api.run.planned_days import PlannedDay, planned_days
from api.run.run import Run
from data.geo.gazetteer import Gazetteer
from data.model.problem import Point
from data.model.vocabulary import CompanyState
from data.results.solution import Matching


def map_layer(run: Run, names: Names, matching: Matching) -> dict[str, Any]:
    """Return a FeatureCollection; each feature's `kind` is district, company, base or route."""
    towns, gazetteer = towns_of_bases(run), run.sources.gazetteer
    features = [
        *(_district(district.ags, gazetteer) for district in run.problem.programme.districts),
        *_companies(run, names, matching),
        *(_base(names.name(buddy), buddy, towns[buddy]) for buddy in sorted(towns)),
        *(_route(run, day, towns[day.buddy]) for day in planned_days(run)),
    ]
    attribution = "; ".join(run.sources.attributions)
    return {"type": "FeatureCollection", "attribution": attribution, "features": features}


def _feature(key: str, geometry: dict[str, Any], **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "id": key, "properties": properties, "geometry": geometry}


def _position(point: Point) -> list[float]:
    return [round(point.lon, 5), round(point.lat, 5)]


def _at(point: Point) -> dict[str, Any]:
    return {"type": "Point", "coordinates": _position(point)}


def _district(ags: str, gazetteer: Gazetteer) -> dict[str, Any]:
    geometry = gazetteer.geometry(ags).__geo_interface__
    return _feature(f"district {ags}", geometry, kind="district", ags=ags, name=gazetteer.district_name(ags))


def _companies(run: Run, names: Names, matching: Matching) -> list[dict[str, Any]]:
    why = {alone.company: alone.reason.code.value for alone in matching.unassigned}
    return [
        _feature(
            f"company {company.id}",
            _at(company.point),
            kind="company",
            company=company.id,
            name=names.name(company.id),
            served=company.id in matching.buddy_of,
            buddy=matching.buddy_of.get(company.id),
            reason=why.get(company.id),
        )
        for company in run.problem.companies
        if company.state is CompanyState.ACTIVE
    ]


def _base(name: str, buddy: str, town: Point) -> dict[str, Any]:
    return _feature(f"base {buddy}", _at(town), kind="base", buddy=buddy, name=name)


def _route(run: Run, day: PlannedDay, town: Point) -> dict[str, Any]:
    stops = [point for leg in day.legs if (point := spot_of(run, leg.stop.place))]
    return _feature(
        f"route {day.buddy} {day.date}",
        {"type": "LineString", "coordinates": [_position(point) for point in (town, *stops, town)]},
        kind="route",
        buddy=day.buddy,
        week=day.week,
        day=day.date.isoformat(),
        stops=[leg.stop.place for leg in day.legs],
        travel_min=day.route.travel_min,
        distance_m=day.route.distance_m,
    )
