"""A name that is a formula, a call or a line of another format stays text in every exported file."""

import csv
import io
import json
import xml.etree.ElementTree as ET
import zipfile
from html.parser import HTMLParser
from pathlib import Path

import pytest
import xlsxwriter
from icalendar import Calendar
from pypdf import PdfReader

from api.export.format import ExportRequest
from api.export.one_file import exported
from api.export.run_folder.exports import write_exports
from api.run.run import Run
from data.model.identity import Identities, Identity
from tests.api.runs import run
from tests.data.tables.sheets import COMPANY, read, two_sheets, write_book, write_csv

LINK = '=HYPERLINK("http://x","y")'
NAMES = {
    "bakery": LINK,
    "garage": "+cmd|' /C calc'!A0",
    "foundry": "@SUM(1+1)*cmd|' /C calc'!A0",
    "nursery": "Kita,=1+1;=2+2\t-3",
    "ben": "-2+3\r\nBEGIN:VEVENT\r\nATTACH:http://x",
    "anna": "\t=1+1 <script>alert(1)</script> #emph[x]",
}
SIGNS = "=+-@\t\r\n＝＋－＠"


def evil() -> Run:
    known = run().identities.people
    people = {one.id: one for one in known} | {key: Identity(id=key) for key in NAMES}
    named = [one.replace(name=NAMES.get(one.id, one.name)) for one in people.values()]
    return run(identities=Identities(people=tuple(sorted(named, key=lambda one: one.id))))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("evil")
    write_exports(evil(), made, "de")
    return made


def both_files(folder: Path, name: str) -> tuple[Path, Path]:
    """A programme with a company of this name, as CSV and as a workbook."""
    firm = COMPANY | {"name": name}
    csv = write_csv(folder / "csv", two_sheets(companies=[firm]), separator=";")
    return csv, write_plain_book(folder / "book.xlsx", firm)


@pytest.mark.parametrize("name", ["+1", "-1", "@SUM(A1)"])
def test_what_only_some_spreadsheets_take_for_a_formula_is_read_as_text(tmp_path: Path, name: str) -> None:
    for source in both_files(tmp_path, name):
        assert read(source).identities.name("mill") == name


def test_a_formula_in_a_programme_is_told_and_not_read(tmp_path: Path) -> None:
    for source in both_files(tmp_path, LINK):
        (finding,) = read(source).findings
        assert (finding.column, finding.problem.code) == ("name", "formula_not_computed")


def write_plain_book(path: Path, firm: dict[str, object]) -> Path:
    """A workbook whose cells hold text unchanged, whatever it begins with."""
    tables = two_sheets(companies=[firm])
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False}) as book:
        for table, rows in tables.items():
            sheet = book.add_worksheet(table)
            for j, column in enumerate(rows[0]):
                sheet.write_string(0, j, column)
                sheet.write_string(1, j, str(rows[0][column]))
    return path


def test_a_real_formula_in_a_workbook_is_read_as_what_it_showed(tmp_path: Path) -> None:
    path = write_book(tmp_path / "book.xlsx", two_sheets(companies=[COMPANY | {"name": "=1+1"}]))
    assert read(path).identities.name("mill") in ("0", "mill")


@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_the_csv_has_no_cell_that_begins_like_a_formula(folder: Path, separator: str) -> None:
    """Whichever separator the spreadsheet uses, and however it reads quotes."""
    text = (folder / "matching.csv").read_bytes().decode("utf-8-sig")
    for quoting in (csv.QUOTE_MINIMAL, csv.QUOTE_NONE):
        cells = [
            cell
            for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator, quoting=quoting)
            for cell in row
        ]
        assert [cell for cell in cells if cell.strip(' "').startswith(tuple(SIGNS))] == []
    assert f"'{LINK}".replace('"', '""') in text


def test_the_workbook_has_texts_and_no_formula_or_link(folder: Path) -> None:
    with zipfile.ZipFile(folder / "plan.xlsx") as book:
        parts = {
            name: book.read(name).decode() for name in book.namelist() if name.endswith((".xml", ".rels"))
        }
    texts = ["".join(item.itertext()) for item in ET.fromstring(parts["xl/sharedStrings.xml"])]
    assert {NAMES[key] for key in ("bakery", "garage", "foundry")} <= set(texts)
    for name, part in parts.items():
        assert "<f>" not in part and "<hyperlink" not in part and 'TargetMode="External"' not in part, name


def test_the_calendar_has_no_line_of_its_own_making(folder: Path) -> None:
    raw = (folder / "calendar" / "ben.ics").read_bytes()
    calendar = Calendar.from_ical(raw)
    assert [str(event["summary"]) for event in calendar.events] == [NAMES["garage"], "Pause"]
    assert b"\nATTACH" not in raw
    assert raw.count(b"\nBEGIN:VEVENT") == 2


def test_the_map_has_the_text(folder: Path) -> None:
    features = json.loads((folder / "plan.geojson").read_text(encoding="utf-8"))["features"]
    names = {feature["properties"].get("company"): feature["properties"].get("name") for feature in features}
    assert {key: names[key] for key in ("bakery", "garage", "foundry", "nursery")} == {
        key: NAMES[key] for key in ("bakery", "garage", "foundry", "nursery")
    }


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.scripts, self.text, self._inside = list[str](), list[str](), ""
        self.links, self.handlers = list[str](), list[str]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside = tag
        self.links += [str(value) for name, value in attrs if name in ("href", "src")]
        self.handlers += [name for name, _ in attrs if name.startswith("on")]

    def handle_data(self, data: str) -> None:
        (self.scripts if self._inside == "script" else self.text).append(data)


def test_the_report_has_the_text_and_no_script_of_another(folder: Path) -> None:
    pages = []
    for source in ((folder / "report.html").read_text(encoding="utf-8"), ordinary_report(folder)):
        page = _Page()
        page.feed(source)
        pages.append(page)
    evil_page, ordinary = pages
    assert LINK in " ".join(evil_page.text)
    assert [len(evil_page.scripts), evil_page.handlers] == [len(ordinary.scripts), ordinary.handlers]
    assert not any("alert(1)" in script for script in evil_page.scripts)
    assert [link for link in evil_page.links if not link.startswith("#")] == [
        link for link in ordinary.links if not link.startswith("#")
    ]


def ordinary_report(folder: Path) -> str:
    beside = folder / "ordinary"
    if not beside.exists():
        beside.mkdir()
        write_exports(run(), beside, "de")
    return (beside / "report.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("buddy", ["anna", "ben"])
def test_the_week_on_paper_has_the_text_and_nothing_that_acts(buddy: str) -> None:
    reader = PdfReader(io.BytesIO(exported(evil(), ExportRequest("pdf", buddy))))
    text = "".join(page.extract_text() for page in reader.pages).replace("\n", "")
    assert {"anna": LINK, "ben": "+cmd|"}[buddy] in text.replace("“", '"').replace("”", '"')
    assert not any(page.get("/Annots") for page in reader.pages)
    assert not {"/OpenAction", "/AA", "/JavaScript"} & set(reader.root_object)


def test_the_track_is_one_document_with_the_text() -> None:
    track = exported(evil(), ExportRequest("gpx", "anna"))
    assert LINK in "".join(ET.fromstring(track).itertext())
