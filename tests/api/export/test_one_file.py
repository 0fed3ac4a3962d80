"""A single export of a run, with as much detail about people as requested."""

import io

import gpxpy
import pytest
from icalendar import Calendar
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from api.export.format import ExportRequest
from api.export.one_file import exported
from api.run.privacy_level import Detail
from data.base.errors import BuddyplanError
from tests.api.runs import run
from tests.refusals import refused


def file_of(kind: str, buddy: str = "anna", **fields: object) -> bytes:
    return exported(run(), ExportRequest(kind, buddy, **fields))  # type: ignore[arg-type]


def paper(**fields: object) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(file_of("pdf", **fields))).pages)


def test_a_week_on_paper_has_times_addresses_and_boxes_to_tick() -> None:
    told = paper()
    for word in (
        "Montag, 23.11.",
        "09:00–10:00",
        "Bäckerei Kruste",
        "Am Markt 1, 39104 Magdeburg",
        "erledigt",
    ):
        assert word in told
    assert "Keine Besuche." in told


def test_a_week_on_paper_is_in_english_if_asked_for() -> None:
    told = paper(language="en")
    assert "Monday, 23 Nov" in told and "not met" in told and "Montag" not in told


def test_a_week_on_paper_is_tagged_with_title_and_language_and_always_the_same() -> None:
    """typst refuses to write a PDF/UA that lacks required parts; title and language are read back."""
    reader = PdfReader(io.BytesIO(file_of("pdf")))
    assert reader.metadata and reader.metadata.title == "Woche 2026-W48 von Anna Ahorn"
    root = reader.trailer["/Root"]
    assert root["/Lang"] == "de" and root["/MarkInfo"]["/Marked"]
    assert file_of("pdf") == file_of("pdf")


def test_words_of_the_data_are_never_markup() -> None:
    """A firm called `#panic()` or `*x*` is printed literally."""
    of = run()
    named = tuple(
        one.replace(name="*Kern* #panic() $x$") if one.id == "bakery" else one for one in of.identities.people
    )
    odd = run(identities=of.identities.replace(people=named))
    made = exported(odd, ExportRequest("pdf", "anna"))
    assert "*Kern* #panic() $x$" in PdfReader(io.BytesIO(made)).pages[0].extract_text()


def test_tracks_go_from_town_to_town_through_the_stops() -> None:
    file = gpxpy.parse(file_of("gpx").decode())
    (day,) = file.routes
    assert day.name == "2026-11-23 Anna Ahorn"
    first, stop, last = day.points
    assert (first.latitude, first.longitude) == (last.latitude, last.longitude)
    assert stop.name == "09:00 Bäckerei Kruste"


def test_a_calendar_with_ids_alone_names_nobody() -> None:
    told = file_of("ics", detail=Detail.IDS).decode()
    (event,) = Calendar.from_ical(told).events
    assert event["summary"] == "bakery" and "location" not in event
    assert "Kruste" not in told and "Anna" not in told


def test_names_without_addresses_tell_the_town() -> None:
    told = paper(detail=Detail.NAMES)
    assert "Bäckerei Kruste" in told and "Magdeburg" in told and "Am Markt" not in told


@pytest.mark.parametrize(("kind", "begins"), [("xlsx", b"PK"), ("geojson", b"{")])
def test_tables_and_maps_are_of_everybody_or_of_one(kind: str, begins: bytes) -> None:
    everybody, one = file_of(kind, ""), file_of(kind, "anna")
    assert everybody.startswith(begins) and one.startswith(begins) and everybody != one


@pytest.mark.parametrize(
    ("wish", "told"),
    [
        (ExportRequest("pdf"), "pdf is a file of one buddy"),
        (ExportRequest("ics", "nobody"), 'no weeks of "nobody"'),
        (ExportRequest("pdf", "anna", "2026-W01"), 'no week 2026-W01 of "anna"'),
    ],
)
def test_what_the_run_does_not_have_is_told(wish: ExportRequest, told: str) -> None:
    with refused(BuddyplanError, told):
        exported(run(), wish)


def test_workbook_and_calendar_are_in_the_language_asked_for() -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(file_of("xlsx", language="en")))
    assert book.sheet_names == ["Overview", "Matching", "Routes", "Not planned"]
    assert "Travel planned min" in str(book.get_sheet_by_name("Overview").to_python())
    calendar = file_of("ics", language="en").decode()
    assert "Leave " in calendar and "Abfahrt" not in calendar
    assert "Abfahrt" in file_of("ics").decode()
