"""Every page of the desk is read in every language, and in one that is all in brackets: no text escapes."""

from collections.abc import Iterator
from types import ModuleType
from typing import cast

import pytest

from api.pages.desk.away import handover, leaving
from api.pages.desk.register.pages import ROWS
from api.pages.desk.site import PAGES
from api.pages.desk.studies import page as scenarios
from api.pages.desk.studies.change_kinds import KINDS
from api.words.catalogue import languages
from api.words.speaker import Speaker
from tests.api.apart import apart
from tests.api.http.conftest import World, filled
from tests.api.pages.desk.drawn_desk import Drawn
from tests.api.pages.known_words import known
from tests.api.words.pseudo_language import PSEUDO, outside, spoken_too

ACTS = {
    "matching": {"why", "assign", "buddy"},
    "weeks": {"fit"},
    "scenarios": {"copy", "adopt"},
    "users": {"edit"},
    "invitations": {"renew"},
    "absences": {"week"},
    leaving.PATH.strip("/"): set(),
    handover.PATH.strip("/"): set(),
}
"""What the tables of a page offer to press."""
CHANGES = [
    {"kind": "learns", "buddies": ["anna"], "language": "uk", "level": "B2"},
    {"kind": "change_companies", "companies": ["foundry"], "fields": {"priority": 5}},
    {"kind": "absence", "buddies": ["ben"], "first_week": "2026-W48", "weeks": 2},
]
NAME = "Anna Ahorn"
"""Of a scenario: a name that is known already."""


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with spoken_too(tmp_path_factory.mktemp("language") / "catalogues"):
        for made in filled("", tmp_path_factory.mktemp("desk")):
            made.published()
            own = made.by("coordinator")
            ban = {"kind": "ban", "buddy": "anna", "company": "foundry"}
            kept = own.post("/api/v1/scenarios", json={"name": NAME, "changes": CHANGES})
            assert (own.post("/api/v1/pins", json=ban).status_code, kept.status_code) == (201, 201)
            invited = own.post("/api/v1/invitations", json={"users": [made.ids["planner"]]})
            assert invited.status_code == 201
            yield made


KEYS = {
    "companies": ("bakery", "~new"), "buddies": ("anna",), "hosts": ("~new",), "places": ("~new",),
    "appointments": ("~new",), "availability": ("~new",), "requests": ("~new",), "relations": ("~new",),
    "pins": ("~new",), "bans": ("~new",),
}  # fmt: skip
"""The rows whose pages are read, by the path of their list."""
PLACES = [
    *((each, "") for each in PAGES),
    (leaving, "anna"),
    (handover, "anna"),
    *((each, key) for each in ROWS for key in KEYS[each.PATH.split("/")[1]]),
]


def read(world: World, page: ModuleType, language: str, key: str) -> list[str]:
    async def texts() -> list[str]:
        async with Drawn(world, page, language, key) as drawn:
            found = drawn.texts()
            told = await drawn.press_in_tables()
            usual = {"edit"} if key and not key.startswith("~") else set[str]()
            acts = ACTS.get(page.PATH.strip("/"), usual)
            assert told.keys() == acts
            return found + [text for texts in told.values() for text in texts]

    return apart(texts())


@pytest.fixture(scope="module", params=PLACES, ids=lambda place: f"{place[0].PATH} {place[1]}")
def place(request: pytest.FixtureRequest) -> tuple[ModuleType, str]:
    """A page, and the id in its path where it has one."""
    return cast("tuple[ModuleType, str]", request.param)


@pytest.fixture(scope="module")
def in_brackets(world: World, place: tuple[ModuleType, str]) -> list[str]:
    """The page in the language that is all in brackets."""
    page, key = place
    return read(world, page, PSEUDO, key)


def test_every_text_of_a_page_comes_from_the_catalogue(world: World, in_brackets: list[str]) -> None:
    assert {text for text in in_brackets if outside(text) - known(world)} == set()
    assert any("⟦" in text for text in in_brackets)


@pytest.mark.parametrize("language", ["de", "en"])
def test_a_page_has_the_same_parts_in_every_language(
    world: World, place: tuple[ModuleType, str], in_brackets: list[str], language: str
) -> None:
    assert {"de", "en"} <= set(languages())
    assert len(read(world, place[0], language, place[1])) == len(in_brackets)


@pytest.mark.parametrize("kind", KINDS)
def test_the_form_of_every_change_speaks_it(world: World, kind: str) -> None:
    say = Speaker(PSEUDO)

    async def form() -> list[str]:
        async with Drawn(world, scenarios, PSEUDO) as drawn:
            await drawn.press(say.t("scenario_new"))
            await drawn.choose(say.t("scenario_kind"), kind)
            return drawn.texts()

    told = apart(form())
    assert say.t(f"change_text_{kind}") in told
    assert {text for text in told if outside(text) - known(world)} == set()
