"""What pydantic finds wrong with a field, as a message of ours: its own sentences are English alone."""

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


def why_wrong(error: Mapping[str, Any]) -> Message:
    """Return what would be right instead of a value, from one of `ValidationError.errors()`."""
    kind, context = error["type"], error.get("ctx", {})
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
