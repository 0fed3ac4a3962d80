"""The empty workbook: columns in German or English, choices, an example; filled in, it reads as it stands."""

import re
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.etree import ElementTree

import pytest
from python_calamine import CalamineWorkbook

from api.http.upload.guard import receive
from api.planning.list_template import TemplateNotWritten, write_list_template
from api.words.sentence import sentence
from data.model.findings import Severity
from data.reference.words.examples import example_of
from data.reference.words.headers import LANGUAGES, names_of_column, names_of_table
from data.reference.words.values import words_of
from data.tables.columns import COLUMNS
from tests.data.tables.lists.lists import problem_in
from tests.data.tables.sheets import read

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
ElementTree.register_namespace("", MAIN[1:-1])
COMPANIES = [
    {"id": "mill", "name": "Mühle", "postcode": "06110", "town": "Halle (Saale)", "sector": "C10",
     "state": "aktiv", "specialists": "Arabisch: 2", "mon": "8-16 Uhr", "buddy": "anna", "employees": "12",
     "last_contact": "02.11.2026"},
    {"id": "yard", "name": "Werft", "postcode": "39104", "town": "Magdeburg", "state": "ruht"},
]  # fmt: skip
BUDDIES = [
    {"id": "anna", "name": "Anna Berg", "postcode": "06108", "town": "Halle", "languages": "Arabisch C1",
     "districts": "Harz, Saalekreis", "hours_per_week": "39", "vehicle": "PKW", "employed_from": "1.3.2026"},
]  # fmt: skip


