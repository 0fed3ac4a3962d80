"""The policy as the one row of an entity: its keys are columns, its values as in a policy file."""

import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

from data.base.message import message
from data.model.findings import EntryFinding, Finding
from data.model.policy import Objective, Policy
from data.tables.cells import CellError, Kind
from data.tables.column import Column
from data.tables.files.policy_file import SECTIONS, policy_of, toml_value

POLICY = "policy"
"""The entity, and the id of its only row."""
OBJECTIVES = "objectives"


def _read(text: str) -> Any:
    """Parse a value of a policy file; a word without quotes is a text."""
    try:
        return tomllib.loads(f"value = {text}")["value"]
    except (tomllib.TOMLDecodeError, RecursionError):
        if any(sign in text for sign in "\"'[]{}=\n"):
            raise CellError(message("no_policy_value"), message("write_policy_value")) from None
        return text


def _written(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {_written(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_written, value)) + "]"
    return value.isoformat() if hasattr(value, "isoformat") else toml_value(value)


VALUE = Kind("value as in a policy file", _read, write=_written)


def _columns() -> Iterator[Column]:
    for key in Policy.model_fields:
        names = [f"{key}.{inner}" for inner in SECTIONS[key].model_fields] if key in SECTIONS else [key]
        for name in names:
            yield Column(name, VALUE, about=f"policy.{key}")


POLICY_COLUMNS = (Column("id", VALUE, POLICY, about="policy.id"), *_columns())


def policy_in(values: Mapping[str, str]) -> tuple[Policy, tuple[Finding, ...]]:
    """Return the policy of a row's values, and what is wrong with them."""
    content: dict[str, Any] = {}
    for name, text in values.items():
        key, _, inner = name.partition(".")
        if inner:
            content.setdefault(key, {})[inner] = _read(text)
        elif name != "id":
            content[key] = _read(text)
    reading = policy_of(content, POLICY)
    return reading.policy, tuple(
        EntryFinding(
            each.severity, each.file, each.row, each.column, each.value, each.problem, each.remedy, id=POLICY
        )
        for each in reading.findings
    )


def policy_values(policy: Policy) -> dict[str, str]:
    """Return the values of a policy that differ from the defaults."""
    values, usual = {"id": POLICY}, Policy()
    for key in Policy.model_fields:
        held, default = getattr(policy, key), getattr(usual, key)
        if held == default:
            continue
        if key in SECTIONS:
            for inner in SECTIONS[key].model_fields:
                if getattr(held, inner) != getattr(default, inner):
                    values[f"{key}.{inner}"] = _written(getattr(held, inner))
        elif key == OBJECTIVES:
            values[key] = _written([_objective(each) for each in held])
        else:
            values[key] = _written(held.value if hasattr(held, "value") else held)
    return values


def _objective(objective: Objective) -> dict[str, Any]:
    given = objective.model_dump(mode="json", exclude_defaults=True)
    return {"name": objective.name.value, **given}
