"""The matching as a table for any spreadsheet: one row for each company that was to be matched."""

from collections.abc import Iterator

import pandas as pd

from api.names import Names
from api.run import Run
from api.wording import sentence
from data.solution import Matching

COLUMNS = (
    "company", "company_name", "district", "buddy", "buddy_name", "one_way_min", "travel_min_per_4_weeks",
    "care_min_per_4_weeks", "common_languages", "kept", "pinned", "reason",
)  # fmt: skip
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


def matching_csv(run: Run, names: Names, matching: Matching) -> bytes:
    """Return the pairs and the companies without a buddy, by company.

    Semicolons and a byte order mark, so that a German spreadsheet opens it as it is. A text that a
    spreadsheet would take for a formula is quoted by an apostrophe.
    """
    table = matching_table(run, names, matching).map(_harmless)
    return table.to_csv(sep=";", index=False, lineterminator="\r\n").encode("utf-8-sig")


def matching_table(run: Run, names: Names, matching: Matching) -> pd.DataFrame:
    """Return the pairs and the companies without a buddy, by company; columns as in `COLUMNS`."""
    rows = pd.DataFrame(_rows(run, names, matching), columns=list(COLUMNS), dtype=object)
    return rows.sort_values("company", ignore_index=True)


def _rows(run: Run, names: Names, matching: Matching) -> Iterator[tuple[str | int, ...]]:
    name = names.name
    district = {company.id: company.district for company in run.problem.companies}
    for pair in matching.pairs:
        yield (
            pair.company, name(pair.company), district.get(pair.company, ""), pair.buddy, name(pair.buddy),
            pair.one_way_min, pair.travel_min, pair.care_min, " ".join(pair.common_languages),
            "yes" if pair.kept else "no", "yes" if pair.pinned else "no",
            sentence(pair.exception, name) if pair.exception else "",
        )  # fmt: skip
    for alone in matching.unassigned:
        yield (
            alone.company, name(alone.company), district.get(alone.company, ""), "", "", "", "", "", "", "no",
            "no", sentence(alone.reason, name),
        )  # fmt: skip


def _harmless(cell: str | int) -> str | int:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_SIGNS) else cell
