"""Each language has every text, with the same fields, and no text that nothing asks for."""

from collections import Counter
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from api.words import catalogue
from api.words.catalogue import DEFAULT, FOLDER, has_text, languages, pattern


def files(language: str) -> list[Path]:
    return sorted((FOLDER / language).glob("*.po"))


def read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=path.parent.name, abort_invalid=True)


def forms(language: str) -> dict[str, tuple[str, ...]]:
    """Every form of each text, by its key."""
    return {
        entry.id if isinstance(entry.id, str) else entry.id[0]: (entry.string,)
        if isinstance(entry.string, str)
        else tuple(entry.string)
        for path in files(language)
        for entry in read(path)
        if entry.id
    }


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_german_comes_first() -> None:
    assert languages()[0] == DEFAULT == "de" and "en" in languages()


@pytest.mark.parametrize("language", languages())
def test_a_language_has_the_files_of_german_and_their_texts(language: str) -> None:
    assert [path.name for path in files(language)] == [path.name for path in files(DEFAULT)]
    for path in files(language):
        twin = FOLDER / DEFAULT / path.name
        assert [each.id for each in read(path)] == [each.id for each in read(twin)], path.name


@pytest.mark.parametrize("language", languages())
def test_no_text_is_empty_and_none_is_there_twice(language: str) -> None:
    assert all(form.strip() for each in forms(language).values() for form in each)
    counted = Counter(str(entry.id) for path in files(language) for entry in read(path) if entry.id)
    assert {key for key, count in counted.items() if count > 1} == set()


@pytest.mark.parametrize("language", languages())
def test_texts_stand_in_the_order_of_their_keys(language: str) -> None:
    for path in files(language):
        keys = [entry.id if isinstance(entry.id, str) else entry.id[0] for entry in read(path) if entry.id]
        assert keys == sorted(keys), path.name


@pytest.mark.parametrize("language", languages())
def test_a_text_names_the_fields_that_the_german_one_names(language: str) -> None:
    german = forms(DEFAULT)
    for key, each in forms(language).items():
        assert all(fields(form) == fields(german[key][-1]) for form in each), key


@pytest.mark.parametrize("language", languages())
def test_a_text_that_counts_has_each_form_of_its_language(language: str) -> None:
    for key, each in forms(language).items():
        counts = any("count" in fields(form) for form in each)
        assert len(each) == 1 or counts, key


def test_a_key_without_a_text_has_none() -> None:
    assert pattern("no_such_key", "de") is None and pattern("no_such_key", "de", 2) is None
    assert not has_text("no_such_key") and not has_text("") and has_text("nobody", "en")


def test_the_plural_is_that_of_the_language() -> None:
    assert pattern("with_specialists", "de", 1) == "{count} Fachkraft"
    assert (
        pattern("with_specialists", "de", 0) == pattern("with_specialists", "de", 2) == "{count} Fachkräften"
    )


def test_a_catalogue_is_read_once() -> None:
    assert catalogue.catalogue("en") is catalogue.catalogue("en")
