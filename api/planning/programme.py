"""Reads a programme's files and its gazetteer for `check-data`, `match` and `plan`."""

from pathlib import Path
from tempfile import TemporaryDirectory

from api.service.settings import Settings
from data.geo.gazetteer import Gazetteer
from data.tables.read import Reading, read_programme

DEMO_WEEK = "2026-W48"
"""The demo's fixed week, so that the same seed gives the same files on every day."""
LEAST_HORIZON = 4
"""Care is spread over at least this many weeks, even if fewer are planned."""


def gazetteer_for(programme: Path, contact: str = "") -> Gazetteer:
    """Return the gazetteer of a programme's own `reference` folder, or the shipped one.

    With a contact address, it queries Nominatim for unknown places and caches the answers.
    """
    own = programme / "reference"
    gazetteer = Gazetteer.from_files(own) if own.is_dir() else Gazetteer.shipped()
    if not contact:
        return gazetteer
    from data.geo.geocode import Geocoder

    cache = Settings().cache_dir / "places.json"
    return gazetteer.asking(Geocoder(cache, contact))


def read_folder(programme: Path, week: str, weeks: int, gazetteer: Gazetteer) -> Reading:
    """Read a programme's folder or workbook for a horizon of at least four weeks."""
    return read_programme(programme, gazetteer, week, max(weeks, LEAST_HORIZON))


def read_demo(buddies: int, companies: int, seed: int, weeks: int, week: str = DEMO_WEEK) -> Reading:
    """Invent a programme and read it like any other, from its files."""
    from data.invented.generate import generate, write_programme

    with TemporaryDirectory(prefix="buddyplan-") as folder:
        write_programme(Path(folder), generate(buddies, companies, seed, week))
        return read_folder(Path(folder), week, weeks, Gazetteer.shipped())
