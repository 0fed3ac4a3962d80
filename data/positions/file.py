"""The file `positions.csv`: candidate positions, read with findings and written for people."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from data.base.message import message
from data.geo.gazetteer import Gazetteer
from data.model.findings import Finding, Severity, listed, meant
from data.model.problem import Point, Problem
from data.positions.position import Position
from data.tables.cells import ID
from data.tables.checks.tables import check_buddies, check_spans
from data.tables.column import Column, table_of
from data.tables.columns import COLUMNS
from data.tables.entities import buddies
from data.tables.files.csv_file import read_sheet
from data.tables.files.sheet import exactly
from data.tables.places import locate
from data.tables.rows import Row, apply_default_week, read_rows

POSITIONS = table_of(
    "positions",
    Column("bundle", ID),
    *(column for column in COLUMNS["buddies"] if column.name not in {"name", "street"}),
)
"""The columns: those of a buddy except name and street, and the bundle."""


@dataclass(frozen=True)
class PositionReading:
    """The positions that were read; none if any finding is an error."""

    positions: tuple[Position, ...]
    findings: tuple[Finding, ...]


def read_positions(path: Path, problem: Problem, gazetteer: Gazetteer) -> PositionReading:
    """Read candidate positions for a problem; every problem in the file becomes a finding.

    Ids must be new: no buddy, company or place of the problem may have them. Raises what `Gazetteer.find`
    raises.
    """
    findings: list[Finding] = []
    sheet = read_sheet(path, exactly([column.name for column in POSITIONS]), findings)
    rows = read_rows(sheet, POSITIONS, findings) if sheet else None
    if rows == []:
        wrong, remedy = message("no_rows"), message("add_one")
        findings.append(Finding(Severity.ERROR, path.name, 0, "", "", wrong, remedy))
    rows, points = rows or [], dict[str, Point]()
    for row in rows:
        apply_default_week(row)
        point = locate(row, gazetteer)
        if point is not None:
            points[row["id"]] = point
    districts = [district.ags for district in problem.programme.districts]
    tables = {name: rows if name == "buddies" else [] for name in COLUMNS}
    check_spans(tables)
    check_buddies(tables, districts)
    _check_ids(rows, problem)
    if any(finding.severity is Severity.ERROR for finding in findings):
        return PositionReading((), listed(findings))
    bundle = {row["id"]: row["bundle"] for row in rows}
    made = (Position(buddy=each, bundle=bundle[each.id]) for each in buddies(tables, points, districts))
    return PositionReading(tuple(made), listed(findings))


def _check_ids(rows: Iterable[Row], problem: Problem) -> None:
    """Check that each id names one position and nothing existing, and that hosts are those of the problem."""
    first: dict[str, Row] = {}
    there = {key.casefold() for key in (*problem.buddy, *problem.company, *problem.place)}
    for row in rows:
        key = row["id"].casefold()
        before = first.setdefault(key, row)
        if before is not row:
            row.error(
                "id",
                message("same_id", row=message("row_here", row=before.number)),
                message("own_position_id"),
            )
        if key and key in there:
            row.error("id", message("id_of_somebody"), message("own_position_id"))
        if row["host"] and row["host"] not in problem.host:
            remedy = meant(row["host"], problem.host, message("add_to_table", tables="hosts"))
            row.error("host", message("not_in_table", tables="hosts"), remedy)


def write_positions(file: TextIO, rows: Iterable[Mapping[str, str]]) -> None:
    """Write positions as CSV, with the columns that any row uses; the same rows give the same text."""
    listed_rows = list(rows)
    used = {name for row in listed_rows for name, text in row.items() if text} | {"id"}
    columns = [column.name for column in POSITIONS if column.name in used]
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([row.get(column, "") for column in columns] for row in listed_rows)
