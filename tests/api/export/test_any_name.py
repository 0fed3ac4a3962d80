"""Whatever people and companies are called, every exported file is well-formed and nothing raises."""

import csv
import io
import json
import re
import xml.etree.ElementTree as ET
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

import gpxpy
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar
from python_calamine import CalamineWorkbook

from api.export.format import ExportRequest
from api.export.funding.xlsx import funding_workbook
from api.export.one_file import exported
from api.export.run_folder.exports import write_exports
from api.run.run import Run
from api.words.speaker import Speaker
from data.model.identity import Identities, Identity
from tests.api.export.funding.contacts import spring, two_hosts
from tests.api.export.strict_calendar import faults
from tests.api.export.test_report import outline
from tests.api.runs import run
from tests.drawn import drawn

IDS = ("anna", "bakery", "ben", "chamber", "foundry", "garage", "nursery")
FIELDS = ("name", "street", "town", "contact_name", "contact_phone")
MOST_SIGNS = 32_767
XML_CHARACTER = re.compile("[\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]*")
"""The `Char` of XML 1.0."""


@st.composite
def identities(draw: st.DrawFn) -> Identities:
    texts = st.text(max_size=20) | st.sampled_from(
        ("\x00", "]]>", "a\r\nb", "\u2028", "\ufffe", "=1+1", "<b>")
    )
    people = tuple(Identity(id=key, **{field: draw(texts) for field in FIELDS}) for key in IDS)
    return Identities(people=people)


def called(people: Identities) -> Run:
    return run(identities=people)


def texts_of(xml: bytes) -> str:
    """Return all text of a document that a strict parser accepts."""
    return "".join(ET.fromstring(xml).itertext())


def parts_of(book: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(book)) as parts:
        return {name: parts.read(name) for name in parts.namelist()}


@drawn(100)
@given(identities())
def test_tracks_are_xml_with_the_names(people: Identities) -> None:
    track = exported(called(people), ExportRequest("gpx", "anna"))
    assert len(gpxpy.parse(track.decode()).routes) == 1
    assert XML_CHARACTER.fullmatch(texts_of(track))


@drawn(100)
@given(identities())
def test_calendars_keep_to_the_standard(people: Identities) -> None:
    for buddy, events in (("anna", 1), ("ben", 2)):
        calendar = exported(called(people), ExportRequest("ics", buddy))
        assert faults(calendar) == []
        assert len(Calendar.from_ical(calendar).walk("VEVENT")) == events


@drawn(60)
@given(identities())
def test_every_file_of_a_run_is_read_by_a_strict_reader(people: Identities) -> None:
    with TemporaryDirectory() as made:
        folder = Path(made)
        write_exports(called(people), folder, "de")
        table = (folder / "matching.csv").read_bytes().decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(table, newline=""), delimiter=";", strict=True))
        assert len(rows) == 5 and {len(row) for row in rows} == {12}
        assert json.loads((folder / "plan.geojson").read_bytes())["type"] == "FeatureCollection"
        outline((folder / "report.html").read_text(encoding="utf-8"))
        check_workbook((folder / "plan.xlsx").read_bytes())


@drawn(60)
@given(identities())
def test_the_funding_report_is_a_workbook(people: Identities) -> None:
    of = two_hosts()
    check_workbook(funding_workbook(spring(), of.problem, people, of.sources.gazetteer, Speaker("de")))


def check_workbook(book: bytes) -> None:
    for name, part in parts_of(book).items():
        assert XML_CHARACTER.fullmatch(texts_of(part)), name
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(book))
    assert all(workbook.get_sheet_by_name(name).to_python() for name in workbook.sheet_names)


def test_a_text_longer_than_a_cell_is_cut() -> None:
    people = Identities(people=(Identity(id="bakery", name="z" * (MOST_SIGNS + 1)),))
    strings = parts_of(exported(called(people), ExportRequest("xlsx")))["xl/sharedStrings.xml"]
    assert "z" * MOST_SIGNS in list(ET.fromstring(strings).itertext())
