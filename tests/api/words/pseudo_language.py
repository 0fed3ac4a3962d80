"""A language that nobody speaks: each English text in brackets, so that text from elsewhere shows."""

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from pathlib import Path

import pytest
from babel.messages.pofile import read_po, write_po

from api.words import catalogue

PSEUDO = "eo"
"""Esperanto: the CLDR has its names of days and languages, and no catalogue of ours."""
AS_THEY_ARE = ("format_", "zone_", "locale")
"""Patterns and codes, which are no texts."""


@contextmanager
def spoken_too(folder: Path) -> Iterator[None]:
    """Add the language as somebody would: by one folder of catalogues, and nothing else."""
    shutil.copytree(catalogue.FOLDER, folder, ignore=shutil.ignore_patterns("__pycache__", "*.py"))
    shutil.copytree(folder / "en", folder / PSEUDO)
    for path in sorted((folder / PSEUDO).glob("*.po")):
        _bracket(path)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(catalogue, "FOLDER", folder)
        _forget()
        yield
    _forget()


def _bracket(path: Path) -> None:
    with path.open("rb") as file:
        read = read_po(file, locale=PSEUDO, abort_invalid=True)
    for entry in read:
        key = entry.id if isinstance(entry.id, str) else entry.id[0]
        if key and not key.startswith(AS_THEY_ARE):
            forms = [entry.string] if isinstance(entry.string, str) else entry.string
            said = tuple(f"⟦{form}⟧" for form in forms)
            entry.string = said[0] if isinstance(entry.string, str) else said
    with path.open("wb") as file:
        write_po(file, read, width=0)


def _forget() -> None:
    catalogue.languages.cache_clear()
    catalogue.catalogue.cache_clear()


def outside(text: str) -> set[str]:
    """Return the words that stand outside of brackets."""
    inner = re.compile(r"⟦[^⟦⟧]*⟧")
    while inner.search(text):
        text = inner.sub(" ", text)
    return words(text)


def words(text: str) -> set[str]:
    """Return the words of two letters or more; one letter is a unit or an initial."""
    return set(re.findall(r"[^\W\d_]{2,}", text))


class Texts(HTMLParser):
    """What a page shows and reads out, and of a page in all languages what it shows in each."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, str]] = []
        self.texts: dict[str, list[str]] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag not in {"meta", "link", "br", "input", "col", "img", "path", "circle", "rect"}:
            language = given.get("lang") or (self.open[-1][1] if self.open else "")
            self.open.append((tag, language))
        for name in ("aria-label", "alt", "title", "placeholder"):
            self._add(given.get(name) or "")

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1][0] not in {"style", "script", "code"}:
            self._add(data)

    def _add(self, text: str) -> None:
        self.texts.setdefault(self.open[-1][1] if self.open else "", []).append(text)


def texts_of(page: str) -> dict[str, str]:
    """Return the texts of a page by the language that they are marked with."""
    read = Texts()
    read.feed(page)
    return {language: " ".join(found) for language, found in read.texts.items()}
