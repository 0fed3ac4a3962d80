"""The report is self-contained, hides nothing, escapes everything, and is the same on every machine."""

import re
from html.parser import HTMLParser

import pytest

from api.export.report import report_page
from api.run.names import Names
from api.run.run import Run
from data.base.dates import weeks_from
from data.base.status import Status
from data.model.problem import Horizon
from data.results.solution import Matching
from tests.api.runs import EXPLAINED, REFINED, run

VOID = {"meta", "link", "br", "input", "col", "path", "circle"}


def page(of: Run) -> str:
    assert of.matching
    return report_page(of, Names(of), of.matching)


class Outline(HTMLParser):
    """Checks that elements nest, and collects ids, links and the words of each language."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.languages: list[str | None] = [None]
        self.ids: list[str] = []
        self.anchors: list[str] = []
        self.words: dict[str | None, list[str]] = {None: [], "de": [], "en": []}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if "id" in given:
            self.ids.append(given["id"] or "")
        if (target := given.get("href") or "").startswith("#"):
            self.anchors.append(target[1:])
        if tag not in VOID:
            self.open.append(tag)
            self.languages.append(given.get("lang", self.languages[-1]) if tag == "span" else None)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag
            self.languages.pop()

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] not in {"style", "script"} and data.strip():
            self.words[self.languages[-1]].append(data.strip())


def outline(text: str) -> Outline:
    read = Outline()
    read.feed(text)
    read.close()
    assert read.open == []
    return read


@pytest.fixture(scope="module")
def text() -> str:
    return page(run())


def test_it_is_one_whole_page_with_unique_ids_and_no_dead_anchors(text: str) -> None:
    read = outline(text)
    assert len(set(read.ids)) == len(read.ids)
    assert set(read.anchors) <= set(read.ids)


def test_it_asks_for_nothing_from_outside(text: str) -> None:
    bare = text.replace('xmlns="http://www.w3.org/2000/svg"', "")
    assert not re.search(r"https?:|\bsrc=|@import|url\(", bare)


def test_names_cannot_carry_markup(text: str) -> None:
    assert "<script>alert(1)" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text


def test_gaps_come_first_with_their_reasons_and_nearest_misses(text: str) -> None:
    verdict, figures = text.index('class="verdict open"'), text.index('class="figures"')
    gaps, chart = text.index('id="gaps"'), text.index("<svg viewBox")
    assert verdict < figures < gaps < chart
    words = outline(text).words
    assert "1 Betrieb ohne Buddy" in words["de"]
    assert "1 visit not planned" in words["en"]
    between = text[gaps:chart]
    assert "Gießerei Glut" in between
    assert "Kein Buddy kommt in Frage." in between
    assert "Anna Ahorn: " in between
    assert "70 min einfache Fahrt, erlaubt sind 60." in between
    assert "An keinem Arbeitstag ist der Betrieb lange genug offen." in between


def test_every_german_text_has_an_english_twin(text: str) -> None:
    words = outline(text).words
    assert len(words["de"]) == len(words["en"])


def test_the_figures(text: str) -> None:
    words = outline(text).words
    assert "75,0\xa0%" in words["de"]  # three of four companies
    assert "60.0%" in words["en"]  # three of five specialists
    assert "2 / 2" in words[None]


def test_the_list_holds_every_stop_and_break_with_its_time(text: str) -> None:
    words = outline(text).words[None]
    assert {"09:00–10:00", "10:00–10:30", "Bäckerei Kruste", "Am Markt 1, 39104 Magdeburg"} <= set(words)


def test_the_map_holds_districts_companies_and_routes(text: str) -> None:
    assert text.count('class="district"') == 3
    assert text.count("<circle cx=") - 2 == 4  # two more are in the legend
    assert text.count('class="track') == 2


def test_invented_people_are_said_to_be_invented(text: str) -> None:
    assert "erfunden" in text
    real = run(identities=run().identities.replace(invented=False))
    assert "erfunden" not in page(real)


def test_sources_are_named(text: str) -> None:
    for source in ("GeoBasis-DE / BKG", "GeoNames, CC BY 4.0", "OpenStreetMap contributors"):
        assert source in text


def test_no_gaps_are_said_too() -> None:
    of = run()
    matching = of.matching
    assert isinstance(matching, Matching)
    plans = [weeks.replace(weeks=tuple(p.replace(unplanned=()) for p in weeks.weeks)) for weeks in of.weeks]
    text = page(run(matching=matching.replace(unassigned=()), weeks=tuple(plans)))
    assert 'class="verdict open"' not in text
    assert "Keine Lücken" in text


def test_clashing_appointments_are_a_gap() -> None:
    of = run()
    clash = of.weeks[1].weeks[0].replace(status=Status.INFEASIBLE, clash=("garage-1", "nursery-1"))
    words = outline(page(run(weeks=(of.weeks[0], of.weeks[1].replace(weeks=(clash,)))))).words
    assert "1 Woche mit unvereinbaren Terminen" in words["de"]
    assert "Termine unvereinbar" in words["de"]


def test_of_several_weeks_the_first_is_drawn_and_the_others_can_be_chosen() -> None:
    of = run()
    first, second = weeks_from("2026-W48", 2)
    asked = of.problem.replace(horizon=Horizon(first_week=first, weeks=2))
    weeks = [w.replace(weeks=(w.weeks[0], w.weeks[0].replace(week=second))) for w in of.weeks]
    text = page(run(problem=asked, weeks=tuple(weeks)))
    assert text.count('class="track"') == text.count('class="track later"') == 2
    assert f'<option value="1">{second}</option>' in text
    assert "KW 48 – 49, 23.11. – 04.12.2026" in text


def test_the_same_run_gives_the_same_page(text: str) -> None:
    assert page(run()) == text


def test_a_refined_matching_says_what_changed_in_both_languages() -> None:
    text = page(run(refinement=REFINED))
    read = outline(text)
    assert len(read.words["de"]) == len(read.words["en"])
    assert '<td class="n">200</td><td class="n">190</td>' in text
    assert '<td class="n">42</td><td class="n">40</td>' in text
    assert "nursery: Anna Ahorn → Ben Birke" in text


def test_a_matching_without_weeks_is_shown_too() -> None:
    text = page(run(weeks=()))
    outline(text)
    assert "0 / 0" in text


def test_what_was_solved_again_stands_in_both_languages():
    words = outline(page(run(explanations=EXPLAINED))).words
    german, english = (" ".join(words[language]) for language in ("de", "en"))
    assert "Auf Anna Ahorn festlegen: Dann betreut Anna Ahorn den Betrieb" in german
    assert "Stendal (sector C24, Vietnamese): 1 more company served." in english
    assert "Changing nobody would cost: Expected travel, min in four weeks +1,200." in english
    assert "nursery: Anna Ahorn → Ben Birke. Der Wechsel verbessert ein Ziel." in german


def test_without_explanations_there_is_no_section_of_them():
    assert "why" not in outline(page(run())).ids
