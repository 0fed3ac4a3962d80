"""Spellings of one word are folded into one form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.reference.words.folding import folded, header_forms, without_umlauts


@pytest.mark.parametrize(
    "spelling", ["Träger-Nr.", "TRÄGER NR", "Traeger-Nr.", "  träger\nnr ", "Tra\u0308ger_Nr"]
)
def test_spellings_of_one_word_are_the_same(spelling: str) -> None:
    assert folded(spelling) == "traegernr"


@pytest.mark.parametrize(("sign", "form"), [("-", "-"), (" ✓ ", "✓"), ("", ""), ("ß", "ss"), ("é", "e")])
def test_signs_alone_stay(sign: str, form: str) -> None:
    assert folded(sign) == form


def test_an_umlaut_that_was_lost_is_the_vowel_alone() -> None:
    assert without_umlauts("Träger") == folded("Trager")


@given(st.text(max_size=40))
def test_folding_ends(text: str) -> None:
    assert folded(folded(text)) == folded(text)
    assert all(isinstance(form, str) for form, _ in header_forms(text))


@pytest.mark.parametrize(
    ("header", "form", "unit"),
    [
        ("Dauer (min)", "dauer", "min"),
        ("Dauer in Minuten", "dauer", "min"),
        ("Strecke [km]", "strecke", "km"),
        ("Priorität (1-5)", "prioritaet", ""),
        ("Arbeitszeit, Std.", "arbeitszeit", "h"),
    ],
)
def test_a_header_is_also_known_without_what_stands_behind_it(header: str, form: str, unit: str) -> None:
    assert (form, unit) in list(header_forms(header))
