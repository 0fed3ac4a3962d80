"""Checks a workbook before it is read: unpacks it with a limit, inspects every part, and packs it anew.

An .xlsx file is a zip archive of XML parts (ECMA-376). Four things in one can harm its reader: parts that
unpack to far more than the file holds; document types, whose entities expand when they are read; programs and
links that run or fetch; and a cell in the farthest corner of a sheet, because the reader (calamine) allocates
the whole rectangle from A1 and ends the process where memory runs out.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from xml.parsers import expat

from data.base.message import Message, message
from data.tables.files.limits import MEGABYTE, FileLimits, FileRefused, FileTooLarge, WrongFileType

CONTENT_TYPES, WORKBOOK = "[Content_Types].xml", "xl/workbook.xml"
ZIP_MAGIC = b"PK\x03\x04"
CHUNK = 1 << 16
SMALL_PART = 100_000
"""Parts that unpack to fewer bytes are harmless, whatever their ratio."""
ACTIVE = re.compile(
    r"vbaproject|vbadata|macrosheets/|activex/|embeddings/|externallinks/|ctrlprops/|customui/|connections\.xml|"
    r"querytables/|oleobject|\.(exe|dll|js|vbs|lnk|jar|docm|xlsm|xlam)$",
    re.IGNORECASE,
)
ACTIVE_TYPE = re.compile("macroenabled|vbaproject|oleobject|activex|externallink|connections", re.IGNORECASE)
ROW = re.compile(r"[0-9]{1,7}")
REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
AS_XLSX = message("save_as_xlsx")
PLAIN = message("save_as_plain_xlsx")


def inspected_workbook(file: str, content: bytes, limits: FileLimits) -> bytes:
    """Return a workbook with the XML parts of the upload, each inspected; pictures are left out.

    Raises `WrongFileType` for a file that is not a workbook, `FileTooLarge` for one over a limit (before
    unpacking where the archive says so, and while unpacking where it lies), and `FileRefused` for programs,
    external links, embedded objects, document types, and damaged archives.
    """
    if not content.startswith(ZIP_MAGIC):
        raise WrongFileType(file, message("no_xlsx"), AS_XLSX)
    copy = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as sent:
            parts = sent.infolist()
            _check_directory(file, parts, limits)
            with zipfile.ZipFile(copy, "w") as made:
                _copy_parts(file, sent, parts, made, limits)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, UnicodeError) as error:
        raise FileRefused(file, message("damaged_archive", why=str(error)), AS_XLSX) from None
    return copy.getvalue()


def _check_directory(file: str, parts: list[zipfile.ZipInfo], limits: FileLimits) -> None:
    """Check the archive by its directory, without unpacking anything."""
    names = [part.filename for part in parts]
    if not {CONTENT_TYPES, WORKBOOK} <= set(names):
        raise WrongFileType(file, message("archive_but_no_xlsx"), AS_XLSX)
    if len(parts) > limits.entries:
        parts_there, most = (
            message("has_parts", number=len(parts)),
            message("are_the_most", most=limits.entries),
        )
        raise FileTooLarge(file, parts_there, most)
    if len({name.casefold() for name in names}) < len(names):
        raise FileRefused(file, message("parts_of_one_name"), AS_XLSX)
    for part in parts:
        name = part.filename
        if name.startswith("/") or "\\" in name or ".." in name.split("/"):
            raise FileRefused(file, message("part_leads_out"), AS_XLSX)
        if ACTIVE.search(name):
            raise FileRefused(file, message("holds_active_part", part=_shown(name)), PLAIN)
        if part.flag_bits & 1:
            raise FileRefused(file, message("locked_by_password"), AS_XLSX)
        if part.file_size > max(SMALL_PART, limits.ratio * part.compress_size):
            raise FileTooLarge(file, message("unpacks_to_times", times=limits.ratio), AS_XLSX)
    if sum(part.file_size for part in parts) > limits.unpacked_bytes:
        raise _unpacked_too_large(file, limits)


def _unpacked_too_large(file: str, limits: FileLimits) -> FileTooLarge:
    size = message("unpacks_to_mb", most_mb=limits.unpacked_bytes // MEGABYTE)
    return FileTooLarge(file, size, message("delete_other_content"))


def _copy_parts(
    file: str,
    sent: zipfile.ZipFile,
    parts: list[zipfile.ZipInfo],
    made: zipfile.ZipFile,
    limits: FileLimits,
) -> None:
    """Unpack the XML parts piece by piece, counting the real bytes, and pack those that pass."""
    unpacked = 0
    for part in parts:
        if not part.filename.lower().endswith((".xml", ".rels")):
            continue
        watch = _PartWatch(file, part.filename, limits)
        undated = zipfile.ZipInfo(part.filename)
        undated.compress_type = zipfile.ZIP_DEFLATED
        with made.open(undated, "w") as copy:
            for piece in _pieces(sent, part):
                unpacked += len(piece)
                if unpacked > limits.unpacked_bytes:
                    raise _unpacked_too_large(file, limits)
                watch.feed(piece)
                copy.write(piece)
        watch.close()


def _pieces(sent: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    with sent.open(part) as source:
        while piece := source.read(CHUNK):
            yield piece


class _PartWatch:
    """Reads one XML part while it is unpacked and refuses forbidden content."""

    def __init__(self, file: str, part: str, limits: FileLimits) -> None:
        self._file, self._part, self._limits = file, part, limits
        self._in_cells, self._row, self._column = False, 0, 0
        self._widest = self._lowest = 0
        self._parser = expat.ParserCreate()
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end

    def feed(self, piece: bytes, last: bool = False) -> None:
        """Read the next piece."""
        try:
            self._parser.Parse(piece, last)
        except FileRefused:
            raise
        except (expat.ExpatError, LookupError, ValueError) as error:
            wrong = message("part_no_xml", part=_shown(self._part), why=str(error))
            raise FileRefused(self._file, wrong, AS_XLSX) from None

    def close(self) -> None:
        """Finish the part: no more pieces follow."""
        self.feed(b"", last=True)

    def _doctype(self, *_: object) -> None:
        raise FileRefused(self._file, message("part_with_doctype", part=_shown(self._part)), AS_XLSX)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        match name.rpartition(":")[2]:
            case "dimension":
                self._reach(attributes.get("ref", "").rpartition(":")[2])
            case "sheetData":
                self._in_cells, self._row = True, 0
            case "row" if self._in_cells:
                self._row, self._column = self._row + 1, 0
                if number := attributes.get("r", ""):
                    self._row = self._row_number(number)
            case "c" if self._in_cells:
                self._column += 1
                self._reach(attributes.get("r", ""))
            case "Override" | "Default" if ACTIVE_TYPE.search(attributes.get("ContentType", "")):
                raise FileRefused(self._file, message("holds_program_or_link"), PLAIN)
            case "Relationship" if attributes.get("TargetMode") == "External":
                # An e-mail address in a cell is a link, but reading does not follow it.
                if not attributes.get("Type", "").endswith("/hyperlink"):
                    raise FileRefused(self._file, message("fetches_from_elsewhere"), PLAIN)

    def _end(self, name: str) -> None:
        if name.rpartition(":")[2] == "sheetData":
            self._in_cells = False

    def _row_number(self, number: str) -> int:
        if not ROW.fullmatch(number):
            raise FileRefused(self._file, message("no_row", number=_shown(number)), AS_XLSX)
        return int(number)

    def _reach(self, reference: str) -> None:
        """Record a cell by its reference, or as the next one in its row where it has none."""
        if found := REFERENCE.fullmatch(reference):
            self._column, self._row = column_number(found[1]), int(found[2])
        elif reference:
            raise FileRefused(self._file, message("no_cell", reference=_shown(reference)), AS_XLSX)
        limits = self._limits
        self._widest, self._lowest = max(self._widest, self._column), max(self._lowest, self._row)
        if self._lowest > limits.rows:
            raise self._too_large(message("reaches_beyond_row", most=limits.rows))
        if self._widest > limits.columns:
            raise self._too_large(message("reaches_beyond_column", most=limits.columns))
        if self._widest * self._lowest > limits.cells:
            raise self._too_large(message("spans_more_cells", most=limits.cells))

    def _too_large(self, problem: Message) -> FileTooLarge:
        remedy = message("delete_empty_cells")
        return FileTooLarge(
            f"{self._file} [{_shown(self._part)}]", problem, remedy, self._row, str(self._column)
        )


def column_number(letters: str) -> int:
    """Return 1 for A, 27 for AA."""
    number = 0
    for letter in letters.upper():
        number = 26 * number + ord(letter) - ord("A") + 1
    return number


def _shown(name: str) -> str:
    return "".join(sign if sign.isprintable() else "?" for sign in name[:60])
