"""The limits of files that are read, and the errors that refuse one: too large, of a wrong type, unsafe."""

from dataclasses import dataclass, fields
from typing import ClassVar

from data.base.errors import BuddyplanError
from data.base.message import Message
from data.model.findings import Finding, Severity, finding_message

MEGABYTE = 1_000_000


@dataclass(frozen=True)
class FileLimits:
    """The most that an upload, or a workbook in a folder, may hold; rows, columns, cells of any one table.

    Sizes are bytes; `ratio` is unpacked over packed size of any part of a workbook. `cells` is rows times
    columns, as reading a workbook fills the whole rectangle, however few of its cells hold anything. Raises
    ValueError for a limit below 1.
    """

    upload_bytes: int = 20 * MEGABYTE
    unpacked_bytes: int = 200 * MEGABYTE
    ratio: int = 200
    files: int = 20
    entries: int = 500
    rows: int = 50_000
    columns: int = 256
    cells: int = 2_000_000

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            if value < 1:
                raise ValueError(f"{field.name} must be at least 1, got {value}")


class FileRefused(BuddyplanError):
    """A file is refused, as `finding` says; its row is 0 where the whole file is meant."""

    kind: ClassVar[str] = "upload_refused"

    def __init__(self, file: str, problem: Message, remedy: Message, row: int = 0, column: str = "") -> None:
        self.finding = Finding(Severity.ERROR, file, row, column, "", problem, remedy)
        super().__init__(finding_message(self.finding))


class FileTooLarge(FileRefused):
    """A file or an upload, or what it unpacks to, is over one of the limits."""

    http_status: ClassVar[int] = 413
    kind: ClassVar[str] = "upload_too_large"


class WrongFileType(FileRefused):
    """A file is not one of a programme's files, or its content does not match its extension."""

    http_status: ClassVar[int] = 415
    kind: ClassVar[str] = "wrong_file_type"