@pytest.fixture(scope="module", params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def template(language: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / f"{language}.xlsx"
    write_list_template(path, language)
    return path


def part(template: Path, number: int, kind: str = "worksheets/sheet{}.xml") -> str:
    with zipfile.ZipFile(template) as book:
        return book.read("xl/" + kind.format(number)).decode()


def filled(template: Path, folder: Path, tables: Mapping[str, Sequence[Mapping[str, str]]]) -> Path:
    """Return a copy of the template in which somebody has typed texts below the example."""
    copy = folder / template.name
    order = ["companies", "buddies", *(table for table in COLUMNS if table not in ("companies", "buddies"))]
    with zipfile.ZipFile(template) as book, zipfile.ZipFile(copy, "w") as made:
        for name in book.namelist():
            content = book.read(name)
            if match := re.fullmatch(r"xl/worksheets/sheet(\d+)\.xml", name):
                table = order[int(match[1]) - 1]
                content = with_rows(content, table, tables.get(table, ()))
            made.writestr(name, content)
    return copy


def with_rows(content: bytes, table: str, rows: Sequence[Mapping[str, str]]) -> bytes:
    sheet = ElementTree.fromstring(content)
    data = sheet.find(f"{MAIN}sheetData")
    assert data is not None
    for number, row in enumerate(rows, start=3):
        line = ElementTree.SubElement(data, f"{MAIN}row", {"r": str(number)})
        for j, column in enumerate(COLUMNS[table]):
            if text := row.get(column.name):
                reference = f"{chr(65 + j // 26 - 1) if j > 25 else ''}{chr(65 + j % 26)}{number}"
                cell = ElementTree.SubElement(line, f"{MAIN}c", {"r": reference, "t": "inlineStr"})
                inside = ElementTree.SubElement(cell, f"{MAIN}is")
                ElementTree.SubElement(inside, f"{MAIN}t").text = text
    return ElementTree.tostring(sheet)


def test_there_is_a_sheet_for_each_table_those_that_one_needs_first(template: Path, language: str) -> None:
    names = CalamineWorkbook.from_path(template).sheet_names
    assert names[:2] == [names_of_table("companies", language)[0], names_of_table("buddies", language)[0]]
    assert sorted(names) == sorted(names_of_table(table, language)[0] for table in COLUMNS)


def test_the_headers_are_the_first_names_of_the_columns(template: Path, language: str) -> None:
    book = CalamineWorkbook.from_path(template)
    for table, columns in COLUMNS.items():
        rows = book.get_sheet_by_name(names_of_table(table, language)[0]).to_python()
        assert rows[0] == [names_of_column(table, column.name, language)[0] for column in columns]


def test_a_template_that_is_filled_in_reads_without_a_finding(template: Path, tmp_path: Path) -> None:
    found = read(filled(template, tmp_path, {"companies": COMPANIES, "buddies": BUDDIES}))
    problem = problem_in(found)
    assert found.findings == ()
    assert [company.id for company in problem.companies] == ["mill", "yard"]
    assert problem.buddy["anna"].districts == ("15085", "15088")
    assert [contact.buddy for contact in problem.history] == ["anna"]


def test_it_may_be_uploaded(template: Path, tmp_path: Path) -> None:
    copy = filled(template, tmp_path, {"companies": COMPANIES, "buddies": BUDDIES})
    (tmp_path / "upload").mkdir()
    assert read(receive([(copy.name, copy.read_bytes())], tmp_path / "upload")).findings == ()


def test_the_example_is_passed_over_as_it_stands(template: Path) -> None:
    found = read(template)
    assert {finding.problem.code for finding in found.findings} == {"no_rows"}


def test_an_example_that_somebody_changed_is_a_row(template: Path, language: str, tmp_path: Path) -> None:
    changed = example_of("companies", language) | {"name": "Mühle", "buddy": "anna"}
    found = read(filled(template, tmp_path, {"companies": [changed], "buddies": BUDDIES}))
    assert [company.id for company in problem_in(found).companies] == [changed["id"]]


@pytest.mark.parametrize("table", COLUMNS)
def test_each_example_is_marked_and_would_be_read(table: str, language: str, tmp_path: Path) -> None:
    """With its mark and the rows that it refers to it is right: nobody copies a mistake."""
    example = example_of(table, language)
    mark = example[COLUMNS[table][0].name]
    assert mark in ("Beispiel", "Example")
    for column in COLUMNS[table]:
        if text := example.get(column.name):
            column.kind.read(text) if column.name != "districts" else None
    assert example.keys() <= {column.name for column in COLUMNS[table]}
    assert {column.name for column in COLUMNS[table] if column.needed} <= example.keys()


def test_cells_offer_the_words_of_their_language(template: Path, language: str) -> None:
    lists = set(re.findall(r"<formula1>&quot;(.*?)&quot;</formula1>", part(template, 1)))
    lists |= set(re.findall(r'<formula1>"(.*?)"</formula1>', part(template, 1)))
    states = next(column.kind.choices for column in COLUMNS["companies"] if column.name == "state")
    assert ",".join(words_of("CompanyState", word, language)[0] for word in states) in lists
    hosts = part(template, 3)
    assert ",".join(words_of("YesNo", word, language)[0] for word in ("yes", "no")) in hosts


def test_every_column_is_explained_by_a_comment(template: Path, language: str) -> None:
    said = ElementTree.fromstring(part(template, 1, "comments{}.xml"))
    texts = ["".join(comment.itertext()) for comment in said.iter(f"{MAIN}comment")]
    assert len(texts) == len(COLUMNS["companies"])
    for text, column in zip(texts, COLUMNS["companies"], strict=True):
        assert sentence(column.meaning, language) in text


def test_codes_stay_text_and_days_are_days(template: Path) -> None:
    """A postcode that is typed into it keeps its leading zero."""
    names = [column.name for column in COLUMNS["companies"]]
    styles = part(template, 0, "styles.xml")
    codes = dict(re.findall(r'<numFmt numFmtId="(\d+)" formatCode="(.*?)"/>', styles))
    cells = re.findall(r'<xf numFmtId="(\d+)"', styles.partition("<cellXfs")[2])
    columns = re.findall(r'<col min="(\d+)" max="(\d+)" width="[\d.]+" style="(\d+)"', part(template, 1))
    formats = {
        names[j - 1]: codes[cells[int(style)]]
        for first, last, style in columns
        for j in range(int(first), int(last) + 1)
    }
    assert {formats[name] for name in ("id", "postcode", "contact_phone")} == {"@"}
    assert {formats[name] for name in ("buddy_since", "last_contact")} == {"dd.mm.yyyy"}


def test_a_file_that_exists_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "list.xlsx").write_bytes(b"mine")
    with pytest.raises(TemplateNotWritten):
        write_list_template(tmp_path / "list.xlsx", "de")
    assert (tmp_path / "list.xlsx").read_bytes() == b"mine"


def test_a_name_of_another_kind_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TemplateNotWritten):
        write_list_template(tmp_path / "list.csv", "de")


def test_a_row_that_is_wrong_is_told_with_the_header_of_the_template(template: Path, tmp_path: Path) -> None:
    wrong = [COMPANIES[0] | {"state": "kaputt"}]
    found = read(filled(template, tmp_path, {"companies": wrong, "buddies": BUDDIES}))
    errors = [finding for finding in found.findings if finding.severity is Severity.ERROR]
    assert [(error.row, error.value) for error in errors] == [(3, "kaputt")]
