"""A programme in a land that ships nowhere, as the files of an office."""

from pathlib import Path

from tests.data.reference.own_land import write_reference
from tests.data.tables.sheets import write_csv

PROGRAMME = "nirgendwo"
WEEK = "2026-W48"
HOST = "kammer"
BUDDIES = [
    {
        "id": "anna",
        "name": "Anna Ahorn",
        "postcode": "99901",
        "town": "Nebelstadt",
        "languages": "ar:C1",
        "host": HOST,
    },
    {
        "id": "ben",
        "name": "Ben Birke",
        "postcode": "99902",
        "town": "Morgenfeld",
        "languages": "uk:C1",
        "host": HOST,
    },
]
COMPANIES = [
    {"id": f"{name}{number}", "name": f"{name.title()} {number}", "postcode": postcode, "town": town}
    for name, postcode, town in (("mill", "99901", "Nebelstadt"), ("mine", "99902", "Morgenfeld"))
    for number in range(1, 7)
]
SPECIALISTS = [{"company": company["id"], "languages": "ar", "count": 2} for company in COMPANIES]
BANS = [{"company": f"mine{number}", "buddy": buddy["id"]} for number in range(1, 4) for buddy in BUDDIES]
"""Nobody looks after these companies, so that one more buddy would help in their district."""
HISTORY = [
    {"company": "mill1", "buddy": "anna", "date": "2026-11-02", "minutes": 60},
    {"company": "mine4", "buddy": "ben", "date": "2026-11-03", "minutes": 60},
]


def write_own_programme(folder: Path) -> Path:
    """Write the programme with its own reference data."""
    tables = {"buddies": BUDDIES, "companies": COMPANIES, "specialists": SPECIALISTS, "bans": BANS}
    write_csv(folder, {**tables, "history": HISTORY})
    text = f'[programme]\nid = "{PROGRAMME}"\nstate = "TH"\n'
    (folder / "policy.toml").write_text(text, encoding="utf-8")
    write_reference(folder / "reference")
    return folder
