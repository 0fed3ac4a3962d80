"""Upload checks: every refusal says what is wrong where, with its HTTP status, and writes nothing."""

from pathlib import Path

import pytest

from api.http.upload.guard import receive
from api.words.findings import finding_sentence
from data.base.errors import BuddyplanError
from data.base.message import message
from data.tables.files.limits import FileLimits, FileRefused, FileTooLarge, WrongFileType
from tests.data.tables.sheets import read, two_sheets, write_book, write_csv
from tests.folders import SAMPLE
from tests.refusals import english

BUDDIES = ("buddies.csv", b"id,postcode\nanna,06108\n")


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    """A folder with the two tables as CSV, and the workbook with both beside it."""
    write_book(tmp_path / "programme.xlsx", two_sheets())
    return write_csv(tmp_path / "csv", two_sheets())


@pytest.fixture
def target(tmp_path: Path) -> Path:
    folder = tmp_path / "target"
    folder.mkdir()
    return folder


def sent(folder: Path) -> list[tuple[str, bytes]]:
    return [(file.name, file.read_bytes()) for file in sorted(folder.iterdir())]


def refusal(target: Path, *files: tuple[str, bytes], **limits: int) -> FileRefused:
    """The error of an upload, after which the folder is still empty."""
    with pytest.raises(FileRefused) as refused:
        receive(files, target, FileLimits(**limits))
    assert list(target.iterdir()) == []
    return refused.value


def test_csv_files_and_a_policy_are_written_as_they_came(sample: Path, target: Path) -> None:
    files = [*sent(sample), ("policy.toml", b"promise_min = 30\n")]
    assert receive(files, target) == target
    assert sent(target) == sorted(files)
    assert read(target).problem == read(sample).problem.replace(policy=read(target).problem.policy)


@pytest.mark.parametrize("name", ["Job-Buddys.csv", "Buddys 2026.csv", "BUDDYS.CSV"])
def test_csv_files_may_have_the_names_that_offices_give_them(target: Path, name: str) -> None:
    companies = ("Betriebe.csv", b"Nr.;PLZ;Ort\r\nmill;06110;Halle\r\n")
    receive([(name, BUDDIES[1]), companies], target)
    assert read(target).findings == ()


def test_the_whole_sample_passes(target: Path) -> None:
    folder = SAMPLE
    receive(sent(folder), target)
    assert read(target).problem == read(folder).problem
    assert read(target).identities.invented


def test_a_workbook_reads_the_same_after_the_guard(sample: Path, target: Path) -> None:
    book = sample.parent / "programme.xlsx"
    receive([("Betriebe Süd (neu).xlsx", book.read_bytes())], target)
    assert read(target).problem == read(book).problem
    assert read(target).problem is not None


def test_a_name_in_other_unicode_is_one_name(sample: Path, target: Path) -> None:
    """macOS sends u with a combining mark for ü."""
    book = (sample.parent / "programme.xlsx").read_bytes()
    receive([("Su\u0308d.xlsx", book)], target)
    assert [file.name for file in target.iterdir()] == ["S\u00fcd.xlsx"]


@pytest.mark.parametrize(
    "name",
    ["../buddies.csv", "a/buddies.csv", "a\\buddies.csv", "C:buddies.csv", ".buddies.csv", "buddies.csv\0",
     "buddies\n.csv", "buddies.csv.", "", "~$book.xlsx", "x" * 200 + ".xlsx", "buddies\u202e.csv"],
)  # fmt: skip
def test_a_name_that_is_more_than_a_name(target: Path, name: str) -> None:
    error = refusal(target, (name, BUDDIES[1]))
    assert type(error) is FileRefused
    assert error.finding.file.isprintable()


@pytest.mark.parametrize(
    "name",
    ["notes.csv", "buddies.txt", "buddies", "book.xls", "book.xlsm", "run.exe", "README.md", "policy.TOML"],
)
def test_a_file_that_no_programme_is_made_of(target: Path, name: str) -> None:
    assert type(refusal(target, (name, BUDDIES[1]))) is WrongFileType


def test_two_files_of_one_name(target: Path) -> None:
    assert refusal(target, BUDDIES, ("Buddies.CSV", b"id\n")).finding.file == "Buddies.CSV"


@pytest.mark.parametrize(
    "content",
    [b"PK\x03\x04rest", b"\xd0\xcf\x11\xe0\xa1", b"%PDF-1.7", b"id\nanna\0\n", "id".encode("utf-16")],
)
@pytest.mark.parametrize("name", ["buddies.csv", "policy.toml"])
def test_text_that_is_none(target: Path, name: str, content: bytes) -> None:
    assert type(refusal(target, (name, content))) is WrongFileType


def test_sizes_at_their_limit_and_one_beyond(target: Path) -> None:
    """id,postcode\\nanna,06108\\n: 23 bytes, two rows, two columns, four cells."""
    assert len(BUDDIES[1]) == 23
    receive([BUDDIES], target, FileLimits(upload_bytes=23, files=1, rows=2, columns=2, cells=4))
    (target / "buddies.csv").unlink()
    for limit, value in {"upload_bytes": 22, "rows": 1, "columns": 1, "cells": 3}.items():
        assert type(refusal(target, BUDDIES, **{limit: value})) is FileTooLarge, limit
    assert type(refusal(target, BUDDIES, ("companies.csv", b"id\n"), files=1)) is FileTooLarge


def test_the_row_that_is_too_much_is_named(target: Path) -> None:
    assert refusal(target, ("buddies.csv", b"id\na\nb\nc,d,e\n"), columns=2).finding.row == 4
    assert refusal(target, BUDDIES, rows=1).finding.row == 2


def test_cells_are_counted_by_a_declared_delimiter_too(target: Path) -> None:
    assert refusal(target, ("buddies.csv", b"sep=^\na^b^c\n"), columns=2).finding.row == 2


def test_fifty_megabytes_are_refused_before_they_are_looked_at(target: Path) -> None:
    error = refusal(target, ("buddies.csv", bytes(50_000_000)))
    assert (error.http_status, english(error)) == (413, "upload: is 50 MB; send at most 20 MB in all")


def test_a_set_of_files_that_is_no_programme(sample: Path, target: Path) -> None:
    book = (sample.parent / "programme.xlsx").read_bytes()
    assert "second workbook" in english(refusal(target, ("a.xlsx", book), ("b.xlsx", book)))
    assert "CSV files" in english(refusal(target, ("a.xlsx", book), BUDDIES))
    assert "without a table" in english(refusal(target, ("policy.toml", b"")))
    assert "holds no file" in english(refusal(target))


def test_every_refusal_is_an_error_with_a_status() -> None:
    assert (FileTooLarge.http_status, WrongFileType.http_status, FileRefused.http_status) == (
        413,
        415,
        422,
    )
    assert BuddyplanError.http_status == 422
    told = FileRefused("a.csv", message("empty"), message("fill_in"), 3, "name")
    assert english(told) == finding_sentence(told.finding, "en")


@pytest.mark.parametrize("limit", ["upload_bytes", "ratio", "cells"])
def test_a_limit_below_one_is_no_limit(limit: str) -> None:
    with pytest.raises(ValueError, match=f"{limit} must be at least 1, got 0"):
        FileLimits(**{limit: 0})
