"""Every word of every list of choices, every language and every sector has German and English names."""

import pytest

from data.reference.words.folding import folded
from data.reference.words.headers import LANGUAGES, words_in
from data.reference.words.values import (
    LEVELS,
    UNITS,
    VISITS,
    language_meant,
    names_of_languages,
    sector_meant,
    word_meant,
    words_of,
)
from data.tables.cells import Kind
from data.tables.codes import FIRST_DIVISION, SECTIONS, SECTOR
from data.tables.codes import LANGUAGES as CODES
from data.tables.columns import COLUMNS

CHOICES: dict[str, Kind] = {
    column.kind.vocabulary: column.kind
    for columns in COLUMNS.values()
    for column in columns
    if column.kind.vocabulary
}
WORDS = [(name, word) for name, kind in CHOICES.items() for word in kind.choices]
DIVISIONS = [  # of WZ 2008, whose numbers have gaps
    number for number in range(1, 100) if number not in {4, 34, 40, 44, 48, 54, 57, 67, 76, 83, 89}
]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("vocabulary", "word"), WORDS)
def test_every_choice_has_words_that_are_read_as_it(vocabulary: str, word: str, language: str) -> None:
    written = words_of(vocabulary, word, language)
    assert written
    kind = CHOICES[vocabulary]
    for each in written:
        assert kind.read(each) == kind.read(word)
        assert kind.read(each.upper()) == kind.read(word)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_stands_for_two_choices_and_none_for_what_is_not_there(language: str) -> None:
    for name, words in words_in(language, "values").items():
        folds = [(folded(each), word) for word, written in words.items() for each in written]
        assert dict(folds).items() >= set(folds), name
    assert words_in(language, "values").keys() == {*CHOICES, LEVELS, VISITS, UNITS, "Languages", "Tags"}
    for name, kind in CHOICES.items():
        if kind.choices:
            assert words_in(language, "values")[name].keys() == set(kind.choices)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", sorted(CODES - {"sh"}))  # Serbo-Croatian is read as Serbian
def test_every_language_is_known_by_its_name(code: str, language: str) -> None:
    names = [*words_in(language, "values")["Languages"].get(code, ())]
    if named := names_of_languages(language).get(code):
        names.append(named)
    assert names and {language_meant(name) for name in names} == {code}


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Arabisch", "ar"),
        ("ARABISCH", "ar"),
        ("Farsi", "fa"),
        ("Dari", "fa"),
        ("Persisch", "fa"),
        ("Paschtu", "ps"),
        ("Kurmandschi", "ku"),
        ("Tigrinya", "ti"),
        ("Türkisch", "tr"),
        ("Tuerkisch", "tr"),
        ("Turkisch", "tr"),
        ("Ukrainian", "uk"),
        ("Klingonisch", ""),
    ],
)
def test_a_language_is_known_by_other_names_too(name: str, code: str) -> None:
    assert language_meant(name) == code


def test_every_section_and_division_has_a_german_name() -> None:
    named = words_in("de", "sectors")
    assert {code for code in named if len(code) == 1} == set(SECTIONS)
    divisions = {int(code[1:]) for code in named if len(code) == 3}
    assert divisions == set(DIVISIONS)
    assert set(FIRST_DIVISION) <= divisions


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_name_of_a_sector_means_one_code(language: str) -> None:
    folds = [(folded(name), code) for code, names in words_in(language, "sectors").items() for name in names]
    assert sorted(folds) == sorted(dict(folds).items())
    for name, code in (
        (name, code) for code, names in words_in(language, "sectors").items() for name in names
    ):
        assert sector_meant(name) == code == SECTOR.read(code)


@pytest.mark.parametrize("word", ["Handwerk", "Industrie", "Dienstleistung", "Crafts"])
def test_a_word_for_a_tag_is_no_sector(word: str) -> None:
    assert word_meant("Tags", word) and not sector_meant(word)
