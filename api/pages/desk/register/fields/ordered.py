"""Ids chosen one after another, where their order counts."""

from collections.abc import Mapping, Sequence

from api.pages.desk.frame.elements import data
from api.words.speaker import Speaker

ROOM = 2
"""So many more can be chosen each time."""


def markup(say: Speaker, name: str, value: str, options: Sequence[tuple[str, str]]) -> str:
    """Return a list to choose from for each id that there is, and for some more."""
    rows = "".join(
        _row(say, f"{name}.{number}", number, held, options)
        for number, held in enumerate([*value.split(), *[""] * ROOM])
    )
    return f'<div class="language-list">{rows}</div>'


def taken(name: str, given: Mapping[str, str]) -> str:
    """Return what was chosen as a text of the register."""
    chosen = (given.get(f"{name}.{number}", "") for number in range(len(given)))
    return " ".join(dict.fromkeys(each for each in chosen if each))


def _row(say: Speaker, name: str, number: int, held: str, options: Sequence[tuple[str, str]]) -> str:
    known = dict(options)
    listed = "".join(
        f'<option value="{data(key)}"{" selected" if key == held else ""}>{data(text)}</option>'
        for key, text in (("", "–"), *([] if held in known or not held else [(held, held)]), *options)
    )
    label = data(say.t("entry_number", number=number + 1))
    return f'<div><select name="{name}" aria-label="{label}">{listed}</select></div>'
