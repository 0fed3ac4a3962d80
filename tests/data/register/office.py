"""A small office in Halle whose register tests change: one host, two buddies, two companies."""

from datetime import UTC, datetime

from api.service.sources import default_sources
from data.model.programme import Programme
from data.register.changes.draft import Area, Draft, Stamp, draft
from data.register.changes.operations import Act, Operation
from data.register.rows.register import Register, empty

KEY = "office"
NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
HALLE = {"postcode": "06108", "town": "Halle (Saale)"}
ROWS = (
    ("hosts", {"id": "ihk", "name": "IHK Halle"}),
    ("buddies", {"id": "eva", "name": "Eva Wolff", "host": "ihk", "languages": "ar:C1 en:B2", **HALLE}),
    ("buddies", {"id": "jan", "name": "Jan Kern", "host": "ihk", "languages": "uk:C1", **HALLE}),
    (
        "companies",
        {"id": "mill", "name": "Mühle Ost", "sector": "C10", "specialists": "ar:3 uk/ru:1", **HALLE},
    ),
    ("companies", {"id": "farm", "name": "Gemüsebau", "buddy": "eva", "buddy_since": "2026-05-04", **HALLE}),
)


def area() -> Area:
    gazetteer = default_sources().gazetteer
    return Area(Programme(id=KEY, state="ST", districts=gazetteer.districts()), gazetteer)


def entering(entity: str, **values: str) -> Operation:
    return Operation(Act.ENTER, entity, values=values)


def changing(entity: str, key: str, version: int | None = None, **values: str) -> Operation:
    return Operation(Act.CHANGE, entity, key, values, version)


def removing(entity: str, key: str) -> Operation:
    return Operation(Act.REMOVE, entity, key)


def drafted(before: Register, *operations: Operation) -> Draft:
    """What the next change set of a register would make of it."""
    number = before.number + 1
    return draft(before, area(), operations, Stamp(number, f"set-{number}", "office", NOW))


def office() -> Register:
    """The register of the small office, all in its first change set."""
    return drafted(empty(KEY), *(entering(entity, **values) for entity, values in ROWS)).register


def texts(register: Register, entity: str) -> dict[str, dict[str, str]]:
    """The values of all rows of an entity by id."""
    return {row.id: dict(row.values) for row in register.of(entity)}
