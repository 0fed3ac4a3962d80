"""Findings of files beside their cells, which are corrected there; what was corrected stays in sight."""

import json
from collections.abc import Mapping, Sequence

from api.http.programme.imports import Corrected
from api.pages.desk.frame.elements import data, heading, html, part, table
from api.pages.desk.frame.page import Desk
from api.words.findings import FindingAnswer, problem_and_remedy
from api.words.speaker import Speaker
from data.model.findings import ROWS_NAMED, Severity

MOST_SHOWN = 300
OF_A_HEADER = {"missing", "no_column", "there_twice"}
"""What is wrong with a column as a whole, which no other text in a cell would mend."""
CORRECTABLE = {Severity.ERROR, Severity.WARNING}
Cell = tuple[str, int, str]
"""File, row and column of a cell, as findings name them."""


def show_findings(
    desk: Desk, findings: Sequence[FindingAnswer], corrected: Sequence[Corrected], taken: bool
) -> bool:
    """Show findings, and cells that were corrected; until the files are taken, both can be changed.

    Return whether there is a cell to correct.
    """
    say, shown = desk.say, findings[:MOST_SHOWN]
    before = {} if taken else {_cell(each): each for each in corrected}
    to_correct = [each for each in shown if not taken and _correctable(each)]
    if findings:
        heading(say.t("desk_findings"))
        if to_correct:
            part("p", say.t("desk_correct_text"), "muted")
        html(_findings(say, shown, before, taken), "corrections")
    if len(findings) > MOST_SHOWN:
        part("p", say.t("desk_more_findings", count=say.number(len(findings) - MOST_SHOWN)), "muted")
    still_wrong = {(each.file, row, each.column) for each in to_correct for row in each.rows}
    if settled := [each for cell, each in before.items() if cell not in still_wrong]:
        heading(say.t("desk_corrected"))
        part("p", say.t("desk_corrected_text"), "muted")
        html(_settled(say, settled), "corrections")
    return bool(to_correct or settled)


def _cell(of: Corrected) -> Cell:
    return of.file, of.row, of.column


def _correctable(finding: FindingAnswer) -> bool:
    in_a_cell = finding.row and finding.column and not finding.file.endswith(".toml")
    return bool(in_a_cell) and finding.severity in CORRECTABLE and finding.code not in OF_A_HEADER


def _findings(
    say: Speaker, findings: Sequence[FindingAnswer], before: Mapping[Cell, Corrected], taken: bool
) -> str:
    keys = ("severity", "file", "row", "column", "value", "problem", "remedy")
    rows = []
    for each in findings:
        problem, remedy = problem_and_remedy(each, say.language)
        cells = [(each.file, row, each.column) for row in each.rows]
        was = [before[cell].was if cell in before else each.value for cell in cells]
        value = f"<code>{data(each.value)}</code>"
        if not taken and _correctable(each):
            value = _field(say, cells, was, each.value)
        rows.append(
            (
                f'<span class="outcome {each.severity}">{data(say.t(f"desk_{each.severity}"))}</span>',
                data(each.file),
                data(_rows(each, say)),
                data(each.column or "–"),
                value,
                data(problem),
                data(remedy),
            )
        )
    return table(say.t("desk_findings"), [say.t(f"desk_finding_{key}") for key in keys], rows)


def _settled(say: Speaker, corrected: Sequence[Corrected]) -> str:
    keys = (
        "desk_finding_file", "desk_finding_row", "desk_finding_column",
        "desk_corrected_was", "desk_corrected_now",
    )  # fmt: skip
    rows = [
        (
            data(each.file),
            data(say.number(each.row)),
            data(each.column),
            f"<code>{data(each.was or '–')}</code>",
            _field(say, [_cell(each)], [each.was], each.value),
        )
        for each in corrected
    ]
    return table(say.t("desk_corrected"), [say.t(key) for key in keys], rows)


def _field(say: Speaker, cells: Sequence[Cell], was: Sequence[str], value: str) -> str:
    """Return a field whose text is read in these cells, if it is another one than what was there."""
    named = [
        {"file": file, "row": row, "column": column, "was": text}
        for (file, row, column), text in zip(cells, was, strict=True)
    ]
    _, row, column = cells[0]
    label = say.t("desk_correct_cell", column=column, row=say.number(row))
    return (
        f'<input class="corrected" value="{data(value)}" data-cells="{data(json.dumps(named))}" '
        f'aria-label="{data(label)}">'
    )


def _rows(finding: FindingAnswer, say: Speaker) -> str:
    named = ", ".join(map(str, finding.rows[: 1 + ROWS_NAMED])) if finding.row else "–"
    more = finding.count - 1 - ROWS_NAMED
    return say.t("desk_finding_rows", rows=named, more=say.number(more)) if more > 0 else named
