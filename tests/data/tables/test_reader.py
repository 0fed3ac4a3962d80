"""Files as people send them: folders, workbooks, blank lines, unknown columns; never a traceback."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from api.words.findings import finding_sentence
from data.model.findings import Severity
from data.tables.cells import DEGREES, ID, IDS, TAGS, TEXT, YES_NO
from data.tables.codes import ALTERNATIVES, DISTRICTS, GROUPS, POSTCODE, SECTOR, SECTORS, SPOKEN
from data.tables.column import Column
from data.tables.columns import COLUMNS
from data.tables.read import Reading
from data.tables.times import DATE, HOURS, MOMENT, WEEKDAY_LIST, WINDOWS
from tests.data.tables.sheets import (
    BUDDY,
    COMPANY,
    english,
    only,
    read,
    told,
    two_sheets,
    write_book,
    write_csv,
)
from tests.drawn import drawn

ERROR, WARNING = Severity.ERROR, Severity.WARNING
NEVER_RAISES = drawn(150, suppress_health_check=[HealthCheck.function_scoped_fixture])


def with_companies(folder: Path, content: bytes | str) -> Reading:
    """Read a valid buddy and a companies.csv with exactly this content."""
    write_csv(folder, {"buddies": [BUDDY]})
    (folder / "companies.csv").write_bytes(content if isinstance(content, bytes) else content.encode())
    return read(folder)


def test_rows_are_numbered_as_a_person_sees_them(tmp_path: Path) -> None:
    text = '\n\nid,name,postcode\na,"two\nlines",6108\n\n\nb,,6110\n'
    found = with_companies(tmp_path, text)
    # a spreadsheet shows the header in row 3, the quoted cell in one row, 4, and b after two blank rows in 7
    assert only(found).rows == (4, 7)


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_line_ends_and_separators_are_found_out(tmp_path: Path, ending: str, separator: str) -> None:
    lines = [["id", "postcode", "town"], ["mill", "06108", "Halle"], ["yard", "39104", "Magdeburg"]]
    found = with_companies(tmp_path, ending.join(separator.join(line) for line in lines))
    assert found.findings == () and found.problem is not None
    assert [company.id for company in found.problem.companies] == ["mill", "yard"]


def test_headers_may_differ_in_case_and_blanks(tmp_path: Path) -> None:
    found = with_companies(tmp_path, "ID, Postcode ,Visits per 4 weeks\nmill,06108,2\n")
    assert found.findings == () and found.problem is not None
    assert found.problem.care[0].every_weeks == 2


def test_an_unknown_column_is_a_warning_with_the_nearest_one(tmp_path: Path) -> None:
    found = only(with_companies(tmp_path, "id,postcode,prioriti\nmill,06108,5\n"))
    assert (found.severity, found.row, found.column) == (WARNING, 1, "prioriti")
    assert "its 1 filled cell is not read" in english(found.problem)
    assert english(found.remedy) == 'did you mean "priority"?'


def test_cells_below_no_header_are_a_warning(tmp_path: Path) -> None:
    assert told(with_companies(tmp_path, "id,,postcode\nmill,x,06108\n")) == [
        (WARNING, "companies.csv", 1, "column 2")
    ]


def test_a_missing_needed_column_is_an_error_and_no_rows_blame_it(tmp_path: Path) -> None:
    write_csv(tmp_path, {"care": [{"company": "mill"}]})
    found = with_companies(tmp_path, "idd,postcode\nmill,06108\n")
    assert told(found) == [(ERROR, "companies.csv", 1, "id"), (WARNING, "companies.csv", 1, "idd")]
    assert english(found.findings[0].remedy) == 'did you mean "idd"?'


def test_a_doubled_column_is_an_error(tmp_path: Path) -> None:
    assert (ERROR, "companies.csv", 1, "id") in told(
        with_companies(tmp_path, "id,id,postcode\nmill,m,06108\n")
    )


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("mill,06108,Halle", "has 3 cells, but the header in row 1 has 5; add the missing separators"),
        ("mill,06108,Halle,C,3,x,y", "has 7 cells, but the header in row 1 has 5; quote cells"),
    ],
)
def test_a_row_of_another_width_is_an_error(tmp_path: Path, row: str, said: str) -> None:
    found = only(with_companies(tmp_path, f"id,postcode,town,sector,priority\n{row}\n"))
    assert found.severity is ERROR and said in finding_sentence(found, "en")


def test_empty_cells_beyond_the_header_are_nothing_to_tell(tmp_path: Path) -> None:
    assert with_companies(tmp_path, "id,postcode,,\nmill,06108,,,,\n,,,\n").findings == ()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf\r\n\r\n", "is empty"),
        (b"id,postcode\n", "has no rows"),
        ("id,postcode\nmill,06108\n".encode("utf-16-le"), "holds NUL bytes"),
        ("id,postcode\nmill,06108\n".encode("utf-16"), "holds NUL bytes"),
        (b"id,name\nmill,\x81\x8d\n", "is neither UTF-8 nor cp1252 text"),
        (bytes(range(1, 256)) * 20, "is neither UTF-8 nor cp1252 text"),
        (b'id,name\nmill,"never closed\n', "check the quotation marks"),
        (b"id,name\nmill," + b"x" * 20_000, "is no text of a table"),
        (b"id,name\nmill," + b"x" * 200_000, "cannot be read here"),
        (b"PK\x03\x04 zipped", "is a workbook, not CSV text"),
        (b"no table at all", "column id: is missing"),
    ],
)
def test_a_broken_file_is_an_error_finding(tmp_path: Path, content: bytes, said: str) -> None:
    found = with_companies(tmp_path, content)
    assert found.problem is None
    assert any(
        said in finding_sentence(finding, "en") and finding.severity is ERROR for finding in found.findings
    ), found


def test_a_folder_in_place_of_a_file_is_an_error(tmp_path: Path) -> None:
    write_csv(tmp_path, {"buddies": [BUDDY]})
    (tmp_path / "companies.csv").mkdir()
    assert told(read(tmp_path)) == [(ERROR, "companies.csv", 0, "")]


def test_needed_files_that_are_missing_are_named(tmp_path: Path) -> None:
    assert told(read(tmp_path)) == [(ERROR, "buddies.csv", 0, ""), (ERROR, "companies.csv", 0, "")]


def test_files_that_nobody_reads_are_warnings(tmp_path: Path) -> None:
    write_csv(tmp_path, two_sheets(relation=[{"company": "mill"}]))
    for name in ("notes.docx", "README.md", ".hidden", "~$book.xlsx", "districts.geojson", "buddies.xlsx"):
        (tmp_path / name).write_bytes(b"")
    found = read(tmp_path)
    assert told(found) == [(WARNING, name, 0, "") for name in ("buddies.xlsx", "notes.docx", "relation.csv")]
    assert english(found.findings[2].remedy) == 'did you mean "relations"?'


def test_a_workbook_is_read_beside_files_that_are_no_tables(tmp_path: Path) -> None:
    write_book(tmp_path / "a.xlsx", two_sheets())
    write_book(tmp_path / "b.xlsx", two_sheets())
    (tmp_path / "export.csv").write_text("x\n")
    found = read(tmp_path)
    assert told(found) == [(WARNING, "b.xlsx", 0, ""), (WARNING, "export.csv", 0, "")]
    assert found.problem is not None


def test_one_table_in_two_files_is_an_error(tmp_path: Path) -> None:
    write_csv(tmp_path, two_sheets())
    (tmp_path / "Buddies.csv").write_text("id,postcode\nben,06108\n")
    assert [finding.severity for finding in read(tmp_path).findings] == [ERROR]


@pytest.mark.parametrize("name", ["nowhere", "nowhere.xlsx", "file.txt", "x" * 300])
def test_a_path_that_is_no_programme_is_an_error(tmp_path: Path, name: str) -> None:
    if name.startswith("file"):
        (tmp_path / name).write_text("id\n")
    assert told(read(tmp_path / name)) == [(ERROR, name, 0, "")]


def test_a_sheet_that_nobody_reads_is_a_warning(tmp_path: Path) -> None:
    found = only(read(write_book(tmp_path / "p.xlsx", two_sheets(pin=[{"buddy": "anna"}]))))
    assert (found.severity, found.file, english(found.remedy)) == (
        WARNING,
        "p.xlsx [pin]",
        'did you mean "pins"?',
    )


def _no_zip(path: Path) -> None:
    path.write_bytes(b"this is no workbook")


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _zip_of_something_else(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("letter.txt", "dear all")


def _cut_short(path: Path) -> None:
    whole = write_book(path, two_sheets()).read_bytes()
    path.write_bytes(whole[: len(whole) // 2])


@pytest.mark.parametrize("spoil", [_no_zip, _empty, _zip_of_something_else, _cut_short])
def test_a_broken_workbook_is_an_error_finding(tmp_path: Path, spoil: Callable[[Path], None]) -> None:
    spoil(tmp_path / "p.xlsx")
    for path in (tmp_path / "p.xlsx", tmp_path):
        assert told(read(path)) == [(ERROR, "p.xlsx", 0, "")]


def test_a_folder_named_like_a_workbook_is_read_as_a_folder(tmp_path: Path) -> None:
    (tmp_path / "p.xlsx").mkdir()
    assert {severity for severity, *_ in told(read(tmp_path / "p.xlsx"))} == {ERROR}


@given(content=st.binary(max_size=300))
@NEVER_RAISES
def test_no_bytes_ever_raise(tmp_path: Path, content: bytes) -> None:
    with_companies(tmp_path, content)


FITTING = {
    TEXT: ["Markt 1", "Halle"],
    TAGS: ["care craft"],
    YES_NO: ["ja", "no"],
    DEGREES: ["51,48", "11.9"],
    DATE: ["2026-11-23", "24.12.2026", "29.02.2027"],
    MOMENT: ["2026-11-24 10:00", "2027-03-28 02:30"],
    WINDOWS: ["08:00-16:00", "08:00-12:00 13:00-16:00", "-"],
    HOURS: ["13:00-15:00"],
    WEEKDAY_LIST: ["mon-fri", "so"],
    POSTCODE: ["06108", "6108"],
    DISTRICTS: ["15002"],
    SECTOR: ["C10"],
    SECTORS: ["C F"],
    SPOKEN: ["ar:C1"],
    ALTERNATIVES: ["uk/ru", "vi"],
    GROUPS: ["ar:3 uk/ru:1"],
}


def cells(column: Column) -> st.SearchStrategy[str]:
    """A cell of a column: mostly a valid one, sometimes any text."""
    if column.kind in (ID, IDS):
        fitting = ["anna"] * ("buddies" in column.refers) + ["mill"] * ("companies" in column.refers)
        fitting = fitting or [f"x{i}" for i in range(9)]
    else:
        fitting = FITTING.get(column.kind, [column.default or "1"])
    anything = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
    return st.integers(0, 19).flatmap(lambda dice: anything if dice == 0 else st.sampled_from(fitting))


@st.composite
def any_tables(draw: st.DrawFn) -> dict[str, list[dict[str, str]]]:
    """A valid buddy and company, and rows of some tables with some of their cells filled."""
    tables: dict[str, list[dict[str, str]]] = {"buddies": [BUDDY], "companies": [COMPANY]}
    for table in draw(st.lists(st.sampled_from(list(COLUMNS)), unique=True, max_size=4)):
        row = st.fixed_dictionaries(
            {column.name: cells(column) for column in COLUMNS[table] if column.needed},
            optional={column.name: cells(column) for column in COLUMNS[table] if not column.needed},
        )
        tables[table] = [*tables.get(table, []), *draw(st.lists(row, max_size=2))]
    return tables


@given(tables=any_tables())
@NEVER_RAISES
def test_a_problem_comes_out_exactly_if_nothing_is_an_error(
    tmp_path: Path, tables: dict[str, list[dict[str, str]]]
) -> None:
    for old in tmp_path.iterdir():
        old.unlink()
    found = read(write_csv(tmp_path, tables))
    errors = [finding for finding in found.findings if finding.severity is ERROR]
    assert (found.problem is None) == bool(errors)
    order = [(finding.file, finding.row, finding.column) for finding in found.findings]
    assert order == sorted(order)
    assert all(finding.problem and "\n" not in finding_sentence(finding, "en") for finding in found.findings)
