"""The map layer: companies served or not, day routes, and bases only as precise as their towns."""

from typing import Any

import pytest
from shapely.geometry import shape

from api.export.map.geojson import map_layer
from api.files.json_text import json_text
from api.run.names import Names
from api.run.run import Run
from api.service.sources import default_sources
from data.model.identity import Identities
from data.model.problem import Point
from tests.api.runs import run
from tests.builders import buddy

GAZETTEER = default_sources().gazetteer


def layer(of: Run) -> dict[str, dict[str, Any]]:
    assert of.matching
    collection = map_layer(of, Names(of), of.matching).model_dump(mode="json")
    assert collection["type"] == "FeatureCollection"
    return {feature["id"]: feature for feature in collection["features"]}


def test_companies_say_whether_they_are_served_and_why_not() -> None:
    served, alone = layer(run())["company bakery"], layer(run())["company foundry"]
    assert served["properties"] | {"kind": "company"} == served["properties"]
    assert (served["properties"]["served"], served["properties"]["buddy"]) == (True, "anna")
    assert (alone["properties"]["served"], alone["properties"]["reason"]) == (False, "no_eligible_buddy")
    assert served["geometry"] == {"type": "Point", "coordinates": [11.632, 52.131]}


def test_a_route_is_a_closed_line_through_its_stops() -> None:
    route = layer(run())["route ben 2026-11-25"]
    way = route["geometry"]["coordinates"]
    assert route["geometry"]["type"] == "LineString"
    assert way[0] == way[-1] == layer(run())["base ben"]["geometry"]["coordinates"]
    assert way[1] == [11.95, 51.49]
    assert (route["properties"]["travel_min"], route["properties"]["stops"]) == (8, ["garage"])


def test_districts_are_drawn_where_they_are() -> None:
    halle = layer(run())["district 15002"]
    assert halle["properties"]["name"] == "Halle (Saale)"
    assert shape(halle["geometry"]).contains(shape({"type": "Point", "coordinates": [11.97, 51.48]}))


@pytest.mark.parametrize("known", [True, False])
def test_a_base_is_shown_at_its_town_and_never_at_the_door(known: bool) -> None:
    door = Point(lat=52.15432, lon=11.61234)
    asked = run().problem.replace(buddies=(buddy("anna", door), run().problem.buddies[1]))
    of = run(problem=asked, identities=run().identities if known else Identities())
    shown = layer(of)["base anna"]["geometry"]["coordinates"]
    (town,) = GAZETTEER.find(town="Magdeburg")
    assert shown == ([town.point.lon, town.point.lat] if known else [11.6, 52.2])
    collection = json_text(list(layer(of).values()))
    assert "52.15432" not in collection
    assert "11.61234" not in collection
