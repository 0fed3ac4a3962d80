"""An outcome counts as better only where the bounds allow it; tables, pictures and pages agree."""

import io
from html.parser import HTMLParser

import pytest
from python_calamine import CalamineWorkbook
from rich.console import Console

from api.service.sources import default_sources
from api.studies.compare.comparison import Comparison, NotComparable, Verdict, compared
from api.studies.compare.page import Drawn, comparison_page, comparison_section
from api.studies.compare.pictures import pictures
from api.studies.compare.tables import comparison_tables, total_rows
from api.studies.compare.words import comparison_words, delta_words, value_words
from api.studies.compare.xlsx import comparison_workbook
from api.studies.outcome.outcome import FigureName, ScenarioOutcome
from api.studies.outcome.run_scenario import StudyOptions, outcome_of
from api.words.catalogue import languages
from tests.api.studies.outcomes import ANNA_ILL, ONE_MORE, PROBLEM, outcome
from tests.refusals import refused

SOURCES = default_sources()

UNSERVED, TRAVEL = FigureName.UNSERVED_WEIGHT, FigureName.EXPECTED_TRAVEL_MIN


def verdicts(first: ScenarioOutcome, other: ScenarioOutcome) -> dict[FigureName, Verdict]:
    return {each.name: each.verdict for each in compared((first, other)).against[0].differences}


def test_better_is_only_what_lies_beyond_the_others_bound() -> None:
    first = outcome((10, 8), (100, 100))
    for value, verdict in (
        (10, Verdict.SAME), (9, Verdict.NOT_PROVED), (8, Verdict.NOT_PROVED), (7, Verdict.BETTER),
    ):  # fmt: skip
        assert verdicts(first, outcome((value, value), (100, 100)))[UNSERVED] is verdict


def test_worse_is_only_what_cannot_come_up_to_the_first() -> None:
    first = outcome((10, 8), (100, 100))
    assert verdicts(first, outcome((12, 11), (100, 100)))[UNSERVED] is Verdict.WORSE
    assert verdicts(first, outcome((12, 10), (100, 100)))[UNSERVED] is Verdict.NOT_PROVED


def test_a_later_level_tells_only_beside_earlier_ones_that_are_kept() -> None:
    first = outcome((10, 10), (100, 100))
    assert verdicts(first, outcome((10, 10), (90, 90)))[TRAVEL] is Verdict.BETTER
    assert verdicts(first, outcome((9, 9), (90, 90)))[TRAVEL] is Verdict.BETTER
    # Less travel, but for fewer companies: the first might have that too.
    assert verdicts(first, outcome((11, 11), (90, 90)))[TRAVEL] is Verdict.NOT_PROVED


def test_levels_in_another_order_prove_nothing_about_each_other() -> None:
    first, other = outcome((10, 10), (100, 100)), outcome((10, 10), (90, 90))
    turned = other.replace(levels=other.levels[::-1])
    assert verdicts(first, turned)[TRAVEL] is Verdict.NOT_PROVED


def test_other_programmes_and_other_weeks_are_not_compared() -> None:
    first = outcome((10, 10), (100, 100))
    for name, value, says in (
        ("problem_hash", "q", "different programmes"),
        ("base_hash", "c", "different matchings"),
        ("weeks", ("2026-W48",), "different weeks"),
    ):
        with refused(NotComparable, says):
            compared((first, first.replace(**{name: value})))


def test_values_and_differences_in_words() -> None:
    first, other = outcome((10, 8), (120, 90)), outcome((7, 7), (150, 150), "Plus")
    assert value_words(first.figure[UNSERVED], "de") == "10, mindestens 8"
    assert value_words(other.figure[UNSERVED], "en") == "7, proved best"
    assert value_words(first.figure[TRAVEL], "de") == "2,0, mindestens 1,5"
    one, two = compared((first, other)).against[0].differences
    assert delta_words(one, "de") == "\u22123 (bewiesen besser)"
    assert delta_words(two, "en") == "+0.5 (order not proved)"
    lines = comparison_words(compared((first, other)), "de")
    assert lines[0].endswith("„Plus“ ist bewiesen besser als „Ausgangslage“.")
    assert "ohne dass eine Rangfolge bewiesen ist" in lines[1]


@pytest.fixture(scope="module")
def comparison() -> Comparison:
    """Return the base, one more buddy and Anna ill, for two weeks."""
    options = StudyOptions(("2026-W48", "2026-W49"))
    return compared([outcome_of(PROBLEM, SOURCES, held, options) for held in ((), (ONE_MORE,), (ANNA_ILL,))])


def named(key: str) -> str:
    return f"<{key}>"


def test_every_figure_has_its_row(comparison: Comparison) -> None:
    rows = list(total_rows(comparison, "de"))
    assert len(rows) == len(comparison.outcomes[0].figures)
    assert {len(row) for row in rows} == {6}
    assert rows[0] == [
        "Abdeckung", "3 (75,0\xa0%), bewiesen bestmöglich",
        "4 (100,0\xa0%), bewiesen bestmöglich", "+1 (bewiesen besser)",
        "3 (75,0\xa0%), bewiesen bestmöglich", "gleich",
    ]  # fmt: skip


@pytest.mark.parametrize(("columns", "tables"), [(80, 5), (110, 3), (200, 1)])
def test_five_scenarios_keep_their_columns_in_a_terminal(
    comparison: Comparison, columns: int, tables: int
) -> None:
    """No word is cut into letters: what does not fit beside stands below."""
    base, more, ill = comparison.outcomes
    five = compared([base, more, ill, more, ill, more])
    shown = comparison_tables(five, "en", columns)
    assert len(shown) == tables
    assert sum(len(table.columns) - 2 for table in shown) == 2 * 5
    out = io.StringIO()
    for table in shown:
        Console(file=out, width=columns).print(table)
    for _, first, other, difference, *_ in total_rows(five, "en"):
        for word in f"{first} {other} {difference}".split():
            assert word in out.getvalue()


def test_the_workbook_has_a_sheet_for_each_view_and_the_same_bytes(comparison: Comparison) -> None:
    made = comparison_workbook(comparison, named, "de")
    assert made == comparison_workbook(comparison, named, "de")
    book = CalamineWorkbook.from_filelike(io.BytesIO(made))
    assert book.sheet_names == ["Summen", "Kreise", "Branchen", "Sprachen", "Träger", "Wer wechselt"]
    assert book.get_sheet_by_name("Wer wechselt").to_python()[1] == [
        "One more", "<garage>", "niemand", "<new-1>",
    ]  # fmt: skip


def test_pictures_are_the_same_bytes_and_know_no_date(comparison: Comparison) -> None:
    for kind, begin in (("svg", b"<?xml"), ("png", b"\x89PNG")):
        drawn = pictures(comparison, named, "de", kind)
        assert sorted(drawn) == ["caseload", "coverage", "districts", "travel"]
        assert drawn == pictures(comparison, named, "de", kind)
        assert all(each.startswith(begin) and b"<dc:date" not in each for each in drawn.values())


class Nesting(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag not in {"meta", "input"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_page_nests_escapes_and_needs_no_network(comparison: Comparison) -> None:
    drawn: Drawn = {language: pictures(comparison, named, language, "svg") for language in languages()}
    page = comparison_page(comparison, comparison_section(comparison, named, drawn), True)
    parser = Nesting()
    parser.feed(page)
    assert parser.open == []
    assert "&lt;garage&gt;" in page and "<garage>" not in page
    assert "src=" not in page and "Szenarien im Vergleich" in page and "Scenarios compared" in page
