"""One Excel list of companies is enough to begin: company, buddy in charge, last contact."""

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from api.words.findings import finding_sentence
from data.base.dates import parse_week
from data.model.findings import Severity
from data.model.vocabulary import CareMode, Outcome
from scheduling.cadence.rhythm import Chains
from tests.data.tables.lists.lists import BUDDYS, Grid, book_of, csv_of, noted, problem_in, read_lists
from tests.data.tables.sheets import read

LIST: Grid = [
    ["Betrieb", "PLZ", "Ort", "Betreut von", "Letzter Kontakt"],
    ["Bäckerei Müller", "06108", "Halle (Saale)", "Anna Berg", date(2026, 11, 18)],
    ["Gasthof Post", "39104", "Magdeburg", "Müller, Jörg", ""],
]


@pytest.mark.parametrize("name", ["Tabelle1", "Sheet1", "Betriebe", "Unsere KMU im Norden", "2026"])
def test_a_list_that_fits_is_one_of_companies_whatever_its_sheet_is_called(tmp_path: Path, name: str) -> None:
    found = read(book_of(tmp_path / "liste.xlsx", {name: LIST, "Tabelle2": [], "Buddys": BUDDYS}))
    assert [company.id for company in problem_in(found).companies] == ["baeckerei-mueller", "gasthof-post"]
    assert {finding.severity for finding in found.findings} == {Severity.REPAIRED}


def test_both_lists_are_told_apart_by_their_headers(tmp_path: Path) -> None:
    found = problem_in(read(book_of(tmp_path / "x.xlsx", {"Tabelle1": BUDDYS, "Tabelle2": LIST})))
    assert ([b.id for b in found.buddies], len(found.companies)) == (["anna", "jm"], 2)


def test_a_csv_file_of_any_name_is_read_by_its_headers(tmp_path: Path) -> None:
    csv_of(tmp_path / "Export KW 12.csv", LIST)
    csv_of(tmp_path / "Buddys.csv", BUDDYS)
    assert len(problem_in(read(tmp_path)).companies) == 2


def test_a_csv_file_alone_is_read(tmp_path: Path) -> None:
    found = read(csv_of(tmp_path / "liste.csv", LIST))
    assert [f.file for f in found.findings if f.severity is Severity.ERROR] == ["buddies.csv"]


@pytest.mark.parametrize(
    "header", [["Thema", "Bemerkung"], ["Name", "Bemerkung"], ["Telefon", "E-Mail", "Ort"], ["Name"]]
)
def test_a_list_that_does_not_fit_is_not_read(tmp_path: Path, header: list[str]) -> None:
    sheets = {"Notizen": [header, ["x"] * len(header)], "Buddys": BUDDYS}
    found = read(book_of(tmp_path / "x.xlsx", sheets))
    assert (Severity.WARNING, "x.xlsx [Notizen]") in [(f.severity, f.file) for f in found.findings]
    assert (Severity.ERROR, "x.xlsx [companies]") in [(f.severity, f.file) for f in found.findings]


def test_a_second_list_that_would_fit_is_not_mixed_in(tmp_path: Path) -> None:
    found = read(book_of(tmp_path / "x.xlsx", {"Betriebe": LIST, "Archiv": LIST, "Buddys": BUDDYS}))
    assert len(problem_in(found).companies) == 2
    assert [f.file for f in found.findings if f.severity is Severity.WARNING] == ["x.xlsx [Archiv]"]


def test_two_sheets_of_one_table_are_an_error(tmp_path: Path) -> None:
    found = read(book_of(tmp_path / "x.xlsx", {"Betriebe": LIST, "Firmen": LIST, "Buddys": BUDDYS}))
    assert [f.file for f in found.findings if f.severity is Severity.ERROR] == ["x.xlsx [Firmen]"]


def test_the_last_contact_is_one_that_took_place_with_the_buddy_in_charge(tmp_path: Path) -> None:
    (contact,) = problem_in(read(book_of(tmp_path / "x.xlsx", {"A": LIST, "Buddys": BUDDYS}))).history
    assert (contact.company, contact.date, contact.buddy) == ("baeckerei-mueller", date(2026, 11, 18), "anna")
    assert (contact.outcome, contact.mode) == (Outcome.DONE, CareMode.VISIT)


