"""The rows of a list: the town without its postcode, examples of our templates passed over."""

import re

from data.model.findings import Finding
from data.reference.words.examples import examples_of
from data.tables.columns import COLUMNS
from data.tables.files.sheet import Sheet
from data.tables.lists.ids import MADE_OF
from data.tables.lists.naming import other_names
from data.tables.rows import Row, rows_of

POSTCODE_TOWN = re.compile(r"(\d{5})[\s,]+(\D.*)")


def rows_of_list(sheet: Sheet, table: str, findings: list[Finding]) -> list[Row] | None:
    """Return the rows of a table with the texts of their cells; None if a needed column is missing.

    The example that a template brings is passed over as long as nobody changes it.
    """
    names, made_of = other_names(table), MADE_OF.get(table, ())
    rows = rows_of(sheet, COLUMNS[table], findings, names, made_of)
    examples = examples_of(table)
    for row in rows or ():
        _split_town(row)
    return rows and [row for row in rows if row.text not in examples]


def _split_town(row: Row) -> None:
    """Take the postcode out of the town: `06108 Halle`."""
    town = row.text.get("town", "")
    if town[:1].isdigit() and not row.text.get("postcode") and (match := POSTCODE_TOWN.fullmatch(town)):
        row.instead("postcode", match[1])
        row.instead("town", match[2])
