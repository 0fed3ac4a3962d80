"""Locations of invented companies and buddies: real towns, weighted by population, slightly displaced."""

from dataclasses import dataclass
from math import cos, pi, radians, sin, sqrt
from random import Random

from data.geo.distance import KM_PER_DEGREE, km_between
from data.geo.gazetteer import Gazetteer, Postcode, Settlement
from data.model.problem import Point

LARGEST_BLUR_KM = 6.5


@dataclass(frozen=True)
class Spot:
    """A point in a town; `blur_km` is how far the town extends around it."""

    point: Point
    town: str
    postcode: str
    district: str
    people: float
    blur_km: float


def spots(places: Gazetteer) -> dict[str, list[Spot]]:
    """Return the spots of each district (AGS): one per town, or in larger towns one per postcode.

    Quarters count with their town.
    """
    found: dict[str, list[Spot]] = {district.ags: [] for district in places.districts()}
    by_municipality: dict[str, list[Postcode]] = {}
    for postcode in places.postcodes.values():
        by_municipality.setdefault(postcode.municipality, []).append(postcode)
    for town in places.settlements:
        if town.main or town.quarter or not town.population:
            continue
        blur = min(LARGEST_BLUR_KM, 0.4 + 0.0125 * sqrt(town.population))
        near = sorted(
            by_municipality.get(town.municipality, ()), key=lambda p: km_between(p.point, town.point)
        )
        within = [
            postcode
            for postcode in near
            if km_between(postcode.point, town.point) < blur
            and places.district_of(postcode.point) == town.municipality[:5]
        ]
        found[town.municipality[:5]] += _in_town(town, within, blur) or [
            Spot(
                point=town.point,
                town=town.name,
                postcode=(near or _by_distance(places, town))[0].code,
                district=town.municipality[:5],
                people=town.population,
                blur_km=blur,
            )
        ]
    return {ags: of_district for ags, of_district in found.items() if of_district}


def moved(rng: Random, spot: Spot, places: Gazetteer) -> Point:
    """Return a random point within the spot's blur and in its district, denser towards the middle."""
    for _ in range(20):
        angle, km = 2 * pi * rng.random(), spot.blur_km * rng.random()
        lat = spot.point.lat + km * sin(angle) / KM_PER_DEGREE
        lon = spot.point.lon + km * cos(angle) / KM_PER_DEGREE / cos(radians(lat))
        point = Point(lat=round(lat, 5), lon=round(lon, 5))
        if places.district_of(point) == spot.district:
            return point
    return spot.point


def _in_town(town: Settlement, postcodes: list[Postcode], blur: float) -> list[Spot]:
    """Return one spot for each of several postcodes, each with its share of the population."""
    if len(postcodes) < 2:
        return []
    return [
        Spot(
            point=postcode.point,
            town=town.name,
            postcode=postcode.code,
            district=town.municipality[:5],
            people=town.population / len(postcodes),
            blur_km=blur / sqrt(len(postcodes)),
        )
        for postcode in postcodes
    ]


def _by_distance(places: Gazetteer, town: Settlement) -> list[Postcode]:
    return sorted(places.postcodes.values(), key=lambda p: (km_between(p.point, town.point), p.code))
