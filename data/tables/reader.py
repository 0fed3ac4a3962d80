"""Read a folder of CSV files, or one workbook, into sheets of text with row numbers as a person sees them."""

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

import python_calamine

from data.base.message import Message, message
from data.model.findings import Finding, Severity, meant
from data.tables.columns import COLUMNS

POLICY = "policy.toml"
INVENTED = "INVENTED.md"
# Files beside the tables that other modules read: policy, candidate positions, reference of another state.
BESIDE = {POLICY, "positions.csv", "districts.geojson", "municipalities.csv", "postcodes.csv"}
DELIMITERS = ",;\t"
LONGEST_CELL = 10_000


@dataclass(frozen=True)
class Sheet:
    """One table as text: `file` is its name in findings; the header, and the non-empty rows, numbered."""

    file: str
    header: list[str]
    rows: list[tuple[int, list[str]]]


@dataclass(frozen=True)
class Source:
    """The files at a path: sheets by table, the names of their files, and their folder.

    A table that exists but could not be read has None as its sheet.
    """

    sheets: Mapping[str, Sheet | None]
    labels: Mapping[str, str]
    folder: Path
    findings: tuple[Finding, ...]

    @property
    def policy(self) -> Path | None:
        """The policy file beside the tables, if there is one."""
        return self.folder / POLICY if _there(self.folder / POLICY) else None

    @property
    def invented(self) -> bool:
        """Whether a note beside the tables says that all people in them are invented."""
        return _there(self.folder / INVENTED)

    def label(self, table: str) -> str:
        """Return the name of a table's file for findings, whether or not it exists."""
        return self.labels.get(table, f"{table}.csv")


def find_source(path: Path) -> Source:
    """Read every table at a path: a folder of CSV files, a workbook, or a folder with one workbook.

    Never raises for the content of a file; what cannot be read is a finding and has no sheet.
    """
    if not _there(path):
        return _nothing(path, message("does_not_exist"), message("give_folder_or_workbook"))
    findings: list[Finding] = []
    if not path.is_dir():
        if path.suffix.lower() == ".xlsx":
            return _workbook(path, findings)
        return _nothing(path, message("no_folder_or_workbook"), message("give_folder_of_files"))
    try:
        files = sorted(file for file in path.iterdir() if not file.name.startswith((".", "~$")))
    except OSError as error:
        return _nothing(path, _cannot_be_opened(error), message("give_readable_folder"))
    findings += [_unread(file, None) for file in files if _unknown(file)]
    tables = [file for file in files if _names_a_table(file)]
    books = [file for file in files if file.suffix.lower() == ".xlsx"]
    if books and not tables:
        findings += [_unread(file, message("one_workbook_is_read", file=books[0].name)) for file in books[1:]]
        return _workbook(books[0], findings)
    findings += [_unread(file, message("csv_files_are_read")) for file in books]
    return Source(_folder(tables, findings), {}, path, tuple(findings))


def read_sheet(file: Path, findings: list[Finding]) -> Sheet | None:
    """Read a single CSV file; None if it cannot be read or is empty, which is reported as a finding."""
    try:
        rows = _parsed(_decoded(file, findings))
    except _UnreadableError as error:
        findings.append(Finding(Severity.ERROR, file.name, error.row, "", "", error.problem, error.remedy))
        return None
    return _sheet(file.name, rows, findings)


def _names_a_table(file: Path) -> bool:
    return file.suffix.lower() == ".csv" and file.stem.lower() in COLUMNS


def _unknown(file: Path) -> bool:
    """Return whether no module reads a file; folders and notes are not reported."""
    known = file.name in BESIDE or file.suffix.lower() in {".xlsx", ".md"} or _names_a_table(file)
    return file.is_file() and not known


def _there(path: Path) -> bool:
    """Return whether a path exists; False if access is denied or the path is invalid."""
    try:
        return path.exists()
    except OSError:
        return False


def _cannot_be_opened(error: OSError) -> Message:
    return message("cannot_be_opened", why=error.strerror or type(error).__name__)


def _nothing(path: Path, problem: Message, remedy: Message) -> Source:
    finding = Finding(Severity.ERROR, path.name or str(path), 0, "", "", problem, remedy)
    return Source(dict.fromkeys(COLUMNS), {}, path, (finding,))


def _unread(file: Path, why: Message | None) -> Finding:
    remedy = why or meant(file.stem, COLUMNS, message("tables_are", tables=tuple(COLUMNS)))
    return Finding(Severity.WARNING, file.name, 0, "", "", message("not_read"), remedy)


def _folder(files: Iterable[Path], findings: list[Finding]) -> dict[str, Sheet | None]:
    sheets: dict[str, Sheet | None] = {}
    for file in files:
        table = file.stem.lower()
        if table in sheets:
            problem, remedy = message("file_twice"), message("keep_one_file")
            findings.append(Finding(Severity.ERROR, file.name, 0, "", "", problem, remedy))
            continue
        sheets[table] = read_sheet(file, findings)
    return sheets


