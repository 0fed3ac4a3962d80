"""Locate rows: by coordinates if given, otherwise by postcode and town in the gazetteer."""

import re

from data.geo.distance import km_between
from data.geo.gazetteer import Gazetteer, Located
from data.geo.spelling import forms, plain
from data.model.problem import Point
from data.tables.rows import Row

# Germany from Sylt to the Alps and from the Selfkant to the Neiße, with a margin.
LAT, LON = (47.0, 55.2), (5.5, 15.5)
FAR_KM = 40.0  # a coordinate further than this from its postcode is probably a typing error


def locate(row: Row, gazetteer: Gazetteer) -> Point | None:
    """Return the location of a row; None if that is an error, which the row then reports.

    Raises `data.geo.geocode.GeocodingError` if the gazetteer queries a service that does not answer.
    """
    if row.broken & {"lat", "lon", "postcode"}:
        return None
    lat, lon = row["lat"], row["lon"]
    if lat is not None and lon is not None:
        return _given(row, lat, lon, gazetteer)
    if lat is not None or lon is not None:
        row.error(
            "lon" if lon is None else "lat", "is empty, the other coordinate is not", "give both or neither"
        )
        return None
    postcode, town = _address(row)
    if not postcode and not town:
        column = "address" if "address" in row else "postcode"
        row.error(column, "says no place", "give lat and lon, or postcode and town")
        return None
    return _looked_up(row, postcode, town, gazetteer)


def _given(row: Row, lat: float, lon: float, gazetteer: Gazetteer) -> Point | None:
    if not (_within(lat, LAT) and _within(lon, LON)):
        if _within(lat, LON) and _within(lon, LAT):
            row.error("lat", "and lon are swapped", f"write lat {lon} and lon {lat}")
        else:
            column, value, (low, high) = ("lon", lon, LON) if _within(lat, LAT) else ("lat", lat, LAT)
            row.error(column, "lies far outside Germany", f"{column} is {low} to {high} there, not {value}")
        return None
    point = Point(lat=lat, lon=lon)
    postcode, _ = _address(row)
    area = gazetteer.postcodes.get(postcode)
    if area and (far := round(km_between(point, area.point))) > FAR_KM:
        row.warn(
            "postcode", f"is {far} km away from lat and lon", "correct one of them; lat and lon were used"
        )
    return point


def _looked_up(row: Row, postcode: str, town: str, gazetteer: Gazetteer) -> Point | None:
    found = gazetteer.find(postcode=postcode, town=town)
    by_town, by_postcode = ("address", "address") if "address" in row else ("town", "postcode")
    if not found:
        row.error(
            by_town if town else by_postcode,
            "is not known in the gazetteer",
            "correct it, or give lat and lon",
        )
        return None
    place = found[0]
    if len(found) > 1:
        names = ", ".join(dict.fromkeys(_described(candidate) for candidate in found))
        if found[-1].postcode:
            here = _described(found[-1])
            row.error(
                by_postcode, f'belongs to {here}, not to "{town}"', "correct one of them, or give lat and lon"
            )
        elif postcode:
            row.error(
                by_town, f"exists {len(found)} times ({names})", "correct the postcode, or give lat and lon"
            )
        else:
            row.error(by_town, f"exists {len(found)} times ({names})", "add the postcode")
        return None
    if town and not forms(town) & forms(place.name):
        row.warn(
            by_town,
            "is not known in the gazetteer",
            f"{_described(place)} was taken; check it, or give lat and lon",
        )
    elif town and not place.exact and not plain(place.name).startswith(plain(town)):
        row.repaired(by_town, "is spelt differently", f'read as "{place.name}"')
    if postcode and not place.postcode:
        row.warn(
            by_postcode, "is not known in the gazetteer", f"the town alone was used: {_described(place)}"
        )
    return place.point


def _address(row: Row) -> tuple[str, str]:
    """Return postcode and town from their columns, or from the end of an address line."""
    if "address" not in row:
        return row["postcode"], row["town"]
    match = re.search(r"\b(\d{5})\s+([^,;]+)", row["address"])
    return (match[1], match[2].strip()) if match else ("", "")


def _described(place: Located) -> str:
    name = place.name if place.name == place.municipality else f"{place.name} in {place.municipality}"
    return f"{name} (district {place.district})"


def _within(value: float, span: tuple[float, float]) -> bool:
    return span[0] <= value <= span[1]
