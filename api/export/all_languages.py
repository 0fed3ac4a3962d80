"""A page in all languages at once: every text is there once a language, and a switch shows one."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

from markupsafe import Markup, escape

from api.words.catalogue import languages
from api.words.speaker import Speaker

THIN_SPACE = "\N{NARROW NO-BREAK SPACE}"
Said = TypeVar("Said")
Texts = tuple[str, ...]
"""One text a language, in the order of `languages()`."""


class ReportSpeaker(Speaker):
    """Writes numbers in groups that readers of every language take alike, since pages of several are one."""

    def _signs(self) -> tuple[str, str]:
        """Numbers are `1 234,5` or `1 234.5`."""
        return THIN_SPACE, super()._signs()[1]


def in_each(say_it: Callable[[ReportSpeaker], Said]) -> tuple[Said, ...]:
    """Return what is said in each language."""
    return tuple(say_it(ReportSpeaker(language)) for language in languages())


def texts_of(key: str, /, **fields: object) -> Texts:
    """Return a text by its key in each language; a field that is a tuple has one text a language too."""
    return tuple(
        ReportSpeaker(language).t(
            key, **{name: each[at] if isinstance(each, tuple) else each for name, each in fields.items()}
        )
        for at, language in enumerate(languages())
    )


def shares(part: int, whole: int) -> Texts:
    """Return a percentage in each language."""
    return in_each(lambda say: say.share(part, whole))


def by_line(lists: Iterable[Sequence[str]]) -> list[Texts]:
    """Return lists of texts, one list a language, line by line."""
    return list(zip(*lists, strict=True))


def spans(texts: Iterable[str]) -> Markup:
    """Return one element a language; the texts are escaped."""
    pairs = zip(languages(), texts, strict=True)
    return Markup("").join(
        Markup('<span lang="{}">{}</span>').format(language, escape(text)) for language, text in pairs
    )


def together(texts: Iterable[str]) -> str:
    """Return texts that are the same in all languages once, others one after another."""
    return " / ".join(dict.fromkeys(texts))


def functions() -> dict[str, Any]:
    """Return what the templates of such pages call.

    `t(key, …)` is a text by its key, `texts(…)` texts made before, `percent(…)` and `share(…)` a percentage;
    `together(…)` is for attributes, which cannot hold elements.
    """
    return {
        "speakers": [ReportSpeaker(language) for language in languages()],
        "first": ReportSpeaker(languages()[0]),
        "t": lambda key, **fields: spans(texts_of(key, **fields)),
        "texts": spans,
        "texts_of": texts_of,
        "shares": shares,
        "percent": lambda value: spans(in_each(lambda say: say.percent(value, 1))),
        "share": lambda part, whole: spans(shares(part, whole)),
        "number": ReportSpeaker(languages()[0]).number,
        "together": lambda texts: together(texts_of(texts) if isinstance(texts, str) else texts),
    }
