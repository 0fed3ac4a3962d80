"""The shape of a map layer (GeoJSON, RFC 7946): what each kind of feature tells, and where it is."""

import datetime
from typing import Annotated, Literal

from pydantic import Field

from data.base.entity import Entity
from data.base.ids import BuddyId, CompanyId, PlaceId
from data.base.status import ReasonCode
from data.model.vocabulary import IsoWeek

Position = tuple[float, float]
"""Longitude and latitude in degrees."""
Ring = tuple[Position, ...]


class PointShape(Entity):
    """One position."""

    type: Literal["Point"] = "Point"
    coordinates: Position


class LineShape(Entity):
    """Positions in their order."""

    type: Literal["LineString"] = "LineString"
    coordinates: tuple[Position, ...]


class PolygonShape(Entity):
    """An outline, then its holes."""

    type: Literal["Polygon"] = "Polygon"
    coordinates: tuple[Ring, ...]


class MultiPolygonShape(Entity):
    """Several polygons that belong together."""

    type: Literal["MultiPolygon"] = "MultiPolygon"
    coordinates: tuple[tuple[Ring, ...], ...]


Shape = Annotated[PointShape | LineShape | PolygonShape | MultiPolygonShape, Field(discriminator="type")]


class DistrictOnMap(Entity):
    """A district of the programme."""

    kind: Literal["district"] = "district"
    ags: str
    name: str


class CompanyOnMap(Entity):
    """An active company; `reason` says why it has no buddy."""

    kind: Literal["company"] = "company"
    company: CompanyId
    name: str
    served: bool
    buddy: BuddyId | None
    reason: ReasonCode | None


class BaseOnMap(Entity):
    """The town in which a buddy starts."""

    kind: Literal["base"] = "base"
    buddy: BuddyId
    name: str


class RouteOnMap(Entity):
    """The way of a buddy's day."""

    kind: Literal["route"] = "route"
    buddy: BuddyId
    week: IsoWeek
    day: datetime.date
    stops: tuple[PlaceId, ...]
    travel_min: int
    distance_m: int


OnMap = Annotated[DistrictOnMap | CompanyOnMap | BaseOnMap | RouteOnMap, Field(discriminator="kind")]


class Feature(Entity):
    """One thing on the map."""

    type: Literal["Feature"] = "Feature"
    id: str
    properties: OnMap
    geometry: Shape


class MapLayer(Entity):
    """All features, and whom the licences of the reference data require to name."""

    type: Literal["FeatureCollection"] = "FeatureCollection"
    attribution: str
    features: tuple[Feature, ...]
