"""The report as workbook and as PDF, and the command that writes them."""

import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from api.export.funding.pdf import funding_pdf
from api.export.funding.words import spans_of
from api.export.funding.xlsx import funding_workbook
from api.export.run_folder.write import write_run
from tests.api.conftest import Run
from tests.api.export.funding.contacts import spring, two_hosts


def workbook() -> bytes:
    of = two_hosts()
    return funding_workbook(spring(), of.problem, of.identities, of.sources.gazetteer)


@pytest.fixture(scope="module")
def sheets() -> dict[str, list[dict[str, Any]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(workbook()))
    tables = {}
    for name, top in (("Zahlen", 5), ("Zeilen", 0)):
        header, *rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)[top:]
        tables[name] = [dict(zip(header, row, strict=True)) for row in rows]
    return tables


def test_every_figure_of_the_workbook_is_the_sum_of_the_rows_that_it_names(
    sheets: dict[str, list[dict[str, Any]]],
) -> None:
    """As a reader would: filter the rows by their numbers and add up the column."""
    by_number = {row["Zeile"]: row for row in sheets["Zeilen"]}
    assert len(by_number) == 6
    for figures in sheets["Zahlen"]:
        held = [by_number[number] for number in numbers(figures["Zeilen"])]
        for column in ("Betreuung min", "Fahrt min", "Strecke m"):
            assert figures[column] == sum(row[column] for row in held)
        done = [row for row in held if row["zählt als Kontakt"]]
        assert figures["Kontakte"] == len(done)
        assert figures["Fachkräfte getroffen"] == sum(row["Fachkräfte getroffen"] for row in done)
        assert figures["Betriebe"] == len({row["Nr. Betrieb"] for row in done})
        assert figures["Stunden"] == round((figures["Betreuung min"] + figures["Fahrt min"]) / 60, 2)


def test_a_filter_on_month_and_district_finds_the_same_rows(sheets: dict[str, list[dict[str, Any]]]) -> None:
    for figures in sheets["Zahlen"]:
        found = [
            row["Zeile"]
            for row in sheets["Zeilen"]
            if row["zählt als Zeit"]
            and figures["Monat"] in ("alle", row["Monat"])
            and figures["Schlüssel Kreis"] in ("", row["Schlüssel Kreis"])
        ]
        assert found == numbers(figures["Zeilen"])


def numbers(text: str) -> list[int]:
    """`1-3, 6` as 1, 2, 3, 6."""
    found: list[int] = []
    for span in filter(None, text.split(", ")):
        first, _, last = span.partition("-")
        found += range(int(first), int(last or first) + 1)
    return found


@pytest.mark.parametrize(
    ("rows", "text"), [((), ""), ((4,), "4"), ((1, 2, 3, 6), "1-3, 6"), ((2, 1, 9, 10), "1-2, 9-10")]
)
def test_rows_are_named_by_spans(rows: tuple[int, ...], text: str) -> None:
    assert spans_of(rows) == text
    assert numbers(text) == sorted(rows)


def test_the_same_report_gives_the_same_bytes() -> None:
    of = two_hosts()
    assert workbook() == workbook()
    paper = [funding_pdf(spring(), of.problem, of.identities, of.sources.gazetteer) for _ in range(2)]
    assert paper[0] == paper[1]


def test_the_paper_says_the_same_and_is_accessible() -> None:
    of = two_hosts()
    reader = PdfReader(io.BytesIO(funding_pdf(spring(), of.problem, of.identities, of.sources.gazetteer)))
    text = " ".join("\n".join(page.extract_text() for page in reader.pages).split())
    assert "Verwendungsnachweis chamber 01.03.2026 bis 30.04.2026 · Förderkennzeichen ST-17" in text
    assert "alle alle 2 7 4 5,25 60,0 1-4, 6" in text  # (235 + 80) / 60 = 5.25 hours
    assert "Stendal 2026-04 1 1 1 1,83 15,0 4" in text  # (90 + 20) / 60 = 1.83 hours
    assert "nicht angetroffen" in text
    assert reader.root_object["/MarkInfo"]["/Marked"]
    assert reader.root_object["/Lang"].startswith("de")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_run(replace(two_hosts(), matching=None, weeks=()), tmp_path / "run")
    return tmp_path / "run"


WHEN = ("--from", "2026-03-01", "--to", "2026-04-30")


@pytest.mark.parametrize(("ending", "magic"), [("xlsx", b"PK"), ("pdf", b"%PDF")])
def test_the_command_writes_either_file(folder: Path, buddyplan: Run, ending: str, magic: bytes) -> None:
    target = folder.parent / f"report.{ending}"
    assert buddyplan("report", "funding", folder, "--host", "chamber", *WHEN, "--out", target) == 0
    assert target.read_bytes().startswith(magic)


def test_the_command_prints_figures_for_programs(
    folder: Path, buddyplan: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    assert buddyplan("report", "funding", folder, "--host", "chamber", *WHEN, "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["figures"][0]["contacts"] == 4
    assert told["rows"][0]["contact"]["company"] == "garage"


@pytest.mark.parametrize(
    "words",
    [("--host", "guild", *WHEN), ("--host", "chamber", "--from", "2026-03-32", "--to", "2026-04-30"),
     ("--host", "chamber", *WHEN, "--out", "report.doc")],
)  # fmt: skip
def test_what_the_command_cannot_do_is_told(folder: Path, buddyplan: Run, words: tuple[str, ...]) -> None:
    assert buddyplan("report", "funding", folder, *words) == 2
    assert not Path("report.doc").exists()
