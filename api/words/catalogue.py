"""Catalogues: every text of a language, in the gettext files of `catalogues/<language>/`."""

import gettext
from functools import cache
from io import BytesIO
from pathlib import Path

FOLDER = Path(__file__).parent / "catalogues"
DEFAULT = "de"
"""The language of the programmes; it comes first wherever all languages stand side by side."""


@cache
def languages() -> tuple[str, ...]:
    """Return the languages that have a catalogue, German first."""
    found = {path.parent.name for path in FOLDER.glob("*/*.po")}
    return tuple(sorted(found, key=lambda code: (code != DEFAULT, code)))


class _Nothing(gettext.NullTranslations):
    """Has no text for any key, where gettext itself would return the key."""

    def gettext(self, message: str) -> str:
        return ""

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return ""


@cache
def catalogue(language: str) -> gettext.GNUTranslations:
    """Return the catalogue of a language; Babel is loaded when something is to be said."""
    from babel.messages.catalog import Catalog
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    whole = Catalog(locale=language)
    for path in sorted((FOLDER / language).glob("*.po")):
        with path.open("rb") as file:
            part = read_po(file, locale=language, abort_invalid=True)
        for entry in part:
            if entry.id:
                whole.add(entry.id, entry.string)
    compiled = BytesIO()
    write_mo(compiled, whole)
    compiled.seek(0)
    known = gettext.GNUTranslations(compiled)
    known.add_fallback(_Nothing())
    return known


def pattern(key: str, language: str, count: int | None = None) -> str | None:
    """Return the text of a key with its fields open, in the plural form of `count`; None if there is none."""
    known = catalogue(language)
    return (known.gettext(key) if count is None else known.ngettext(key, key, count)) or None


def has_text(key: str, language: str = DEFAULT) -> bool:
    """Return whether a language has a text of this key."""
    return bool(key) and pattern(key, language) is not None
