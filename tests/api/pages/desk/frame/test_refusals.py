"""The cause of a refusal is shown in words; every sentence searched for exists in the code."""

import pytest

from api.pages.desk.frame.client import Refused
from api.pages.desk.frame.refusals import CAUSES, cause_of
from api.pages.words import WORDS
from tests.folders import ROOT

FILES = [path for folder in ("api", "data", "scheduling") for path in (ROOT / folder).rglob("*.py")]
SAID = [path.read_text("utf-8") for path in FILES]


@pytest.mark.parametrize(("part", "key"), CAUSES)
def test_every_cause_is_said_somewhere_and_has_words(part: str, key: str) -> None:
    # Once in the table of causes itself.
    assert sum(part in text for text in SAID) > 1
    assert key in WORDS


def test_an_unknown_cause_has_no_words_of_its_own() -> None:
    assert (
        cause_of(Refused(422, {"detail": '"b01" has no open visit "x" at "c1" in 2026-W49'}))
        == "desk_cause_not_open"
    )
    assert cause_of(Refused(422, {"detail": "the request does not fit; see errors"})) == ""
