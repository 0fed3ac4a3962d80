"""The map of a run in drawing units, ready for an SVG; nothing here depends on HTML."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial
from math import cos, radians

import shapely
from shapely.geometry.base import BaseGeometry

from api.export.all_languages import in_each, together
from api.export.map.points import spot_of, start_of, towns_of_bases
from api.run.names import Names
from api.run.planned_days import PlannedDay, planned_weeks
from api.run.run import Run
from api.words.speaker import Speaker
from data.geo.gazetteer import Gazetteer
from data.model.problem import Point
from data.results.solution import Matching

WIDTH = 1000
MARGIN = 12
AREA_MARGIN = 9
"""How far a buddy's area extends around its outermost companies, in drawing units."""

MINOR_RADIUS = 40
"""Below this radius of the largest circle in a district, in drawing units, narrow screens omit its name."""

XY = tuple[float, float]


@dataclass(frozen=True)
class Outline:
    """A district: its outline, and the position of its name; a `minor` one leaves little room for it."""

    name: str
    path: str
    label: XY
    minor: bool


@dataclass(frozen=True)
class Dot:
    """A company, with its tooltip."""

    at: XY
    title: str


@dataclass(frozen=True)
class Track:
    """A day route; `week` is the week's index in the horizon."""

    path: str
    week: int
    title: str


@dataclass(frozen=True)
class BuddyLayer:
    """The layer of one buddy: the base's town, the area of the companies, dots and routes."""

    buddy: str
    base: XY
    area: str
    dots: tuple[Dot, ...]
    tracks: tuple[Track, ...]


@dataclass(frozen=True)
class MapDrawing:
    """The whole map, in a drawing of `width` by `height` units."""

    width: int
    height: int
    districts: tuple[Outline, ...]
    buddies: tuple[BuddyLayer, ...]
    unserved: tuple[Dot, ...]


@dataclass(frozen=True)
class DistrictMap:
    """The districts alone, in a drawing of `width` by `height` units."""

    width: int
    height: int
    districts: tuple[Outline, ...]


def draw_districts(keys: Iterable[str], gazetteer: Gazetteer) -> DistrictMap:
    """Draw some districts, named by their AGS, north up."""
    outlines = {ags: gazetteer.geometry(ags) for ags in keys}
    project, height = _projection(list(outlines.values()))
    drawn = (_outline(gazetteer.district_name(ags), shape, project) for ags, shape in outlines.items())
    return DistrictMap(WIDTH, height, tuple(drawn))


def draw_map(run: Run, names: Names, matching: Matching, days: Iterable[PlannedDay]) -> MapDrawing:
    """Draw the programme's districts with companies, areas and routes on them, north up."""
    gazetteer = run.sources.gazetteer
    outlines = {d.ags: gazetteer.geometry(d.ags) for d in run.problem.programme.districts}
    points = [shapely.Point(c.point.lon, c.point.lat) for c in run.problem.companies]
    project, height = _projection([*outlines.values(), *points])
    name = names.name
    active = [c for c in run.problem.companies if c.id in run.problem.active]
    served: dict[str, list[Dot]] = defaultdict(list)
    unserved: list[Dot] = []
    for company in active:
        buddy = matching.buddy_of.get(company.id)
        title = f"{name(company.id)} → {name(buddy) if buddy else '–'}"
        (served[buddy] if buddy else unserved).append(Dot(project(company.point), title))
    towns = towns_of_bases(run)
    tracks = _tracks(run, names, days, towns, project)
    return MapDrawing(
        width=WIDTH,
        height=height,
        districts=tuple(
            _outline(gazetteer.district_name(ags), shape, project) for ags, shape in outlines.items()
        ),
        buddies=tuple(
            BuddyLayer(
                buddy=buddy.id,
                base=project(towns[buddy.id]),
                area=_area([dot.at for dot in served[buddy.id]]),
                dots=tuple(served[buddy.id]),
                tracks=tuple(tracks[buddy.id]),
            )
            for buddy in run.problem.buddies
        ),
        unserved=tuple(unserved),
    )


Project = Callable[[Point], XY]


def _projection(shapes: list[BaseGeometry]) -> tuple[Project, int]:
    """Return the projection from degrees to drawing units, and the drawing's height.

    Degrees of longitude are scaled by the cosine of the middle latitude, which is accurate enough for one
    state.
    """
    west, south, east, north = shapely.total_bounds(shapes)
    shrink = cos(radians((south + north) / 2))
    scale = (WIDTH - 2 * MARGIN) / ((east - west) * shrink)

    def project(point: Point) -> XY:
        x = MARGIN + (point.lon - west) * shrink * scale
        y = MARGIN + (north - point.lat) * scale
        return round(x, 1), round(y, 1)

    return project, round(2 * MARGIN + (north - south) * scale)


def _tracks(
    run: Run, names: Names, days: Iterable[PlannedDay], towns: dict[str, Point], project: Project
) -> dict[str, list[Track]]:
    weeks = planned_weeks(run)
    found: dict[str, list[Track]] = defaultdict(list)
    for day in days:
        stops = [point for leg in day.legs if (point := spot_of(run, leg.stop.place))]
        start = start_of(run, day, towns)
        way = [project(point) for point in (start, *stops, start)]
        when = together(in_each(partial(_short_day, day.date)))
        title = f"{names.name(day.buddy)}, {when}: {day.route.travel_min} min"
        found[day.buddy].append(Track(_line(way), weeks.index(day.week), title))
    return found


def _short_day(day: date, say: Speaker) -> str:
    return say.short_day(day)


def _area(dots: list[XY]) -> str:
    if not dots:
        return ""
    hull = shapely.MultiPoint(dots).convex_hull.buffer(AREA_MARGIN, quad_segs=4)
    return _line([(round(x, 1), round(y, 1)) for x, y in shapely.get_coordinates(hull)]) + "Z"


def _outline(name: str, shape: BaseGeometry, project: Project) -> Outline:
    """Return a district's outline, with its name at the centre of the largest circle that fits inside."""
    rings = [
        [
            [project(Point(lat=lat, lon=lon)) for lon, lat in shapely.get_coordinates(ring)]
            for ring in (part.exterior, *part.interiors)
        ]
        for part in shapely.get_parts(shape)
    ]
    drawn = shapely.MultiPolygon([(outer, holes) for outer, *holes in rings])
    radius = shapely.maximum_inscribed_circle(drawn, tolerance=2)
    x, y = shapely.get_coordinates(radius)[0]
    return Outline(
        name=name,
        path="".join(_line(ring) + "Z" for part in rings for ring in part),
        label=(round(x, 1), round(y, 1)),
        minor=radius.length < MINOR_RADIUS,
    )


def _line(way: list[XY]) -> str:
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in way)
