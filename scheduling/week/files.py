"""Read a week instance from the text of a file, and write its result as one."""

import json
from typing import Any

from pydantic import ValidationError

from data.base.instance_text import InstanceError, misfit_of, read_object
from scheduling.week.instance import WeekInstance, WeekResult


def parse_week(text: str) -> WeekInstance:
    """Parse a week instance from JSON, where null means absent; raises `InstanceError`."""
    raw = read_object(text)
    try:
        return WeekInstance.model_validate_json(json.dumps(_without_nulls(raw)))
    except ValidationError as error:
        misfit = misfit_of(error)
        raise InstanceError(misfit.wrong, misfit.where) from None


def result_json(result: WeekResult) -> str:
    """Return the result as JSON, with days without visits as null and without empty fields."""
    shown = json.loads(result.model_dump_json())
    for optional in ("stopped", "clash", "objective", "travel_min"):
        if not shown[optional] and shown[optional] != 0:
            del shown[optional]
    for visit in shown["unplanned"]:
        if visit["price"] is None:
            del visit["price"], visit["displaces"]
    return json.dumps(shown)


def _without_nulls(raw: Any) -> Any:
    """Drop null fields of objects; a null in a list (a day off) stays."""
    if isinstance(raw, dict):
        return {key: _without_nulls(value) for key, value in raw.items() if value is not None}
    return [_without_nulls(item) for item in raw] if isinstance(raw, list) else raw
