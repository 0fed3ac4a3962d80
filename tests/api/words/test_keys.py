"""Every text that is asked for is there, and every text that is there is asked for."""

import pytest

from api.words.catalogue import DEFAULT, has_text, languages
from tests.api.words.keys import BUILT, OPEN, asked, built, literals
from tests.api.words.test_catalogue import forms


@pytest.mark.parametrize("language", languages())
def test_every_text_that_is_asked_for_is_there(language: str) -> None:
    assert {key for key in asked() | built() if not has_text(key, language)} == set()


def test_no_text_is_there_that_nothing_asks_for() -> None:
    known = {key for key in forms(DEFAULT) if not key.startswith(OPEN)}
    assert known - literals() - built() == set()


def test_every_beginning_of_a_key_is_in_use() -> None:
    for begin in BUILT:
        assert any(key.startswith(begin) for key in forms(DEFAULT)), begin
