"""The lists of an office, as it keeps them: a workbook with German names, and five faults."""

from pathlib import Path

import xlsxwriter

from tests.api.http.test_office_by_hand import BUDDIES, FAULTS, GERMAN, in_the_list

BUDDY_HEADERS = {
    "Name": "name",
    "PLZ": "postcode",
    "Wohnort": "town",
    "Mandat": "mandate",
    "Max. Betriebe": "max_companies",
    "Landkreise": "districts",
    "Sprachen": "languages",
}
COMPANIES = 20


def of_the_office(folder: Path) -> Path:
    """Write the four buddies who are not entered by hand and twenty companies; return the workbook."""
    companies = [in_the_list(number) for number in range(COMPANIES)]
    for at, (column, text) in FAULTS.items():
        companies[at][column] = text
    buddies = [[str(each[name]) for name in BUDDY_HEADERS.values()] for each in BUDDIES[1:]]
    sheets = {"Betriebe": [list(GERMAN), *companies], "Buddys": [list(BUDDY_HEADERS), *buddies]}
    path = folder / "Unsere Listen.xlsx"
    with xlsxwriter.Workbook(path) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, row)
    return path
