"""Checks uploaded programme files; what passes is safe for `data.tables.read.read_programme`.

Nothing about an upload is trusted: names, sizes and types are checked before anything is written or read.
"""

import re
import unicodedata
from collections.abc import Sequence
from math import ceil
from pathlib import Path

from data.base.message import Message, message
from data.reference.words.headers import table_meant
from data.tables.columns import COLUMNS
from data.tables.files.csv_file import delimiters_of
from data.tables.files.limits import MEGABYTE, FileLimits, FileRefused, FileTooLarge, WrongFileType
from data.tables.files.workbook_guard import inspected_workbook
from data.tables.reader import INVENTED, POLICY

SAFE_NAME = re.compile(r"\w[\w .,()+-]{0,119}")
UPLOAD = "upload"
"""What findings about all files together call them."""
NOT_TEXT = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0", b"%PDF", b"\x1f\x8b", b"\x89PNG")
"""The first bytes of archives, workbooks, older office files, PDFs and pictures."""
HEAD_BYTES = 100
"""In these a table may declare its delimiter."""
TAKEN = message("take_programme_files", tables=tuple(COLUMNS), policy=POLICY)


def receive(files: Sequence[tuple[str, bytes]], folder: Path, limits: FileLimits | None = None) -> Path:
    """Write uploaded files, each under the name it was sent with, into a folder, and return that folder.

    The folder must exist, and the caller removes it; it holds all files or, where one is refused, none. A
    workbook is repacked from the parts that were checked, so that no other reader finds more in it. Raises
    `FileTooLarge`, `WrongFileType`, or `FileRefused` for other faults, such as a name that is a path, two
    files of one name, or a workbook with macros.
    """
    limits = limits or FileLimits()
    _check_sizes(files, limits)
    accepted: dict[str, bytes] = {}
    for sent, content in files:
        name = _safe_name(sent)
        if name.casefold() in {other.casefold() for other in accepted}:
            raise FileRefused(name, message("sent_twice"), message("send_once"))
        accepted[name] = _inspected(name, content, limits)
    _check_set(list(accepted))
    for name, content in accepted.items():
        (folder / name).write_bytes(content)
    return folder


def receive_table(name: str, content: bytes, folder: Path, limits: FileLimits) -> Path:
    """Write an uploaded CSV file under a name that we choose and return its path; raises like `receive`."""
    _check_sizes([(name, content)], limits)
    _expect_text(name, content)
    _check_table(name, content, limits)
    path = folder / name
    path.write_bytes(content)
    return path


def _check_sizes(files: Sequence[tuple[str, bytes]], limits: FileLimits) -> None:
    if not files:
        raise FileRefused(UPLOAD, message("holds_no_file"), TAKEN)
    if len(files) > limits.files:
        holds, remedy = message("holds_files", number=len(files)), message("send_at_most", most=limits.files)
        raise FileTooLarge(UPLOAD, holds, remedy)
    sent = sum(len(content) for _, content in files)
    if sent > limits.upload_bytes:
        size = message("upload_has_size", size_mb=ceil(sent / MEGABYTE))
        remedy = message("send_at_most_mb", most_mb=limits.upload_bytes // MEGABYTE)
        raise FileTooLarge(UPLOAD, size, remedy)


def _safe_name(sent: str) -> str:
    """Return a name that on any system means a file in the folder and nothing else."""
    name = unicodedata.normalize("NFC", sent)
    if not SAFE_NAME.fullmatch(name) or name.endswith((".", " ")):
        shown = "".join(sign if sign.isprintable() else "?" for sign in name[:60]) or "file"
        raise FileRefused(shown, message("no_file_name"), message("name_file_plainly"))
    return name


def _inspected(name: str, content: bytes, limits: FileLimits) -> bytes:
    """Return the content to write, after checking all of it."""
    stem, _, ending = name.lower().rpartition(".")
    if ending == "xlsx":
        return inspected_workbook(name, content, limits)
    if not (name in (POLICY, INVENTED) or (ending == "csv" and table_meant(stem, loosely=True))):
        raise WrongFileType(name, message("no_programme_file"), TAKEN)
    _expect_text(name, content)
    if ending == "csv":
        _check_table(name, content, limits)
    return content


def _expect_text(name: str, content: bytes) -> None:
    if content.startswith(NOT_TEXT) or b"\0" in content:
        raise WrongFileType(name, message("not_the_text_promised"), message("save_as_utf8"))


def _check_table(name: str, content: bytes, limits: FileLimits) -> None:
    """Count lines and separators as if nothing were quoted: fast, and never too few."""
    cells, signs = 0, delimiters_of(content[:HEAD_BYTES].decode(errors="replace"))
    for row, line in enumerate(content.splitlines(), start=1):
        wide = 1 + max(line.count(sign.encode()) for sign in signs)
        cells += wide
        if wide > limits.columns:
            raise FileTooLarge(name, _has(wide), _most(limits.columns), row)
        if row > limits.rows:
            more = message("has_more_rows", most=limits.rows)
            raise FileTooLarge(name, more, message("send_fewer_rows"), row)
    if cells > limits.cells:
        raise FileTooLarge(name, _has(cells), _most(limits.cells))


def _has(cells: int) -> Message:
    return message("has_cells", number=cells)


def _most(cells: int) -> Message:
    return message("are_the_most", most=cells)


def _check_set(names: Sequence[str]) -> None:
    """Raise unless the files are one workbook, or CSV files."""
    books = [name for name in names if name.lower().endswith(".xlsx")]
    if len(books) > 1:
        raise FileRefused(books[1], message("second_workbook"), message("send_one_workbook"))
    tables = [name for name in names if name.lower().endswith(".csv")]
    if books and tables:
        raise FileRefused(books[0], message("came_with_csv"), message("send_workbook_or_csv"))
    if not books and not tables:
        raise FileRefused(names[0], message("came_without_table"), TAKEN)
