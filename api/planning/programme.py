"""Reads a programme's files for `check-data`, `match` and `plan`."""

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from api.service.settings import Settings
from api.service.sources import default_sources, shipped_sources
from data.geo.gazetteer import Gazetteer
from data.reference.shipped import STATE_UNLESS_SAID
from data.reference.sources import Sources
from data.tables.read import Reading, read_programme

DEMO_WEEK = "2026-W48"
"""The demo's fixed week, so that the same seed gives the same files on every day."""
LEAST_HORIZON = 4
"""Care is spread over at least this many weeks, even if fewer are planned."""


def read_folder(programme: Path, week: str, weeks: int, sources: Sources, contact: str = "") -> Reading:
    """Read a programme's folder or workbook for a horizon of at least four weeks.

    With a contact address, Nominatim is asked for unknown places, and its answers are cached.
    """
    gazetteer = _asking(sources.gazetteer, contact) if contact else sources.gazetteer
    reading = read_programme(programme, gazetteer, week, max(weeks, LEAST_HORIZON))
    if reading.problem is None or sources.reference == default_sources().reference:
        return reading
    marked = reading.problem.programme.replace(reference=sources.reference.hash)
    return replace(reading, problem=reading.problem.replace(programme=marked))


def _asking(gazetteer: Gazetteer, contact: str) -> Gazetteer:
    from data.geo.geocode import Geocoder

    return gazetteer.asking(Geocoder(Settings().cache_dir / "places.json", contact))


def read_demo(
    buddies: int,
    companies: int,
    seed: int,
    weeks: int,
    week: str = DEMO_WEEK,
    state: str = STATE_UNLESS_SAID,
) -> Reading:
    """Invent a programme in a German state and read it like any other, from its files."""
    from data.invented.generate import generate, write_programme

    with TemporaryDirectory(prefix="buddyplan-") as folder:
        sources = shipped_sources(state)
        write_programme(Path(folder), generate(buddies, companies, seed, week, sources), state)
        return read_folder(Path(folder), week, weeks, sources)
