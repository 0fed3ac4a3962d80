"""What programs write above and around a table: declared separators, titles, signs that nobody sees."""

from pathlib import Path

import pytest

from data.model.findings import Severity
from data.tables.read import Reading
from tests.data.tables.sheets import BUDDY, english, only, read, told, write_csv

REPAIRED = Severity.REPAIRED


def with_companies(folder: Path, content: str | bytes) -> Reading:
    """Read one buddy, and a companies.csv with exactly this content."""
    write_csv(folder, {"buddies": [BUDDY]})
    (folder / "companies.csv").write_bytes(content if isinstance(content, bytes) else content.encode())
    return read(folder)


def ids(reading: Reading) -> list[str]:
    assert reading.problem is not None, reading.findings
    return [company.id for company in reading.problem.companies]


@pytest.mark.parametrize("line", ["sep=;", "SEP=;", "Sep=;", '"sep=;"', "\ufeffsep=;", "sep=;;;;", " sep=; "])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_a_declared_separator_is_read_as_if_it_were_not_there(tmp_path: Path, line: str, ending: str) -> None:
    found = with_companies(tmp_path, ending.join([line, "id;postcode;town", "mill;6110;Halle", ""]))
    assert ids(found) == ["mill"]
    assert told(found) == [(REPAIRED, "companies.csv", 2, "postcode")]


@pytest.mark.parametrize("sign", [",", ";", "\t", "|", ":", "^", "~", "."])
def test_any_separator_may_be_declared(tmp_path: Path, sign: str) -> None:
    lines = [
        f"sep={sign}",
        sign.join(["id", "name", "postcode"]),
        sign.join(["mill", '"a,b;c\td|e"', "06110"]),
    ]
    found = with_companies(tmp_path, "\n".join(lines))
    assert ids(found) == ["mill"] and found.findings == ()


def test_a_table_that_only_declares_its_separator_is_empty(tmp_path: Path) -> None:
    assert english(only(with_companies(tmp_path, "sep=;\n")).problem) == "is empty"


@pytest.mark.parametrize(
    "above",
    [
        "Betriebe 2026",
        "Betriebe, Stand: November, Nord;;",
        "\nBetriebe\n\n",
        '"Betriebe; Stand\nNovember"',
        "Stand;30.11.2026\nAmt;Nord\n",
        "sep=;\nBetriebe",
        "sep=x",
    ],
)
def test_titles_above_the_header_are_skipped_with_a_note(tmp_path: Path, above: str) -> None:
    found = with_companies(tmp_path, f"{above}\nid;postcode;town\nmill;06110;Halle\n")
    note = only(found)
    assert (note.severity, english(note.problem)) == (REPAIRED, "stands above the header")
    assert ids(found) == ["mill"]


def test_rows_below_a_title_keep_their_numbers(tmp_path: Path) -> None:
    found = with_companies(tmp_path, "Betriebe\n\nid,postcode,colour\nmill,6110,red\n")
    assert told(found) == [
        (REPAIRED, "companies.csv", 1, ""),
        (Severity.WARNING, "companies.csv", 3, "colour"),
        (REPAIRED, "companies.csv", 4, "postcode"),
    ]
    assert english(found.findings[0].remedy) == "the table was read from its header in row 3 on"


def test_a_table_of_one_column_has_its_first_row_as_header(tmp_path: Path) -> None:
    write_csv(tmp_path, {"hosts": [{"id": "ihk"}, {"id": "name"}]})
    found = with_companies(tmp_path, "id,postcode,host\nmill,06110,ihk\n")
    assert found.problem and [host.id for host in found.problem.hosts] == ["ihk", "name"]


@pytest.mark.parametrize("sign", ["\0", "\x1f", "\u200b", "\u202e", "\ufeff", "\xad"])
@pytest.mark.parametrize("column", ["id", "name", "postcode", "town", "tags", "sector", "employees"])
def test_signs_that_nobody_sees_are_removed_with_a_finding(tmp_path: Path, sign: str, column: str) -> None:
    row = {"id": "mill", "name": "Muehle", "postcode": "06110", "town": "Halle", "tags": "craft",
           "sector": "C", "employees": "12"}  # fmt: skip
    clean = with_companies(tmp_path / "clean", "\n".join([",".join(row), ",".join(row.values())]))
    row[column] = row[column][:1] + sign + row[column][1:]
    found = with_companies(tmp_path, "\n".join([",".join(row), ",".join(row.values())]))
    assert told(found) == [(REPAIRED, "companies.csv", 2, column)]
    assert f"(U+{ord(sign):04X})" in english(only(found).problem)
    assert (found.problem, found.identities) == (clean.problem, clean.identities)


def test_they_are_removed_from_a_header_too(tmp_path: Path) -> None:
    found = with_companies(tmp_path, "\ufeff\ufeffid,post\u200bcode\nmill,06110\n")
    assert ids(found) == ["mill"]
    assert told(found) == [(REPAIRED, "companies.csv", 1, "postcode")]


def test_a_cell_of_nothing_else_is_empty(tmp_path: Path) -> None:
    found = with_companies(tmp_path, "id,postcode,employees\nmill,06110,\u200b\n\u200b,,\n")
    assert ids(found) == ["mill"]
    assert [finding.row for finding in found.findings] == [2, 3]
