"""The language in which a command speaks: the one asked for, else that of the locale, else English."""

import inspect
import os
from collections.abc import Callable, Sequence
from contextvars import ContextVar
from functools import wraps
from typing import TYPE_CHECKING, Annotated, Any

import typer

from api.words.catalogue import languages
from data.base.errors import BuddyplanError
from data.base.message import message

if TYPE_CHECKING:
    from api.words.speaker import Speaker

NO_LOCALE = "en"
SHORT = {"--german": "de", "--english": "en"}
_asked: ContextVar[str] = ContextVar("asked", default="")


def spoken() -> str:
    """Return the language of this command."""
    return _asked.get() or locale_language()


def say() -> "Speaker":
    """Return a speaker of this command's language."""
    from api.words.speaker import Speaker

    return Speaker(spoken())


def locale_language() -> str:
    """Return the language of the locale if it has a catalogue, else English."""
    names = (os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    code = next((name for name in names if name), "")[:2].lower()
    return code if code in languages() else NO_LOCALE


def language_in(words: Sequence[str]) -> str:
    """Return the language that the words of a command ask for, empty if none.

    It is needed before they are read, to tell what is wrong with them.
    """
    if "--language" in words[:-1]:
        code = words[words.index("--language") + 1]
        return code if code in languages() else ""
    return next((short for name, short in SHORT.items() if name in words), "")


def speak(language: str) -> None:
    """Set the language of this command; empty stands for the locale's."""
    _asked.set(language)


def give_language(app: typer.Typer) -> None:
    """Give every command of an app, and of the apps within it, the options that choose a language."""
    for command in app.registered_commands:
        assert command.callback is not None
        command.callback = _speaking(command.callback)
    for group in app.registered_groups:
        assert group.typer_instance is not None
        give_language(group.typer_instance)


def _known(code: str) -> str:
    if code and code not in languages():
        known = ", ".join(languages())
        raise BuddyplanError(message("option_language", language=code, languages=known))
    return code


Code = Annotated[
    str,
    typer.Option(
        "--language",
        metavar="CODE",
        callback=_known,
        help=f"The language of sentences, tables and pictures, {' or '.join(languages())}; default: the "
        "locale's.",
    ),
]
German = Annotated[
    bool | None, typer.Option("--german/--english", help="Short for --language de and --language en.")
]


def _speaking(command: Callable[..., Any]) -> Callable[..., Any]:
    """Return a command with two options more."""

    @wraps(command)
    def speaking(*, language: str = "", german: bool | None = None, **given: Any) -> Any:
        short = {True: "de", False: "en", None: ""}[german]
        speak(language or short)
        return command(**given)

    whole = inspect.signature(command, eval_str=True)
    options = [
        inspect.Parameter("language", inspect.Parameter.KEYWORD_ONLY, default="", annotation=Code),
        inspect.Parameter("german", inspect.Parameter.KEYWORD_ONLY, default=None, annotation=German),
    ]
    speaking.__signature__ = whole.replace(  # type: ignore[attr-defined]
        parameters=[*whole.parameters.values(), *options]
    )
    return speaking
