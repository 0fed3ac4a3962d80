"""Parse the text of a solver file as one JSON object without duplicate keys, before fields are checked."""

import json
from typing import Any

from data.base.errors import BuddyplanError
from data.base.message import message


class InstanceError(BuddyplanError):
    """A solver file that breaks its format; the text is one line saying where and what.

    These files are for programs, so the line is English in every language.
    """

    def __init__(self, line: str) -> None:
        super().__init__(message("solver_file_wrong", line=line))
        self.line = line

    def __str__(self) -> str:
        """Return the line."""
        return self.line


def read_object(text: str) -> dict[str, Any]:
    """Return the JSON object in a text; raises `InstanceError` if there is none."""
    try:
        raw = json.loads(text.removeprefix("\ufeff"), object_pairs_hook=_each_key_once)
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise InstanceError(f"{where}: {error.msg}") from None
    except InstanceError:
        raise
    except (RecursionError, ValueError):
        raise InstanceError("nested too deeply, or a number with thousands of digits") from None
    if not isinstance(raw, dict):
        raise InstanceError("expected a JSON object")
    return raw


def _each_key_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise InstanceError(f'"{key}" stands twice in one object')
        found[key] = value
    return found
