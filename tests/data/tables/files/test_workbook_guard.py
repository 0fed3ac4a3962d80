"""Malicious workbooks: each kind is refused, and what passes is repacked from the parts inspected."""

import io
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import python_calamine
import xlsxwriter

from data.tables.files.limits import FileLimits, FileRefused, FileTooLarge, WrongFileType
from data.tables.files.workbook_guard import inspected_workbook
from tests.data.tables.sheets import two_sheets, write_book
from tests.refusals import english

SHEET = "xl/worksheets/sheet1.xml"
RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" '
    'Target="http://elsewhere.example/x" TargetMode="External"/></Relationships>'
)
BOMB = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><worksheet><sheetData><row><c><v>&c;</v></c></row></sheetData>'
    "</worksheet>"
)


@pytest.fixture
def book(tmp_path: Path) -> bytes:
    return write_book(tmp_path / "book.xlsx", two_sheets()).read_bytes()


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return {name: book.read(name) for name in book.namelist()}


def packed(content: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as book:
        for name, part in content.items():
            book.writestr(name, part)
    return made.getvalue()


def refusal(content: bytes, **limits: int) -> FileRefused:
    with pytest.raises(FileRefused) as refused:
        inspected_workbook("book.xlsx", content, FileLimits(**limits))
    return refused.value


def with_cells(cells: str, dimension: str = "A1") -> dict[str, bytes]:
    sheet = f'<worksheet><dimension ref="{dimension}"/><sheetData>{cells}</sheetData></worksheet>'
    return {"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>", SHEET: sheet.encode()}


def test_the_same_workbook_gives_the_same_bytes(book: bytes) -> None:
    made = inspected_workbook("book.xlsx", book, FileLimits())
    assert made == inspected_workbook("book.xlsx", book, FileLimits())
    assert parts(made) == parts(book)


@pytest.mark.parametrize(
    "content", [b"", b"id;name\n", b"\xd0\xcf\x11\xe0 password", packed({"a.xml": b"<a/>"})]
)
def test_what_is_no_workbook(content: bytes) -> None:
    assert type(refusal(content)) is WrongFileType


def test_a_workbook_cut_short_or_with_a_wrong_sign(book: bytes) -> None:
    assert "damaged" in english(refusal(book[: len(book) // 2]))
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w") as plain:
        for name, part in parts(book).items():
            plain.writestr(name, part)
    assert "damaged" in english(refusal(stored.getvalue().replace(b"<sheetData>", b"<sheetDatA>")))


def test_a_bomb_that_its_directory_owns_up_to(book: bytes) -> None:
    """Ten megabytes of blanks pack to about ten kilobytes: a thousand to one."""
    blown = parts(book) | {SHEET: parts(book)[SHEET] + b" " * 10_000_000}
    assert "200 times" in english(refusal(packed(blown)))
    error = refusal(packed(blown), ratio=5_000, unpacked_bytes=5_000_000)
    assert (type(error), english(error).count("5 MB")) == (FileTooLarge, 1)


def test_a_bomb_whose_directory_lies_is_not_unpacked_beyond_what_it_says(book: bytes) -> None:
    """The sheet claims to unpack to 100 bytes; what follows is never passed on."""
    blown = packed(parts(book) | {SHEET: parts(book)[SHEET] + b" " * 10_000_000})
    size = len(parts(book)[SHEET]) + 10_000_000
    lying = blown.replace(struct.pack("<L", size), struct.pack("<L", 100))
    assert lying != blown
    assert type(refusal(lying)) is FileRefused


def test_all_parts_are_counted_together(book: bytes) -> None:
    whole = sum(len(part) for part in parts(book).values())
    inspected_workbook("book.xlsx", book, FileLimits(unpacked_bytes=whole))
    assert type(refusal(book, unpacked_bytes=whole - 1)) is FileTooLarge


def test_parts_without_end(book: bytes) -> None:
    many = parts(book) | {f"docProps/{n}.xml": b"<a/>" for n in range(600)}
    assert "parts; 500 are the most" in english(refusal(packed(many)))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_parts_of_one_name(book: bytes) -> None:
    made = io.BytesIO(book)
    with zipfile.ZipFile(made, "a") as twice:
        twice.writestr(SHEET.upper(), b"<worksheet/>")
    assert "two parts of one name" in english(refusal(made.getvalue()))


@pytest.mark.parametrize("name", ["../evil.xml", "/etc/evil.xml", "xl/../../evil.xml"])
def test_a_path_that_leads_out(book: bytes, name: str) -> None:
    assert "leads out" in english(refusal(packed(parts(book) | {name: b"<a/>"})))


@pytest.mark.parametrize(
    "name",
    ["xl/vbaProject.bin", "xl/embeddings/oleObject1.bin", "xl/externalLinks/externalLink1.xml",
     "xl/activeX/activeX1.xml", "xl/macrosheets/sheet1.xml", "xl/connections.xml", "evil.exe"],
)  # fmt: skip
def test_programs_links_and_embedded_objects(book: bytes, name: str) -> None:
    error = refusal(packed(parts(book) | {name: b"<a/>"}))
    assert name in english(error)
    assert error.http_status == 422


@pytest.mark.parametrize("kind", ["application/vnd.ms-excel.sheet.macroEnabled.main+xml", "x/y.vbaProject"])
def test_a_type_that_runs_under_any_name(book: bytes, kind: str) -> None:
    types = f'<Types><Override PartName="/xl/harmless.xml" ContentType="{kind}"/></Types>'.encode()
    assert "program" in english(refusal(packed(parts(book) | {"[Content_Types].xml": types})))


def test_only_hyperlinks_may_lead_elsewhere(book: bytes) -> None:
    rels = "xl/worksheets/_rels/sheet1.xml.rels"
    linked = parts(book) | {rels: RELS.format(kind="hyperlink").encode()}
    assert inspected_workbook("book.xlsx", packed(linked), FileLimits())
    for kind in ("image", "externalLinkPath", "attachedTemplate", "oleObject"):
        fetching = parts(book) | {rels: RELS.format(kind=kind).encode()}
        assert "fetches" in english(refusal(packed(fetching)))


@pytest.mark.parametrize("part", [SHEET, "xl/sharedStrings.xml", "docProps/core.xml"])
def test_entities_that_grow(book: bytes, part: str) -> None:
    assert "document type" in english(refusal(packed(parts(book) | {part: BOMB.encode()})))
    wide = BOMB.replace('version="1.0"', 'version="1.0" encoding="utf-16"').encode("utf-16")
    assert "document type" in english(refusal(packed(parts(book) | {part: wide})))


@pytest.mark.parametrize(
    "part", [b"<worksheet>", b"", b'<?xml version="1.0" encoding="no-such"?><a/>', b"\xff\xff"]
)
def test_a_part_that_is_no_xml(book: bytes, part: bytes) -> None:
    assert "is no XML" in english(refusal(packed(parts(book) | {SHEET: part})))


def test_a_picture_is_left_out_unread(book: bytes) -> None:
    drawn = parts(book) | {"xl/media/image1.png": b"\x89PNG"}
    assert parts(inspected_workbook("book.xlsx", packed(drawn), FileLimits())) == parts(book)


def test_a_cell_in_the_farthest_corner(tmp_path: Path) -> None:
    """A1 and XFD1048576 alone make the reader allocate 2^34 cells, which ends the process."""
    path = tmp_path / "corner.xlsx"
    with xlsxwriter.Workbook(str(path)) as made:
        sheet = made.add_worksheet("buddies")
        sheet.write(0, 0, "id")
        sheet.write(1_048_575, 16_383, "anna")
    error = refusal(path.read_bytes())
    assert (error.http_status, "delete the empty rows" in english(error)) == (413, True)


@pytest.mark.parametrize(
    ("cells", "most"),
    [
        ('<row r="5"><c r="A5"/></row>', {"rows": 5}),
        ('<row r="4"/><row><c/></row>', {"rows": 5}),
        ('<row><c r="E1"/></row>', {"columns": 5}),
        ('<row><c r="D1"/><c/></row>', {"columns": 5}),
        ('<row><c r="A5"/></row><row><c r="D1"/></row>', {"cells": 20}),
        ('<x:row r="5"><x:c/></x:row>', {"rows": 5}),
    ],
)
def test_a_cell_at_the_limit_and_one_beyond(cells: str, most: dict[str, int]) -> None:
    """With references or without, as the reader counts them: each case reaches exactly its limit."""
    content = packed(with_cells(cells).copy())
    if "x:" in cells:
        sheet = f'<worksheet xmlns:x="y"><x:sheetData>{cells}</x:sheetData></worksheet>'
        content = packed(with_cells("") | {SHEET: sheet.encode()})
    assert inspected_workbook("book.xlsx", content, FileLimits(**most))
    ((limit, value),) = most.items()
    assert type(refusal(content, **{limit: value - 1})) is FileTooLarge


def test_a_dimension_that_claims_the_whole_sheet() -> None:
    error = refusal(packed(with_cells("<row><c/></row>", "A1:XFD1048576")))
    assert (type(error), error.finding.file) == (FileTooLarge, f"book.xlsx [{SHEET}]")


@pytest.mark.parametrize("cell", ['<row><c r="1A"/></row>', f'<row r="{"9" * 9000}"/>', '<row r="-1"/>'])
def test_a_cell_that_is_nowhere(cell: str) -> None:
    assert "is no" in english(refusal(packed(with_cells(cell))))


def test_rows_without_cells_take_no_room() -> None:
    """Some programs end every sheet with an empty last row; the reader allocates nothing for it."""
    assert inspected_workbook("book.xlsx", packed(with_cells('<row r="1048576"/>')), FileLimits())


def test_whatever_passes_is_read_with_no_more_cells_than_allowed(book: bytes) -> None:
    """One sheet with every harmless oddity, read by the reader itself."""
    odd = '<row r="3"><c r="B3" t="inlineStr"><is><t>x</t></is></c></row><row r="1048576"/>'
    sheet = parts(book)[SHEET]
    begin, end = sheet.index(b"<sheetData>") + 11, sheet.index(b"</sheetData>")
    made = inspected_workbook(
        "book.xlsx", packed(parts(book) | {SHEET: sheet[:begin] + odd.encode() + sheet[end:]}), FileLimits()
    )
    read = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(made))
    assert read.get_sheet_by_index(0).to_python(skip_empty_area=False) == [["", ""], ["", ""], ["", "x"]]


@pytest.mark.parametrize(
    "damage", [lambda raw: raw[:-10], lambda raw: raw + b"more", lambda raw: raw[:40] + raw]
)
def test_damage_is_told_or_does_no_harm(book: bytes, damage: Callable[[bytes], bytes]) -> None:
    """Only what Python reads of a damaged archive is passed on."""
    try:
        made = inspected_workbook("book.xlsx", damage(book), FileLimits())
    except FileRefused:
        return
    assert parts(made) == parts(book)
