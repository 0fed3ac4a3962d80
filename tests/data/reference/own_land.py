"""A land that nobody knows: two districts, a town in each, and a river between them with one bridge."""

import json
from pathlib import Path
from typing import Any

from data.reference.reference import Reference

SURVEY = "© Vermessungsamt Nirgendwo"
WEST, EAST = "99001", "99002"
NAMES = {WEST: "Nebelgau", EAST: "Morgenmark"}


def _square(ags: str, name: str, west: float) -> dict[str, Any]:
    ring = [[west, 50.0], [west + 0.5, 50.0], [west + 0.5, 50.5], [west, 50.5], [west, 50.0]]
    outline = {"type": "Polygon", "coordinates": [ring]}
    return {"type": "Feature", "properties": {"ags": ags, "name": name}, "geometry": outline}


def _feature(kind: str, shape: str, at: list[Any]) -> dict[str, Any]:
    where = {"type": shape, "coordinates": at}
    return {"type": "Feature", "properties": {"barrier": "Grenzfluss", "kind": kind}, "geometry": where}


FILES = {
    "districts.geojson": json.dumps(
        {
            "type": "FeatureCollection",
            "state": "TH",
            "features": [_square(WEST, NAMES[WEST], 10.0), _square(EAST, NAMES[EAST], 10.5)],
        }
    ),
    "municipalities.csv": "ags,name,lat,lon\n99001000,Nebelstadt,50.2,10.4\n99002000,Morgenfeld,50.2,10.6\n",
    "postcodes.csv": "postcode,lat,lon,municipality\n99901,50.2,10.4,99001000\n99902,50.2,10.6,99002000\n",
    "barriers.geojson": json.dumps(
        {
            "type": "FeatureCollection",
            "features": [
                _feature("course", "LineString", [[10.5, 50.0], [10.5, 50.5]]),
                _feature("crossing", "Point", [10.5, 50.45]),
            ],
        }
    ),
}
OWN = Reference(attributions=(SURVEY,), files=FILES)


def write_reference(folder: Path, reference: Reference = OWN) -> None:
    """Write reference data as the files that a programme brings."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in reference.texts().items():
        (folder / name).write_text(text, encoding="utf-8", newline="")
