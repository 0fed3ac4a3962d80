"""What is wrong with the words of a command, in its language: the sentences of Typer are English alone."""

import re
from datetime import datetime
from typing import Any

import typer.exceptions

from api.words.speaker import Speaker


def usage_words(error: typer.exceptions.TyperException, say: Speaker) -> str:
    """Return what a person should write otherwise, and how to ask for help; of no words at all the help."""
    kind, given = type(error).__name__, getattr(error, "param", None)
    name = (given.get_error_hint() if given else "").replace("'", "")
    match kind:
        case "NoArgsIsHelpError":
            return error.format_message()
        case "MissingParameter":
            wrong = say.t("usage_missing", name=name)
        case "NoSuchOption":
            wrong = say.t("usage_no_option", name=getattr(error, "option_name", ""))
        case "BadParameter":
            wrong = f"{name}: {_allowed(given, say)}"
        case "BadOptionUsage":
            wrong = say.t("usage_no_value", name=getattr(error, "option_name", ""))
        case _:
            wrong = say.t("usage_unknown", words=_named(error.format_message()))
    context = getattr(error, "ctx", None)
    return say.t("usage_help", wrong=wrong, command=context.command_path if context else "buddyplan")


def _named(told: str) -> str:
    """Return the words that Typer quotes or puts in brackets: an unknown command, or too many words."""
    found = re.search(r"'([^']*)'|\((?!s\))([^)]*)\)", told)
    return (found[1] or found[2]) if found else ""


def _allowed(given: Any, say: Speaker) -> str:
    """Return what an option takes."""
    low, high = (None if limit is None else _limit(limit, say) for limit in (given.min, given.max))
    if low is not None and high is not None:
        return say.t("usage_span", low=low, high=high)
    if low is not None:
        return say.t("usage_least", low=low)
    annotation = given.type_descriptor.annotation
    return say.t(
        {datetime: "usage_day", int: "usage_whole", float: "usage_number"}.get(annotation, "usage_value")
    )


def _limit(limit: float, say: Speaker) -> str:
    return str(limit) if isinstance(limit, int) else say.number(limit, 0 if limit == int(limit) else 3)
