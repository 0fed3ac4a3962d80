"""The text of a solver file: one JSON object without duplicate keys, and what is wrong with its fields."""

import json
from collections.abc import Iterable
from typing import Any

from pydantic import ValidationError

from data.base.errors import BuddyplanError
from data.base.foreign_errors import why_unparsed, why_wrong
from data.base.message import Message, message


class InstanceError(BuddyplanError):
    """A solver file that breaks its format: where, such as `visits[0].node`, and what is wrong there."""

    def __init__(self, wrong: Message, where: str = "") -> None:
        super().__init__(message("solver_file_wrong", where=where, wrong=wrong) if where else wrong)


class Misfit(ValueError):
    """Fields that contradict each other, found by a model's own rule."""

    def __init__(self, where: str, wrong: Message) -> None:
        super().__init__(f"{where}: {wrong}")
        self.where, self.wrong = where, wrong


def expect(holds: bool, where: str, code: str, /, **fields: object) -> None:
    """Raise `Misfit` unless a rule holds."""
    if not holds:
        raise Misfit(where, message(code, **fields))


def misfit_of(error: ValidationError) -> Misfit:
    """Return the first thing that is wrong."""
    first = error.errors()[0]
    found = first.get("ctx", {}).get("error")
    return found if isinstance(found, Misfit) else Misfit(_place(first["loc"]), why_wrong(first))


def _place(steps: Iterable[int | str]) -> str:
    """Return a place as `visits[0].node`."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps).removeprefix(".")


def read_object(text: str) -> dict[str, Any]:
    """Return the JSON object in a text; raises `InstanceError` if there is none."""
    try:
        raw = json.loads(text.removeprefix("\ufeff"), object_pairs_hook=_each_key_once)
    except InstanceError:
        raise
    except json.JSONDecodeError as error:
        raise InstanceError(message("instance_no_json", why=why_unparsed(error))) from None
    except (RecursionError, ValueError):
        raise InstanceError(message("instance_too_deep")) from None
    if not isinstance(raw, dict):
        raise InstanceError(message("instance_no_object"))
    return raw


def _each_key_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise InstanceError(message("instance_key_twice", key=key))
        found[key] = value
    return found
