"""One more language is one folder of catalogues: pages, reports, sentences and commands then speak it."""

import io
from collections.abc import Iterator

import pytest
from rich.console import Console

from api.cli.terminal.summary import summary_table
from api.export.report import report_page
from api.run.names import Names
from api.words.catalogue import languages
from api.words.explanations import gap_words, helper_words, hire_words, keeping_words, relation_words
from api.words.language import known_language
from api.words.reasons import reason_words
from api.words.replanning import replanning_words
from api.words.speaker import Speaker
from data.base.status import ReasonCode
from data.results.reason import Reason
from tests.api.http.conftest import World
from tests.api.pages.conftest import with_all_pages
from tests.api.pages.known_words import dates, known
from tests.api.runs import EXPLAINED, REFINED, run
from tests.api.words.pseudo_language import PSEUDO, outside, spoken_too, texts_of, words

UNITS = {"km", "min", "seed", "buddyplan", "check"}
OWN_NAMES = {"Deutsch", "English"}
"""What languages call themselves in the list to choose from."""


@pytest.fixture(scope="module")
def pseudo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with spoken_too(tmp_path_factory.mktemp("language") / "catalogues"):
        yield PSEUDO


def test_the_language_is_known_by_its_folder_alone(pseudo: str) -> None:
    assert languages() == ("de", "en", PSEUDO)
    assert known_language(PSEUDO) == PSEUDO


def test_the_report_has_it_beside_the_others(pseudo: str) -> None:
    of = run(explanations=EXPLAINED, refinement=REFINED)
    assert of.matching
    page = report_page(of, Names(of), of.matching)
    texts = texts_of(page)
    assert f'id="lang-{PSEUDO}"' in page and f'body [lang="{PSEUDO}"]' in page
    data = words(texts["de"]) & words(texts["en"]) | words(texts[""])
    assert outside(texts[PSEUDO]) - data - UNITS - dates() == set()
    # What is in no language of its own is data, or said in all languages one after another.
    assert "⟦" in texts[PSEUDO]


@pytest.mark.parametrize("code", ReasonCode)
def test_reasons_speak_it(pseudo: str, code: ReasonCode) -> None:
    assert outside(reason_words(Reason(code=code), str, pseudo)) == set()


def test_explanations_speak_it(pseudo: str) -> None:
    said = [
        *(line for gap in EXPLAINED.gaps for line in gap_words(gap, lambda key: "", pseudo)),
        *(hire_words(hire, lambda key: "", pseudo) for hire in EXPLAINED.hires),
        *(helper_words(each, lambda key: "", pseudo) for each in EXPLAINED.helpers),
        *(relation_words(each, lambda key: "", pseudo) for each in EXPLAINED.continuity.changes),
        keeping_words(EXPLAINED.continuity, pseudo),
        *(line for each in run().replannings for line in replanning_words(each, lambda key: "", pseudo)),
    ]
    names = {Speaker(pseudo).language_name(code) for code in ("ar", "vi", "uk")}
    assert said and {word for line in said for word in outside(line)} <= names


def test_the_summary_of_a_command_speaks_it(pseudo: str) -> None:
    out = io.StringIO()
    table = summary_table(run(explanations=EXPLAINED, refinement=REFINED), Speaker(pseudo))
    Console(file=out, width=400).print(table)
    data = {word for each in run().identities.people for word in words(f"{each.id} {each.name}")}
    data |= {company.id for company in run().problem.companies}
    assert outside(out.getvalue()) - data - UNITS == set()


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    for world in with_all_pages("", tmp_path_factory.mktemp("pages")):
        world.published()
        yield world


PAGES = {
    "buddy": ("/me/today", "/me/week", "/account", "/me/offline", "/coverage", "/no/such/page"),
    "viewer": ("/coverage", "/account"),
    "nobody": ("/sign-in", "/setup"),
}

REFUSED = {("buddy", "/no/such/page"): 404, ("nobody", "/setup"): 404, ("buddy", "/coverage"): 403}
"""Pages that say, in the same language, that there is nothing, or nothing for this role."""


@pytest.mark.parametrize(("role", "path"), [(role, path) for role, paths in PAGES.items() for path in paths])
def test_pages_speak_it(pseudo: str, office: World, role: str, path: str) -> None:
    answer = office.by(role).get(path, headers={"Accept-Language": pseudo})
    assert answer.headers["Content-Language"] == pseudo
    assert answer.status_code == REFUSED.get((role, path), 200)
    told = " ".join(texts_of(answer.text).values())
    assert outside(told) - known(office) - OWN_NAMES == set()
    assert "⟦" in told