class _UnreadableError(Exception):
    def __init__(self, problem: Message, remedy: Message, row: int = 0) -> None:
        super().__init__(str(problem))
        self.problem, self.remedy, self.row = problem, remedy, row


def _decoded(file: Path, findings: list[Finding]) -> str:
    """Return a file's text: UTF-8 with or without BOM, else cp1252, as older German programs write it."""
    try:
        raw = file.read_bytes()
    except OSError as error:
        raise _UnreadableError(_cannot_be_opened(error), message("put_csv_there")) from None
    if raw.startswith(b"PK\x03\x04"):
        raise _UnreadableError(message("workbook_not_csv"), message("save_as_csv_or_xlsx"))
    if b"\0" in raw:
        raise _UnreadableError(message("nul_bytes"), message("save_as_csv"))
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = raw[: error.start].count(b"\n") + 1
    try:
        text = raw.decode("cp1252")
    except UnicodeDecodeError:
        raise _UnreadableError(message("unknown_encoding"), message("save_as_csv"), row) from None
    problem, remedy = message("read_as_cp1252"), message("check_umlauts")
    findings.append(Finding(Severity.REPAIRED, file.name, row, "", "", problem, remedy))
    return text


def _parsed(text: str) -> list[list[str]]:
    """Return all rows, with blank rows empty; the delimiter is detected from the header."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        return list(reader)
    except csv.Error as error:
        problem = message("cannot_be_read_here", why=str(error))
        raise _UnreadableError(problem, message("check_quotation_marks"), reader.line_num) from None


def _workbook(file: Path, findings: list[Finding]) -> Source:
    labels = {table: f"{file.name} [{table}]" for table in COLUMNS}
    sheets: dict[str, Sheet | None] = {}
    try:
        with python_calamine.CalamineWorkbook.from_path(file) as book:
            for name in book.sheet_names:
                table = name.strip().lower()
                if table not in COLUMNS:
                    remedy = meant(table, COLUMNS, message("sheets_are", sheets=tuple(COLUMNS)))
                    label, problem = f"{file.name} [{name}]", message("not_read")
                    findings.append(Finding(Severity.WARNING, label, 0, "", "", problem, remedy))
                    continue
                cells = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
                rows = [[_text(cell) for cell in row] for row in cells]
                sheets[table] = _sheet(labels[table], rows, findings)
    except (python_calamine.CalamineError, OSError, ValueError, OverflowError) as error:
        why = " ".join(str(error).split()) or type(error).__name__
        problem, remedy = message("no_workbook", why=why), message("save_as_xlsx")
        findings.append(Finding(Severity.ERROR, file.name, 0, "", "", problem, remedy))
        sheets = dict.fromkeys(COLUMNS)
    return Source(sheets, labels, file.parent, tuple(findings))


def _text(cell: object) -> str:
    """Return a workbook cell as a person would have typed it: no `.0` and no midnight."""
    match cell:
        case bool():
            return "yes" if cell else "no"
        case float():
            return str(int(cell)) if cell.is_integer() else repr(cell)
        case datetime():
            rounded = (cell + timedelta(milliseconds=500)).replace(microsecond=0)
            return rounded.date().isoformat() if rounded.time() == time() else rounded.isoformat(" ")
        case date():
            return cell.isoformat()
        case time():
            return cell.strftime("%H:%M")
        case _:
            return str(cell)


def _sheet(file: str, rows: list[list[str]], findings: list[Finding]) -> Sheet | None:
    """Use the first row that is not blank as the header; row numbers include blank rows."""
    numbered = [(i, [cell.strip() for cell in row]) for i, row in enumerate(rows, start=1)]
    filled = [(number, row) for number, row in numbered if any(row)]
    if not filled:
        problem, remedy = message("empty"), message("give_header")
        findings.append(Finding(Severity.ERROR, file, 0, "", "", problem, remedy))
        return None
    top, header = filled[0]
    header = [name.lower().replace(" ", "_") for name in header]
    while header and not header[-1]:
        header.pop()
    findings += _ragged(file, top, len(header), filled[1:])
    return Sheet(file, header, filled[1:])


def _ragged(file: str, top: int, width: int, rows: Iterable[tuple[int, list[str]]]) -> Iterable[Finding]:
    for number, row in rows:
        cells = max(
            (i for i, cell in enumerate(row, start=1) if cell and i > width), default=min(len(row), width)
        )
        if cells != width:
            problem = message("ragged", cells=cells, top=top, width=width)
            remedy = message("add_separators" if cells < width else "quote_separators")
            yield Finding(Severity.ERROR, file, number, "", "", problem, remedy)
        for cell in row:
            if "\0" in cell or len(cell) > LONGEST_CELL:
                problem, remedy = message("no_text"), message("clear_cell")
                yield Finding(Severity.ERROR, file, number, "", cell[:40], problem, remedy)
