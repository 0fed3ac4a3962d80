"""Phone, paper, calendar, feed, workbook and report show the same breaks of a day, waiting and time off."""

import io
import re
from collections.abc import Iterator
from datetime import time
from pathlib import Path

import pytest
from icalendar import Calendar
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from api.export.run_folder.exports import write_exports
from api.run.planned_days import clock
from api.run.run import Run
from data.results.solution import Break, DayRoute, Stop
from tests.api.http.conftest import World
from tests.api.pages.conftest import with_all_pages
from tests.api.runs import run

BREAKS = ((500, 515), (550, 565), (660, 675), (735, 750))
"""Before leaving, in the wait for the first stop, between the stops, and after the last."""
OFF = ((570, 580),)
"""Off duty, in the wait for the first stop."""
WAITS = ((540, 550), (565, 570), (580, 600))
WEEK = "2026-W48"


def with_breaks() -> Run:
    """Anna's Monday: two stops in her own town, so she travels no minute."""
    stops = (
        Stop(id="bakery-1", place="bakery", arrive=540, start=600, end=660),
        Stop(id="bakery-2", place="bakery", arrive=675, start=675, end=735),
    )
    breaks = tuple(Break(start=start, end=end) for start, end in BREAKS)
    monday = DayRoute(
        leave=540,
        back=750,
        work_min=180,
        travel_min=0,
        distance_m=0,
        stops=stops,
        breaks=breaks,
        off=tuple(Break(start=start, end=end) for start, end in OFF),
    )
    anna, ben = run().weeks
    plan = anna.weeks[0].replace(days=(monday, *(None,) * 6))
    return run(weeks=(anna.replace(weeks=(plan,)), ben))


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    for made in with_all_pages("", tmp_path_factory.mktemp("breaks"), with_breaks()):
        made.published()
        yield made


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("files")
    write_exports(with_breaks(), made, "de")
    return made


def spans(pairs: tuple[tuple[int, int], ...]) -> list[tuple[str, str]]:
    return [(clock(start), clock(end)) for start, end in pairs]


def lines(text: str, word: str) -> list[tuple[str, str]]:
    """Return the times that stand before a word."""
    return re.findall(rf"(\d\d:\d\d)–(\d\d:\d\d)(?:\sUhr)?\s*{word}", re.sub(r"<[^>]*>", " ", text))


def shown(text: str) -> tuple[list[tuple[str, str]], ...]:
    return tuple(lines(text, word) for word in ("Pause", "Wartezeit", "Dienstfrei"))


def test_the_phone_shows_them(world: World) -> None:
    page = world.by("buddy").get(f"/me/weeks/{WEEK}", headers={"Accept-Language": "de"}).text
    assert shown(page) == (spans(BREAKS), spans(WAITS), spans(OFF))


def test_the_week_on_paper_shows_them(world: World) -> None:
    paper = world.by("buddy").get(f"/api/v1/me/weeks/{WEEK}.pdf", headers={"Accept-Language": "de"}).content
    text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(paper)).pages)
    assert shown(text) == (spans(BREAKS), spans(WAITS), spans(OFF))


@pytest.mark.parametrize("path", ["me/weeks/2026-W48", "feeds/{feed}"])
def test_calendar_and_feed_have_them(world: World, path: str) -> None:
    made = world.by("buddy").get(f"/api/v1/{path.format(feed=world.ids['feed'])}.ics").content
    events = sorted(Calendar.from_ical(made).events, key=lambda event: event.start)
    pauses = [(f"{e.start:%H:%M}", f"{e.end:%H:%M}") for e in events if e["summary"] == "Pause"]
    assert pauses == spans(BREAKS)
    first, second = (event["description"] for event in events if event["summary"] != "Pause")
    assert "Wartezeit 35 min" in first and "Wartezeit" not in second


def test_the_workbook_has_them(folder: Path) -> None:
    header, *rows = CalamineWorkbook.from_path(folder / "plan.xlsx").get_sheet_by_name("Routen").to_python()
    days = [dict(zip(header, row, strict=True)) for row in rows]
    for kind, pairs in (("Pause", BREAKS), ("Wartezeit", WAITS), ("Dienstfrei", OFF)):
        found = [row for row in days if row["Art"] == kind and row["Buddy"] == "Anna Ahorn"]
        times = [(row["Beginn"], row["Ende"]) for row in found]
        assert times == [tuple(time(minute // 60, minute % 60) for minute in pair) for pair in pairs]


def test_the_report_shows_them(folder: Path) -> None:
    page = (folder / "report.html").read_text(encoding="utf-8").partition("Anna Ahorn</span>")[2]
    own = page.partition("</details>")[0]
    assert shown(own) == (spans(BREAKS), spans(WAITS), spans(OFF))