def test_a_contact_of_that_day_in_the_history_is_the_same_one(tmp_path: Path) -> None:
    history = [["Betrieb", "Datum", "Art"], ["mill", "18.11.2026", "Anruf"]]
    rows = [["Nr.", "PLZ", "Ort", "Letzter Kontakt"], ["mill", "06110", "Halle", "18.11.2026"]]
    found = problem_in(read_lists(tmp_path, Betriebe=rows, Kontakte=history))
    assert [contact.mode for contact in found.history] == [CareMode.CALL]


def test_who_was_contacted_last_week_is_not_due_again(tmp_path: Path) -> None:
    """A monthly visit, the first planned week being 2026-W48."""
    rows = [["Nr.", "PLZ", "Ort", "Buddy", "Letzter Kontakt"], ["mill", "06110", "Halle", "anna", "18.11.26"]]
    (chain,) = Chains(problem_in(read_lists(tmp_path, Betriebe=rows))).of("mill")
    assert chain.last == date(2026, 11, 18).toordinal() and chain.rhythm
    due = chain.rhythm.after(Fraction(chain.last))
    assert due.day - due.drift > parse_week("2026-W49").toordinal()


def test_a_last_contact_in_the_planned_weeks_is_a_warning(tmp_path: Path) -> None:
    rows = [["Nr.", "PLZ", "Ort", "Letzter Kontakt"], ["mill", "06110", "Halle", "24.11.2026"]]
    found = read_lists(tmp_path, Betriebe=rows)
    assert [(f.severity, f.column) for f in found.findings] == [(Severity.WARNING, "Letzter Kontakt")]


def test_companies_alone_say_which_buddies_to_add_and_invent_none(tmp_path: Path) -> None:
    found = read(book_of(tmp_path / "liste.xlsx", {"Tabelle1": LIST}))
    assert found.problem is None
    (error,) = [finding for finding in found.findings if finding.severity is Severity.ERROR]
    assert error.file == "liste.xlsx [buddies]"
    assert "Anna Berg, Müller, Jörg" in finding_sentence(error, "de")


def test_rows_without_an_id_are_told_with_the_one_they_get(tmp_path: Path) -> None:
    found = read(book_of(tmp_path / "x.xlsx", {"Tabelle1": LIST, "Buddys": BUDDYS}))
    assert ("x.xlsx [Tabelle1]", 2, "id", "") in noted(found)
    assert any('"baeckerei-mueller"' in finding_sentence(f, "en") for f in found.findings)


def test_two_workbooks_that_are_named_after_tables_are_read_together(tmp_path: Path) -> None:
    book_of(tmp_path / "Betriebe 2026.xlsx", {"Tabelle1": LIST})
    book_of(tmp_path / "Job-Buddys.xlsx", {"Tabelle1": BUDDYS})
    found = read(tmp_path)
    assert len(problem_in(found).companies) == len(problem_in(found).buddies) == 2
    assert {finding.file for finding in found.findings} == {"Betriebe 2026.xlsx [Tabelle1]"}


def test_a_sheet_alone_is_what_its_workbook_is_called(tmp_path: Path) -> None:
    book_of(tmp_path / "Betriebe.xlsx", {"Betriebe": LIST})
    book_of(tmp_path / "Buddys.xlsx", {"Tabelle1": BUDDYS})
    book_of(tmp_path / "Urlaub.xlsx", {"Tabelle1": [["Wer", "von"], ["Anna Berg", "01.12.2026"]]})
    assert [rule.who for rule in problem_in(read(tmp_path)).availability] == ["anna"]


def test_of_workbooks_that_are_not_one_is_read_and_the_others_are_told(tmp_path: Path) -> None:
    for name in ("Stand April.xlsx", "Stand Mai.xlsx"):
        book_of(tmp_path / name, {"Betriebe": LIST, "Buddys": BUDDYS})
    found = read(tmp_path)
    assert [f.file for f in found.findings if f.severity is Severity.WARNING] == ["Stand Mai.xlsx"]
