"""The words of cells in lists, by language: states, modes, levels, languages and sectors by their names."""

from collections.abc import Iterable, Mapping
from functools import cache

from data.reference.words.folding import folded, without_umlauts
from data.reference.words.headers import LANGUAGES, words_in

YES_NO, LEVELS, VISITS, TAGS, UNITS = "YesNo", "LanguageLevel", "VisitsPer4Weeks", "Tags", "Units"
SURE_LEVEL = "C2"
"""The one level whose words, such as mother tongue, leave no doubt."""


def words_of(vocabulary: str, word: str, language: str) -> tuple[str, ...]:
    """Return what a word of a vocabulary is called in a language; the first is what we write."""
    return tuple(words_in(language, "values").get(vocabulary, {}).get(word, ()))


@cache
def vocabulary(name: str) -> Mapping[str, str]:
    """Return the words of a vocabulary by what lists write for them, folded."""
    found: dict[str, str] = {}
    for language in LANGUAGES:
        for word, written in words_in(language, "values").get(name, {}).items():
            found |= {folded(word): word}
            for each in written:
                found.setdefault(folded(each), word)
                found.setdefault(without_umlauts(each), word)
    return found


def word_meant(name: str, text: str) -> str:
    """Return the word of a vocabulary that a text means, empty if none."""
    return vocabulary(name).get(folded(text), "")


def words_for(name: str, allowed: Iterable[str]) -> tuple[str, ...]:
    """Return everything that lists write for some words of a vocabulary."""
    return tuple(each for word in allowed for lang in LANGUAGES for each in words_of(name, word, lang))


def language_meant(name: str) -> str:
    """Return the code of a language by its German or English name, empty if it is not known."""
    return _languages().get(folded(name), "")


@cache
def names_of_languages(language: str) -> Mapping[str, str]:
    """Return the names of all languages that have a code of two letters, in German or English (CLDR)."""
    from babel import Locale

    return {code: name for code, name in Locale(language).languages.items() if len(code) == 2}


@cache
def _languages() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for language in LANGUAGES:
        names = [(name, code) for code, name in names_of_languages(language).items()]
        own = words_in(language, "values").get("Languages", {}).items()
        for name, code in [(name, code) for code, names in own for name in names] + names:
            found.setdefault(folded(name), code)
            found.setdefault(without_umlauts(name), code)
    return found


def sector_meant(name: str) -> str:
    """Return the WZ 2008 code of a sector by its name, empty if none or several have it."""
    return _sectors().get(folded(name), "")


@cache
def names_of_sectors(language: str) -> Mapping[str, str]:
    """Return what sections and divisions of WZ 2008 are called in a language, by code; else in English."""
    names = words_in(language if language in LANGUAGES else "en", "sectors")
    return {code: next(iter(written)) for code, written in names.items()}


@cache
def _sectors() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for language in LANGUAGES:
        for code, names in words_in(language, "sectors").items():
            for name in names:
                found.setdefault(folded(name), code)
                found.setdefault(without_umlauts(name), code)
    return found
