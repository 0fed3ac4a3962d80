"""The example rows of templates, by language: each is marked as one in its first column."""

from functools import cache

from data.reference.words.headers import LANGUAGES, words_in


def example_of(table: str, language: str) -> dict[str, str]:
    """Return the example row of a table, text by column."""
    return {column: str(text) for column, text in words_in(language, "examples").get(table, {}).items()}


@cache
def examples_of(table: str) -> tuple[dict[str, str], ...]:
    """Return the example rows of a table in all languages."""
    return tuple(filter(None, (example_of(table, language) for language in LANGUAGES)))
