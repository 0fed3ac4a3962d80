"""The matching as a table for any spreadsheet: one row per company to match."""

import re
from collections.abc import Iterator

import pandas as pd

from api.run.names import Names
from api.run.run import Run
from api.words.language import Language
from api.words.reasons import reason_words
from data.results.solution import Matching

COLUMNS = (
    "company", "company_name", "district", "buddy", "buddy_name", "one_way_min", "travel_min_per_4_weeks",
    "care_min_per_4_weeks", "common_languages", "kept", "pinned", "reason",
)  # fmt: skip
FORMULA = re.compile(r"(^|[;,])(?=\s*[=+\-@＝＋－＠])")
"""Where a spreadsheet sees a formula: at the start of a text, and after another locale's cell separator."""


def matching_csv(run: Run, names: Names, matching: Matching, language: Language) -> bytes:
    """Return the pairs and the companies without a buddy, by company, with the reasons in a language.

    Semicolons and a byte order mark let a German spreadsheet open it directly. Text that a spreadsheet would
    take for a formula, also one that separates cells by commas, gets an apostrophe before it, and each text
    is one line.
    """
    table = matching_table(run, names, matching, language).map(_harmless)
    return table.to_csv(sep=";", index=False, lineterminator="\r\n").encode("utf-8-sig")


def matching_table(run: Run, names: Names, matching: Matching, language: Language) -> pd.DataFrame:
    """Return the pairs and the companies without a buddy, by company; columns as in `COLUMNS`."""
    rows = pd.DataFrame(_rows(run, names, matching, language), columns=list(COLUMNS), dtype=object)
    return rows.sort_values("company", ignore_index=True)


def _rows(run: Run, names: Names, matching: Matching, language: Language) -> Iterator[tuple[str | int, ...]]:
    name = names.name
    district = {company.id: company.district for company in run.problem.companies}
    for pair in matching.pairs:
        yield (
            pair.company, name(pair.company), district.get(pair.company, ""), pair.buddy, name(pair.buddy),
            pair.one_way_min, pair.travel_min, pair.care_min, " ".join(pair.common_languages),
            "yes" if pair.kept else "no", "yes" if pair.pinned else "no",
            reason_words(pair.exception, name, language) if pair.exception else "",
        )  # fmt: skip
    for alone in matching.unassigned:
        yield (
            alone.company, name(alone.company), district.get(alone.company, ""), "", "", "", "", "", "", "no",
            "no", reason_words(alone.reason, name, language),
        )  # fmt: skip


def _harmless(cell: str | int) -> str | int:
    return FORMULA.sub(r"\1'", " ".join(cell.split())) if isinstance(cell, str) else cell
