"""The report as workbook and as PDF, and the command that writes them."""

import io
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from api.export.funding.pdf import funding_pdf
from api.export.funding.words import spans_of
from api.export.funding.xlsx import FIGURES, ROWS, funding_workbook
from api.export.run_folder.write import write_run
from api.words.catalogue import languages
from api.words.speaker import Speaker
from tests.api.conftest import Run
from tests.api.export.funding.contacts import spring, two_hosts


def workbook(say: Speaker) -> bytes:
    of = two_hosts()
    return funding_workbook(spring(), of.problem, of.identities, of.sources.gazetteer, say)


def paper(say: Speaker) -> bytes:
    of = two_hosts()
    return funding_pdf(spring(), of.problem, of.identities, of.sources.gazetteer, say)


@dataclass(frozen=True)
class Sheets:
    """Both sheets of the workbook in a language: each row by the keys of its columns."""

    say: Speaker
    figures: list[dict[str, Any]]
    rows: list[dict[str, Any]]


@pytest.fixture(scope="module", params=languages())
def sheets(request: pytest.FixtureRequest) -> Sheets:
    say = Speaker(request.param)
    book = CalamineWorkbook.from_filelike(io.BytesIO(workbook(say)))
    tables = []
    for name, top, columns in (("figures", 5, FIGURES), ("rows", 0, ROWS)):
        sheet = book.get_sheet_by_name(say.t(f"funding_{name}"))
        header, *rows = sheet.to_python(skip_empty_area=False)[top:]
        assert header == [say.t(f"funding_{key}") for key, *_ in columns]
        tables.append([dict(zip([key for key, *_ in columns], row, strict=True)) for row in rows])
    return Sheets(say, *tables)


def test_every_figure_of_the_workbook_is_the_sum_of_the_rows_that_it_names(sheets: Sheets) -> None:
    """As a reader would: filter the rows by their numbers and add up the column."""
    by_number = {row["row"]: row for row in sheets.rows}
    assert len(by_number) == 6
    for figures in sheets.figures:
        held = [by_number[number] for number in numbers(figures["rows"])]
        for column in ("care_min", "travel_min", "distance_m"):
            assert figures[column] == sum(row[column] for row in held)
        done = [row for row in held if row["counts_as_contact"]]
        assert figures["contacts"] == len(done)
        assert figures["specialists_met"] == sum(row["specialists_met"] for row in done)
        assert figures["companies"] == len({row["company_id"] for row in done})
        assert figures["hours"] == round((figures["care_min"] + figures["travel_min"]) / 60, 2)


def test_a_filter_on_month_and_district_finds_the_same_rows(sheets: Sheets) -> None:
    for figures in sheets.figures:
        found = [
            row["row"]
            for row in sheets.rows
            if row["counts_as_time"]
            and figures["month"] in (sheets.say.t("funding_all"), row["month"])
            and figures["district_key"] in ("", row["district_key"])
        ]
        assert found == numbers(figures["rows"])


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


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("made", [workbook, paper])
def test_the_same_report_gives_the_same_bytes(made: Callable[[Speaker], bytes], language: str) -> None:
    assert made(Speaker(language)) == made(Speaker(language))


@pytest.mark.parametrize(
    ("language", "told"),
    [
        (
            "de",
            (
                "Verwendungsnachweis chamber 01.03.2026 bis 30.04.2026 · Förderkennzeichen ST-17",
                "Insgesamt und nach Monat Kreis Monat Betriebe Fachkräfte Kontakte Stunden Kilometer Zeilen",
                "alle alle 2 7 4 5,25 60,0 1-4, 6",  # (235 + 80) / 60 = 5.25 hours
                "Stendal 2026-04 1 1 1 1,83 15,0 4",  # (90 + 20) / 60 = 1.83 hours
                "nicht angetroffen",
            ),
        ),
        (
            "en",
            (
                "Use of funds: chamber 1 Mar 2026 to 30 Apr 2026 · Grant reference ST-17",
                "In all and by month District Month Companies Specialists Contacts Hours Kilometres Rows",
                "all all 2 7 4 5.25 60.0 1-4, 6",
                "Stendal 2026-04 1 1 1 1.83 15.0 4",
                "nobody met",
            ),
        ),
    ],
)
def test_the_paper_says_the_same_and_is_accessible(language: str, told: tuple[str, ...]) -> None:
    reader = PdfReader(io.BytesIO(paper(Speaker(language))))
    text = " ".join("\n".join(page.extract_text() for page in reader.pages).split())
    assert [words for words in told if words not in text] == []
    assert reader.root_object["/MarkInfo"]["/Marked"]
    assert reader.root_object["/Lang"].startswith(language)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_run(replace(two_hosts(), matching=None, weeks=()), tmp_path / "run", "de")
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
