"""Languages chosen by name: with a level each, as buddies speak them, or any of them, as groups do."""

from collections.abc import Mapping

from api.pages.desk.frame.choices import SPOKEN as KNOWN
from api.pages.desk.frame.elements import data
from api.pages.desk.register.wording import Wording
from data.model.vocabulary import LanguageLevel
from data.tables.codes import ALTERNATIVES, SPOKEN
from data.tables.column import Column

KINDS = (SPOKEN, ALTERNATIVES)
ROOM = 2
"""So many more can be chosen each time."""
LEVEL = "level"


def markup(words: Wording, column: Column, value: str) -> str:
    """Return a list to choose from for each language that there is, and for some more."""
    held = _parts(column, value)
    rows = [*held, *[("", "")] * ROOM]
    inside = "".join(_row(words, column, number, *row) for number, row in enumerate(rows))
    return f'<div class="language-list">{inside}</div>'


def taken(column: Column, given: Mapping[str, str]) -> str:
    """Return what was chosen as a text of the register; without a level, the language stands alone."""
    found = []
    for number in range(len(given)):
        language = given.get(f"{column.name}.{number}", "")
        level = given.get(f"{column.name}.{number}.{LEVEL}", "")
        if language:
            found.append(f"{language}:{level}" if column.kind is SPOKEN else language)
    return (" " if column.kind is SPOKEN else "/").join(found)


def _parts(column: Column, value: str) -> list[tuple[str, str]]:
    items = value.split() if column.kind is SPOKEN else value.split("/")
    return [(language, level) for language, _, level in (item.partition(":") for item in items if item)]


def _row(words: Wording, column: Column, number: int, language: str, level: str) -> str:
    say, name = words.say, f"{column.name}.{number}"
    named = sorted(
        ((code, say.language_name(code)) for code in {*KNOWN, language} - {""}), key=lambda each: each[1]
    )
    label = say.t("entry_language_number", number=number + 1)
    chosen = _select(name, label, [("", "–"), *named], language)
    if column.kind is not SPOKEN:
        return f"<div>{chosen}</div>"
    levels = [("", "–"), *((each.value, each.value) for each in LanguageLevel)]
    label = say.t("entry_level_number", number=number + 1)
    return f"<div>{chosen}{_select(f'{name}.{LEVEL}', label, levels, level)}</div>"


def _select(name: str, label: str, options: list[tuple[str, str]], chosen: str) -> str:
    listed = "".join(
        f'<option value="{data(value)}"{" selected" if value == chosen else ""}>{data(text)}</option>'
        for value, text in options
    )
    return f'<select name="{name}" aria-label="{data(label)}">{listed}</select>'
