"""Scenario files in TOML or JSON, read with all findings at once."""

import json
import tomllib
from typing import Any

from pydantic import ValidationError

from data.base.foreign_errors import line_of, why_unparsed, why_wrong
from data.base.message import message
from data.base.plain_text import composed
from data.model.findings import ChangeFinding, Finding, Severity, meant
from data.scenario.kinds import KINDS, Scenario

EXAMPLE = message("begin_scenario")


def parse_scenario(text: str, file: str) -> Scenario | tuple[Finding, ...]:
    """Parse the text of a scenario by its file's extension; findings name change and field. Never raises."""
    text = composed(text)
    try:
        content = json.loads(text) if file.lower().endswith(".json") else tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        why = why_unparsed(error)
        what = message("cannot_be_read_here", why=why)
        return (Finding(Severity.ERROR, file, line_of(why), "", "", what, EXAMPLE),)
    try:
        return Scenario.model_validate_json(json.dumps(content, default=str))
    except ValidationError as error:
        return tuple(_finding(file, each, content) for each in error.errors())


def _finding(file: str, error: Any, content: Any) -> Finding:
    where = list(error["loc"])
    number = 0
    if where[:1] == ["changes"] and len(where) > 1:
        number = int(where[1]) + 1
        where = where[2:] or ["kind"]
    column = ".".join(map(str, where))
    value, what, remedy = error.get("input"), message("does_not_fit"), why_wrong(error)
    if error["type"].startswith("union_tag"):
        kind = value.get("kind", "") if isinstance(value, dict) else ""
        column, value, remedy = (
            "kind",
            kind,
            meant(str(kind), KINDS, message("kinds_are", kinds=tuple(KINDS))),
        )
        what = message("no_kind" if kind else "missing")
    shown = value if isinstance(value, str) else json.dumps(value, default=str)
    return ChangeFinding(Severity.ERROR, file, number, column, shown, what, remedy)


def scenario_json(scenario: Scenario) -> str:
    """Return a scenario as JSON text that `parse_scenario` reads back."""
    return json.dumps(scenario.model_dump(mode="json"), indent=2, ensure_ascii=False) + "\n"
