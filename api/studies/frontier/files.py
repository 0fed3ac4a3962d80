"""The files of a coverage frontier: JSON for programs, CSV for spreadsheets, and the picture."""

import csv
import io
import json
from pathlib import Path

from api.files.atomic_file import write_whole
from api.studies.frontier.picture import frontier_picture
from api.words.language import Language
from data.results.frontier import Frontier

COLUMNS = (
    "positions", "served", "bound", "whole", "marginal", "companies", "specialists", "cost_cents",
    "cents_per_specialist", "chosen",
)  # fmt: skip


def write_frontier(folder: Path, frontier: Frontier, language: Language) -> None:
    """Write `frontier.csv`, `.svg`, `.png` and, last, `.json`, each completely or not at all."""
    write_whole(folder / "frontier.csv", frontier_csv(frontier))
    for kind in ("svg", "png"):
        write_whole(folder / f"frontier.{kind}", frontier_picture(frontier, language, kind))
    write_whole(folder / "frontier.json", frontier_json(frontier).encode("utf-8"))


def frontier_json(frontier: Frontier) -> str:
    """Return the frontier as JSON; the same frontier gives the same bytes."""
    return json.dumps(frontier.model_dump(mode="json"), indent=1, ensure_ascii=False) + "\n"


def frontier_csv(frontier: Frontier) -> bytes:
    """Return one row per point, with semicolons and a byte order mark for German spreadsheets."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for point in frontier.points:
        each = point.cents_per_specialist
        counted = (point.companies, point.specialists, point.cost_cents, "" if each is None else each)
        value = (point.count, point.served, point.bound, frontier.whole, point.marginal)
        writer.writerow([*value, *counted, " ".join(point.positions)])
    return text.getvalue().encode("utf-8-sig")
