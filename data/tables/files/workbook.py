"""Read a workbook into sheets, once the guard has found that it does no harm."""

import io
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from data.base.message import message
from data.model.findings import Finding, Severity
from data.tables.files.csv_file import cannot_be_opened
from data.tables.files.limits import MEGABYTE, FileLimits, FileRefused, FileTooLarge
from data.tables.files.lost_values import LostValues, lost_values
from data.tables.files.sheet import Numbered
from data.tables.files.workbook_guard import inspected_workbook

if TYPE_CHECKING:
    from python_calamine import CalamineSheet


def read_workbook(file: Path, findings: list[Finding]) -> dict[str, list[Numbered]] | None:
    """Read the rows of every sheet by its name.

    None for a workbook that the guard refuses or that cannot be read, which is reported as a finding.
    """
    import python_calamine  # slow to import, and the service reads workbooks seldom

    try:
        content = _guarded(file, FileLimits())
        with python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            lost = lost_values(content)
            return {
                name: _rows(book.get_sheet_by_name(name), lost.get(name, {})) for name in book.sheet_names
            }
    except FileRefused as refused:
        findings.append(refused.finding)
    except OSError as error:
        problem, remedy = cannot_be_opened(error), message("put_xlsx_there")
        findings.append(Finding(Severity.ERROR, file.name, 0, "", "", problem, remedy))
    except (python_calamine.CalamineError, ValueError, OverflowError) as error:
        why = " ".join(str(error).split()) or type(error).__name__
        problem, remedy = message("no_workbook", why=why), message("save_as_xlsx")
        findings.append(Finding(Severity.ERROR, file.name, 0, "", "", problem, remedy))
    return None


def _guarded(file: Path, limits: FileLimits) -> bytes:
    if (size := file.stat().st_size) > limits.upload_bytes:
        problem = message(
            "file_has_size", size_mb=-(-size // MEGABYTE), most_mb=limits.upload_bytes // MEGABYTE
        )
        raise FileTooLarge(file.name, problem, message("delete_other_content"))
    return inspected_workbook(file.name, file.read_bytes(), limits)


def _rows(sheet: "CalamineSheet", lost: LostValues) -> list[Numbered]:
    """Return the rows that hold anything, all of one width, with what stands in cells without a value."""
    above, left = sheet.start or (0, 0)
    rows = {
        number: [""] * left + [_text(cell) for cell in cells]
        for number, cells in enumerate(sheet.to_python(skip_empty_area=True), start=above + 1)
        if any(cell != "" for cell in cells)
    }
    for (number, column), text in lost.items():
        cells = rows.setdefault(number, [])
        cells += [""] * (column - len(cells))
        cells[column - 1] = text
    width = max(map(len, rows.values()), default=0)
    return [(number, rows[number] + [""] * (width - len(rows[number]))) for number in sorted(rows)]


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
