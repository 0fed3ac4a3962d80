"""Where rows are, by coordinates if given, else by the gazetteer; and the identities that are kept apart."""

import re

from data.base.message import Message, message
from data.geo.distance import km_between
from data.geo.gazetteer import Gazetteer, Located
from data.geo.spelling import forms, plain
from data.model.identity import Identity
from data.model.problem import Point
from data.reference.germany import found_in_germany
from data.tables.rows import Row, Tables

# Germany from Sylt to the Alps and from the Selfkant to the Neiße, with a margin.
LAT, LON = (47.0, 55.2), (5.5, 15.5)
FAR_KM = 40.0  # a coordinate further than this from its postcode is probably a typing error


PERSONAL = ("name", "street", "postcode", "town", "contact_name", "contact_phone", "contact_email")


def identities(tables: Tables) -> tuple[Identity, ...]:
    """Return the identities of buddies, companies, hosts and places, sorted by id.

    If a host shares its id with a buddy, company or place, the identity is that of the other.
    """
    found: dict[str, Identity] = {}
    for table in ("hosts", "places", "companies", "buddies"):
        for row in tables[table]:
            fields = {name: row[name] for name in PERSONAL if name in row}
            if table == "hosts":
                fields["town"] = row["seat"]
            if table == "places":
                fields["street"] = row["address"]
            if row["id"]:
                found[row["id"]] = Identity(id=row["id"], **fields)
    return tuple(found[key] for key in sorted(found))


def place_key(row: Row) -> str:
    """Return under which key the location of a row is kept: its id, its place in the file if it has none."""
    return str(row["id"]) if "id" in row else row.key or f"{row.file}#{row.number}"


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
        row.error("lon" if lon is None else "lat", message("one_coordinate"), message("give_both"))
        return None
    postcode, town = _address(row)
    if not postcode and not town:
        column = "address" if "address" in row else "postcode"
        row.error(column, message("says_no_place"), message("give_place"))
        return None
    return _looked_up(row, postcode, town, gazetteer)


def _given(row: Row, lat: float, lon: float, gazetteer: Gazetteer) -> Point | None:
    if not (_within(lat, LAT) and _within(lon, LON)):
        if _within(lat, LON) and _within(lon, LAT):
            row.error("lat", message("swapped"), message("write_lat_lon", lat=lon, lon=lat))
        else:
            column, value, (low, high) = ("lon", lon, LON) if _within(lat, LAT) else ("lat", lat, LAT)
            there = message("degrees_there", column=column, low=low, high=high, value=value)
            row.error(column, message("far_outside"), there)
        return None
    point = Point(lat=lat, lon=lon)
    postcode, _ = _address(row)
    area = gazetteer.postcodes.get(postcode)
    if area and (far := round(km_between(point, area.point))) > FAR_KM:
        row.warn("postcode", message("km_away", distance_km=far), message("lat_lon_were_used"))
    return point


def _looked_up(row: Row, postcode: str, town: str, gazetteer: Gazetteer) -> Point | None:
    found = gazetteer.find(postcode=postcode, town=town)
    by_town, by_postcode = ("address", "address") if "address" in row else ("town", "postcode")
    if not found and (elsewhere := found_in_germany(postcode, town)):
        state, point = elsewhere
        row.warn(by_town if town else by_postcode, lies_in(state), message("placed_there"))
        return point
    if not found:
        row.error(
            by_town if town else by_postcode,
            message("not_in_gazetteer"),
            message("correct_or_give_lat_lon"),
        )
        return None
    place = found[0]
    if len(found) > 1:
        names = tuple(dict.fromkeys(_described(candidate) for candidate in found))
        several = message("several_places", number=len(found), places=names)
        if found[-1].postcode:
            here = _described(found[-1])
            problem = message("belongs_to_another", place=here, town=town)
            row.error(by_postcode, problem, message("correct_one_or_give_lat_lon"))
        elif postcode:
            row.error(by_town, several, message("correct_postcode"))
        else:
            row.error(by_town, several, message("add_postcode"))
        return None
    if town and not place.exact and not forms(town) & forms(place.name):
        row.warn(
            by_town,
            message("not_in_gazetteer"),
            message("place_was_taken", place=_described(place)),
        )
    elif town and not place.exact and not plain(place.name).startswith(plain(town)):
        row.repaired(by_town, message("spelt_differently"), message("read_as_text", value=place.name))
    if postcode and not place.postcode:
        area, problem = gazetteer.postcodes.get(postcode), message("not_in_gazetteer")
        if area:
            problem = message("area_far_from_town", distance_km=round(km_between(area.point, place.point)))
        row.warn(by_postcode, problem, message("town_was_used", place=_described(place)))
    return place.point


def lies_in(state: str) -> Message:
    """Return that something is in a German state."""
    return message("lies_in_state", state=message(f"german_state_{state}"))


def _address(row: Row) -> tuple[str, str]:
    """Return postcode and town from their columns, or from the end of an address line."""
    if "address" not in row:
        return row["postcode"], row["town"]
    match = re.search(r"\b(\d{5})\s+([^,;]+)", row["address"])
    return (match[1], match[2].strip()) if match else ("", "")


def _described(place: Located) -> Message:
    if place.name == place.municipality:
        return message("place_of", name=place.name, district=place.district)
    fields = {"municipality": place.municipality, "district": place.district}
    return message("place_in", name=place.name, **fields)


def _within(value: float, span: tuple[float, float]) -> bool:
    return span[0] <= value <= span[1]
