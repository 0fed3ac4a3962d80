"""What pydantic, parsers and the system find wrong, as messages: their own sentences are English alone."""

import errno
import json
import re
from collections.abc import Mapping
from typing import Any

from data.base.message import Message, message

LIMITS = {
    "greater_than_equal": ("at_least", "ge"),
    "less_than_equal": ("at_most", "le"),
    "greater_than": ("more_than", "gt"),
    "less_than": ("less_than", "lt"),
}
KINDS = {"int": "should_be_whole", "float": "should_be_number", "bool": "should_be_boolean"}
KINDS |= {"string": "should_be_text", "date": "should_be_date", "tuple": "should_be_list"}
KINDS |= {"list": "should_be_list", "dict": "should_be_object", "model": "should_be_object"}
OF_SYSTEM = {
    errno.ENOENT: "system_missing",
    errno.EACCES: "system_not_allowed",
    errno.EPERM: "system_not_allowed",
    errno.EISDIR: "system_folder",
    errno.ENOTDIR: "system_no_folder",
    errno.ENOSPC: "system_full",
    errno.EROFS: "system_read_only",
    errno.EADDRINUSE: "system_address_taken",
}


def why_wrong(error: Mapping[str, Any]) -> Message:
    """Return what would be right instead of a value, from one of `ValidationError.errors()`."""
    kind, context = error["type"], error.get("ctx", {})
    if kind == "json_invalid":
        return message("no_json_here", why=_place(str(context["error"])))
    if kind in LIMITS:
        code, limit = LIMITS[kind]
        return message(code, limit=str(context[limit]))
    if kind in ("enum", "literal_error"):
        return message("allowed_are", allowed=allowed_by(error))
    if kind in ("missing", "level_twice", "too_short", "extra_forbidden"):
        return message(f"field_{kind}")
    return message(KINDS.get(kind.partition("_")[0], "another_value"))


def allowed_by(error: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the values that an error of kind `enum` or `literal_error` names."""
    return tuple(re.findall(r"'([^']+)'", error.get("ctx", {}).get("expected", "")))


def why_unopened(error: OSError) -> Message:
    """Return why the system does not open or write a file; of a rare reason, the name of its number."""
    number = error.errno or 0
    if number in OF_SYSTEM:
        return message(OF_SYSTEM[number])
    return message("system_other", name=errno.errorcode.get(number, type(error).__name__))


def why_unparsed(error: Exception) -> Message:
    """Return where a text is no JSON or TOML, or that it nests too deeply."""
    if isinstance(error, json.JSONDecodeError):
        return message("syntax_at", line=error.lineno, column=error.colno)
    if isinstance(error, RecursionError):
        return message("syntax_too_deep")
    place = _place(str(error))
    twice = str(error).startswith(("Cannot overwrite", "Cannot declare"))
    return message("syntax_twice", place=place) if twice else place


def _place(told: str) -> Message:
    """Return the line and column that a parser's sentence names."""
    if found := re.search(r"line (\d+),? column (\d+)", told):
        return message("syntax_at", line=int(found[1]), column=int(found[2]))
    return message("syntax_at_end")


def line_of(why: Message) -> int:
    """Return the line that such a reason names, 0 if it names none."""
    for name, value in why.fields:
        if name == "place" and isinstance(value, Message):
            return line_of(value)
        if name == "line" and isinstance(value, int):
            return value
    return 0
