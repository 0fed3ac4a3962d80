"""Ten buddies of the sample with their companies: the whole workflow in a tenth of the time."""

import csv
import shutil
from pathlib import Path

from tests.drawn import at_night
from tests.folders import SAMPLE

BUDDIES = frozenset(("b08", "b31", "b33", "b34"))
"""Their districts overlap around Halle, so that most companies could change to another one."""
NEW = 8
"""So many companies without a buddy are there too; not all of them find one."""


def sample_of_this_run(folder: Path) -> Path:
    """Return the sample's folder at night; by day write a part of it into `folder`, and return that."""
    return SAMPLE if at_night() else part_of_sample(folder)


def part_of_sample(folder: Path, buddies: frozenset[str] = BUDDIES) -> Path:
    """Write the rows about these buddies, the companies that they look after, and some new companies."""
    relations = _rows("relations.csv")
    looked_after = {row["company"] for row in relations if row["role"] == "main"}
    companies = {row["company"] for row in relations if row["buddy"] in buddies and row["role"] == "main"}
    new = [row["id"] for row in _rows("companies.csv") if row["id"] not in looked_after]
    companies.update(new[:NEW])
    folder.mkdir(parents=True)
    for path in SAMPLE.iterdir():
        if path.suffix != ".csv":
            shutil.copy(path, folder)
            continue
        rows = [row for row in _rows(path.name) if _belongs(path.name, row, companies, buddies)]
        with (folder / path.name).open("w", encoding="utf-8", newline="") as file:
            table = csv.DictWriter(file, _header(path.name), lineterminator="\n")
            table.writeheader()
            table.writerows(rows)
    return folder


def counted(folder: Path) -> tuple[int, int]:
    """Return how many buddies and companies a folder has."""
    return len(_rows("buddies.csv", folder)), len(_rows("companies.csv", folder))


def _belongs(name: str, row: dict[str, str], companies: set[str], buddies: frozenset[str]) -> bool:
    """Whether all buddies and companies that a row names are kept."""
    named_buddies = {row.get("buddy", "")} | set(row.get("buddies", "").split())
    named_companies = {row.get("company", "")}
    if name == "buddies.csv":
        named_buddies.add(row["id"])
    if name == "companies.csv":
        named_companies.add(row["id"])
    who = row.get("who", "")
    (named_companies if who.startswith("c") else named_buddies).add(who)
    return named_buddies <= buddies | {""} and named_companies <= companies | {""}


def _rows(name: str, folder: Path = SAMPLE) -> list[dict[str, str]]:
    with (folder / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _header(name: str) -> list[str]:
    with (SAMPLE / name).open(encoding="utf-8", newline="") as file:
        return next(csv.reader(file))
