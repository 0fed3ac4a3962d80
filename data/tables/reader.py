"""Read a folder of CSV files, or one workbook, into sheets of text with row numbers as a person sees them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from data.base.message import Message, message
from data.model.findings import Finding, Severity
from data.reference.words.headers import table_meant
from data.tables.columns import COLUMNS
from data.tables.files.csv_file import cannot_be_opened, numbered_rows
from data.tables.files.sheet import Sheet
from data.tables.files.workbook import read_workbook
from data.tables.lists.corrected import CorrectedCell, with_corrections
from data.tables.lists.mapping import UnknownHeaders, unknown_headers
from data.tables.lists.naming import ByHand, naming_of, naming_of_either
from data.tables.lists.recognised import Raw, tables_of

POLICY = "policy.toml"
INVENTED = "INVENTED.md"
# Files beside the tables that other modules read: policy, candidate positions, reference of another state.
BESIDE = {POLICY, "positions.csv", "districts.geojson", "municipalities.csv", "postcodes.csv"}
OF_A_RUN = {"manifest.json", "problem.json"}
"""Files that every computed run has, and no folder of tables; its tables for people look much like lists."""


@dataclass(frozen=True)
class Source:
    """The files at a path: sheets by table, the names of their files, and their folder.

    A table that exists but could not be read has None as its sheet. `unread` are files and sheets that are
    no table.
    """

    sheets: Mapping[str, Sheet | None]
    labels: Mapping[str, str]
    folder: Path
    findings: tuple[Finding, ...]
    unread: tuple[Raw, ...] = ()
    book: str = ""

    @property
    def policy(self) -> Path | None:
        """The policy file beside the tables, if there is one."""
        return self.folder / POLICY if _there(self.folder / POLICY) else None

    @property
    def invented(self) -> bool:
        """Whether a note beside the tables says that all people in them are invented."""
        return says_invented(self.folder)

    @property
    def unknown(self) -> tuple[UnknownHeaders, ...]:
        """The headers that are not known, table by table; what they mean may be said by hand."""
        return unknown_headers(self.sheets, self.unread)

    def label(self, table: str) -> str:
        """Return the name of a table's file for findings, whether or not it exists."""
        return self.labels.get(table) or (f"{self.book} [{table}]" if self.book else f"{table}.csv")


def says_invented(folder: Path) -> bool:
    """Return whether a note beside tables says that all people in them are invented."""
    return _there(folder / INVENTED)


def find_source(path: Path, by_hand: ByHand | None = None, corrected: Sequence[CorrectedCell] = ()) -> Source:
    """Read every table at a path: a folder of CSV files or workbooks, one workbook, or one CSV file.

    What headers mean may be said by hand, and cells may be corrected. Never raises for the content of a file;
    what cannot be read is a finding and has no sheet. Raises `BuddyplanError` for a corrected cell that
    is not there.
    """
    if not _there(path):
        return _nothing(path, message("does_not_exist"), message("give_folder_or_workbook"))
    if not path.is_dir():
        if path.suffix.lower() == ".xlsx":
            return _workbooks([path], by_hand, [], corrected)
        if path.suffix.lower() == ".csv":
            return _csv_files(path.parent, [path], by_hand, [], corrected)
        return _nothing(path, message("no_folder_or_workbook"), message("give_folder_of_files"))
    try:
        files = sorted(file for file in path.iterdir() if not file.name.startswith((".", "~$")))
    except OSError as error:
        return _nothing(path, cannot_be_opened(error), message("give_readable_folder"))
    return _in_folder(path, files, by_hand, corrected)


def _in_folder(
    path: Path, files: Sequence[Path], by_hand: ByHand | None, corrected: Sequence[CorrectedCell]
) -> Source:
    if not OF_A_RUN.isdisjoint(file.name for file in files):
        return _nothing(path, message("is_a_run"), message("check_run_or_give_tables"))
    findings = [
        Finding(Severity.WARNING, file.name, 0, "", "", message("not_read"), tables_are())
        for file in files
        if file.is_file() and not (file.name in BESIDE or file.suffix.lower() in {".csv", ".xlsx", ".md"})
    ]
    tables = [file for file in files if file.suffix.lower() == ".csv" and file.name not in BESIDE]
    books = [file for file in files if file.suffix.lower() == ".xlsx"]
    if books and not any(table_meant(file.stem, loosely=True) for file in tables):
        findings += [_unread(file, tables_are()) for file in tables]
        if not _are_tables(books):
            one = message("one_workbook_is_read", file=books[0].name)
            findings += [_unread(file, one) for file in books[1:]]
            books = books[:1]
        return _workbooks(books, by_hand, findings, corrected)
    findings += [_unread(file, message("csv_files_are_read")) for file in books]
    return _csv_files(path, tables, by_hand, findings, corrected)


def tables_are() -> Message:
    """Return the remedy that names the tables."""
    return message("tables_are", tables=tuple(COLUMNS))


def _there(path: Path) -> bool:
    """Return whether a path exists; False if access is denied or the path is invalid."""
    try:
        return path.exists()
    except OSError:
        return False


def _nothing(path: Path, problem: Message, remedy: Message) -> Source:
    finding = Finding(Severity.ERROR, path.name or str(path), 0, "", "", problem, remedy)
    return Source(dict.fromkeys(COLUMNS), {}, path, (finding,))


def _unread(file: Path, remedy: Message) -> Finding:
    return Finding(Severity.WARNING, file.name, 0, "", "", message("not_read"), remedy)


def _csv_files(
    folder: Path,
    files: Sequence[Path],
    by_hand: ByHand | None,
    findings: list[Finding],
    corrected: Sequence[CorrectedCell],
) -> Source:
    raws, said = [], dict[str, list[Finding]]()
    for file in files:
        table = table_meant(file.stem, loosely=True)
        naming = naming_of(table, file.name, by_hand) if table else naming_of_either
        said[file.name] = []
        raws.append(Raw(file.stem, file.name, numbered_rows(file, naming, said[file.name])))
    sheets, labels, unread = tables_of(with_corrections(raws, corrected), by_hand, tables_are(), findings)
    unneeded = {raw.label for raw in unread}
    findings += [each for name, found in said.items() if name not in unneeded for each in found]
    return Source(sheets, labels, folder, tuple(findings), unread)


def _workbooks(
    files: Sequence[Path],
    by_hand: ByHand | None,
    findings: list[Finding],
    corrected: Sequence[CorrectedCell],
) -> Source:
    """Read the sheets of one workbook, or of several that are each named after another table."""
    folder, name = files[0].parent, files[0].name
    raws: list[Raw] = []
    for file in files:
        found = read_workbook(file, findings)
        if found is None:
            return Source(dict.fromkeys(COLUMNS), {}, folder, tuple(findings), book=name)
        filled = [sheet for sheet, rows in found.items() if rows]
        for sheet, rows in found.items():
            # A sheet that says nothing by its name is what its file is called.
            alone = filled == [sheet] and not table_meant(sheet, loosely=True)
            called = file.stem if alone and table_meant(file.stem, loosely=True) else sheet.strip()
            raws.append(Raw(called, f"{file.name} [{sheet.strip()}]", rows))
    otherwise = message("sheets_are", sheets=tuple(COLUMNS))
    sheets, labels, unread = tables_of(with_corrections(raws, corrected), by_hand, otherwise, findings)
    return Source(sheets, labels, folder, tuple(findings), unread, name)


def _are_tables(books: Sequence[Path]) -> bool:
    """Return whether each of several workbooks is named after another table."""
    named = [table_meant(book.stem, loosely=True) for book in books]
    return all(named) and len(set(named)) == len(named)
