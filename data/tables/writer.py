"""Write a programme's tables in the reader's format: a folder of CSV files, or one workbook."""

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

from data.tables.columns import COLUMNS

Texts = Mapping[str, Sequence[Mapping[str, str]]]
"""The rows of each table, as text by column; missing columns are empty."""


def write_tables(folder: Path, tables: Texts) -> None:
    """Write one CSV file per table (UTF-8, commas, line feeds); the same rows give the same bytes.

    The columns are those of `COLUMNS` that any row uses or that are needed, in that order. Raises ValueError
    for a table or column that is not in `COLUMNS`.
    """
    laid_out = {table: (_used(table, rows), rows) for table, rows in tables.items()}
    folder.mkdir(parents=True, exist_ok=True)
    for table, (columns, rows) in laid_out.items():
        with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as lines:
            writer = csv.writer(lines, lineterminator="\n")
            writer.writerow(columns)
            writer.writerows([row.get(column, "") for column in columns] for row in rows)


def write_xlsx_tables(path: Path, tables: Texts) -> None:
    """Write one workbook with a sheet per table, every cell as text, so that codes keep leading zeros.

    Raises ValueError for a table or column that is not in `COLUMNS`.
    """
    laid_out = {table: (_used(table, rows), rows) for table, rows in tables.items()}
    import xlsxwriter

    with xlsxwriter.Workbook(str(path), {"strings_to_numbers": False, "strings_to_formulas": False}) as book:
        for table, (columns, rows) in laid_out.items():
            sheet = book.add_worksheet(table)
            sheet.freeze_panes(1, 0)
            for j, column in enumerate(columns):
                sheet.write_string(0, j, column)
                for i, row in enumerate(rows, start=1):
                    sheet.write_string(i, j, row.get(column, ""))


def _used(table: str, rows: Sequence[Mapping[str, str]]) -> list[str]:
    if table not in COLUMNS:
        raise ValueError(f'"{table}" is no table of a programme; the tables are {", ".join(COLUMNS)}')
    used = {name for row in rows for name, text in row.items() if text}
    unknown = used - {column.name for column in COLUMNS[table]}
    if unknown:
        raise ValueError(f"{table} has no column {', '.join(sorted(unknown))}")
    return [column.name for column in COLUMNS[table] if column.name in used or column.needed]
