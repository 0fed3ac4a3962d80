"""Read a folder of CSV files, or one workbook, into sheets of text with row numbers as a person sees them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from data.base.message import Message, message
from data.model.findings import Finding, Severity, meant
from data.tables.columns import COLUMNS
from data.tables.files.csv_file import cannot_be_opened, read_sheet
from data.tables.files.sheet import Sheet
from data.tables.files.workbook import read_workbook

POLICY = "policy.toml"
INVENTED = "INVENTED.md"
# Files beside the tables that other modules read: policy, candidate positions, reference of another state.
BESIDE = {POLICY, "positions.csv", "districts.geojson", "municipalities.csv", "postcodes.csv"}
NAMES = {table: tuple(column.name for column in columns) for table, columns in COLUMNS.items()}
OF_A_RUN = {"manifest.json", "problem.json"}
"""Files that every computed run has."""


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
    if not path.is_dir():
        if path.suffix.lower() == ".xlsx":
            return _workbook(path, [])
        return _nothing(path, message("no_folder_or_workbook"), message("give_folder_of_files"))
    try:
        files = sorted(file for file in path.iterdir() if not file.name.startswith((".", "~$")))
    except OSError as error:
        return _nothing(path, cannot_be_opened(error), message("give_readable_folder"))
    return _in_folder(path, files)


def _in_folder(path: Path, files: Sequence[Path]) -> Source:
    if {file.name for file in files} >= OF_A_RUN:
        return _nothing(path, message("is_a_run"), message("check_run_or_give_tables"))
    findings = [_unread(file, None) for file in files if _unknown(file)]
    tables = [file for file in files if _names_a_table(file)]
    books = [file for file in files if file.suffix.lower() == ".xlsx"]
    if books and not tables:
        findings += [_unread(file, message("one_workbook_is_read", file=books[0].name)) for file in books[1:]]
        return _workbook(books[0], findings)
    findings += [_unread(file, message("csv_files_are_read")) for file in books]
    return Source(_folder(tables, findings), {}, path, tuple(findings))


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
        sheets[table] = read_sheet(file, NAMES[table], findings)
    return sheets


def _workbook(file: Path, findings: list[Finding]) -> Source:
    labels = {table: f"{file.name} [{table}]" for table in COLUMNS}
    sheets = read_workbook(file, NAMES, findings)
    return Source(sheets, labels, file.parent, tuple(findings))
