"""The file `policy.toml`: a programme's preferences and limits, read with findings and written for people."""

import json
import re
import tomllib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from data.base.entity import Entity
from data.base.message import Message, message
from data.model.calendar import STATES
from data.model.findings import Finding, Severity, allowed_are, meant, meant_one_of
from data.model.policy import Arrival, DriftDays, Objective, Policy
from data.model.wrong_field import allowed_by, why_wrong

PROGRAMME_KEYS = {
    "id": "what the programme is called in files",
    "state": "the German state whose public holidays are kept, such as ST",
}
MEANINGS = {
    "coverage_weight": "what one company weighs in coverage: companies, specialists or care_hours",
    "language_level": "the level (CEFR) at which a language counts as spoken",
    "language_required": "whether a buddy without a common language is refused",
    "either_prefers_sector": "under the mandate `either`, whether the sector is the stronger half",
    "max_one_way_min": "longest way from a buddy's base to a company, in minutes",
    "travel_percent": "how long travel takes, in percent of what is estimated, such as 120 in winter",
    "rematch": "whether lasting relations may be given up where that serves more",
    "max_changed_relations": "how many relations may change at most; left out: any number",
    "district_floor_percent": "coverage that every district should reach",
    "first_visit_within_days": "days in which a first visit is due",
    "publish_days_ahead": "days before a week at which it is published",
    "promise_min": "a promised window is the planned start, so many minutes more or less",
    "reserve_percent": "share of a week that is kept free for what comes up",
    "min_gap_days": "days that lie at least between two contacts of a company's regular care",
    "min_cell": "figures about fewer people than this are not shown",
    "cost_cents_per_fte_year": "cost of one full-time buddy in a year, in cents",
    "cost_cents_per_km": "cost of one kilometre, in cents",
    "budget_cents_per_year": "what all buddies may cost in a year, in cents; left out: any amount",
    "drift_days": "days by which a contact may lie before or after its day, by how often it comes",
    "arrival": "care is denser in the first weeks after an arrival",
    "objectives": "what matters, the most important first; later ones may worsen it by its tolerance",
}
SECTIONS: dict[str, type[Entity]] = {"drift_days": DriftDays, "arrival": Arrival}
# Larger values are typing errors; the entity itself checks only the lower limits.
HIGHEST = {
    "max_one_way_min": 600,
    "max_changed_relations": 100_000,
    "first_visit_within_days": 366,
    "publish_days_ahead": 366,
    "promise_min": 720,
    "min_gap_days": 28,
    "drift_days.weekly": 6,
    "drift_days.two_weekly": 13,
    "drift_days.longer": 28,
    "arrival.weeks": 52,
    "min_cell": 1000,
    "cost_cents_per_fte_year": 100_000_000,
    "cost_cents_per_km": 10_000,
    "budget_cents_per_year": 100_000_000_000,
}
EXAMPLE = message("write_policy_lines")


@dataclass(frozen=True)
class PolicyReading:
    """The content of a policy file; id and state are empty if not given."""

    policy: Policy
    programme_id: str
    state: str
    findings: tuple[Finding, ...]


def read_policy(path: Path | None) -> PolicyReading:
    """Read a policy file, or return the defaults if there is none. Never raises for a file's content."""
    if path is None:
        return PolicyReading(Policy(), "", "", ())
    try:
        return parse_policy(path.read_text(encoding="utf-8-sig"), path.name)
    except OSError as error:
        problem = message("cannot_be_opened", why=error.strerror or type(error).__name__)
    except UnicodeDecodeError:
        problem = message("not_utf8")
    finding = Finding(Severity.ERROR, path.name, 0, "", "", problem, message("save_as_utf8_or_remove"))
    return PolicyReading(Policy(), "", "", (finding,))


def parse_policy(text: str, file: str = "policy.toml") -> PolicyReading:
    """Parse the text of a policy file; every finding names the key as its column, and its line."""
    try:
        content = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        line = re.search(r"at line (\d+)", str(error))
        problem = message("no_toml", why=str(error))
        finding = Finding(Severity.ERROR, file, int(line[1]) if line else 0, "", "", problem, EXAMPLE)
        return PolicyReading(Policy(), "", "", (finding,))
    wrong = _Wrong(file, _lines(text))
    programme = content.pop("programme", {})
    if not isinstance(programme, dict):
        wrong.add("programme", programme, message("no_section"), message("write_programme_section"))
        programme = {}
    _check_keys(content, programme, wrong)
    _check_programme(programme, wrong)
    known = {key: value for key, value in content.items() if key in Policy.model_fields}
    try:
        policy = Policy.model_validate_json(json.dumps(known, default=str))
    except ValidationError as error:
        _check_values(error, wrong)
        policy = Policy()
    for key, highest in HIGHEST.items():
        section, _, field_name = key.rpartition(".")
        inside = known.get(section, {}) if section else known
        value = inside.get(field_name) if isinstance(inside, dict) else None
        if isinstance(value, int) and value > highest:
            wrong.add(
                key, value, message("out_of_range"), message("allowed_span", low="0", high=str(highest))
            )
    programme_id, state = (str(programme.get(key, "")) for key in PROGRAMME_KEYS)
    return PolicyReading(policy, programme_id, state, tuple(wrong.findings))


def policy_toml(policy: Policy, programme_id: str = "", state: str = "") -> str:
    """Return a policy as an editable file that `parse_policy` reads back, with every key explained."""
    lines = [
        "# The wishes and limits of a programme. A key that is left out has the value of a small office."
    ]
    for key in Policy.model_fields:
        value = getattr(policy, key)
        if not isinstance(value, Entity | tuple):
            lines += [
                "",
                f"# {MEANINGS[key]}",
                f"# {key} = 0" if value is None else f"{key} = {_toml(value)}",
            ]
    if programme_id or state:
        named = {"id": programme_id, "state": state}
        lines += ["", "[programme]", *(f"{key} = {_toml(value)}" for key, value in named.items() if value)]
    for section, fields in SECTIONS.items():
        lines += ["", f"# {MEANINGS[section]}", f"[{section}]"]
        held = getattr(policy, section)
        lines += [f"{key} = {_toml(getattr(held, key))}" for key in fields.model_fields]
    lines += ["", f"# {MEANINGS['objectives']}"]
    if not policy.objectives:
        lines.insert(1, "\nobjectives = []")
    for objective in policy.objectives:
        lines.append("[[objectives]]")
        for key, info in Objective.model_fields.items():
            value = getattr(objective, key)
            if value != info.default:
                lines.append(f"{key} = {_toml(value)}")
    return "\n".join(lines) + "\n"


def _toml(value: bool | int | str) -> str:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, bool | int) else json.dumps(str(value))


@dataclass(frozen=True)
class _Wrong:
    """Collects the errors of one file; `lines` gives the line on which a key is set."""

    file: str
    lines: Mapping[str, int]
    findings: list[Finding] = field(default_factory=list)

    def add(self, key: str, value: Any, problem: Message, remedy: Message) -> None:
        shown = "" if isinstance(value, dict | list) else str(value)
        line = self.lines.get(key, self.lines.get(key.rpartition(".")[0], 0))
        self.findings.append(Finding(Severity.ERROR, self.file, line, key, shown, problem, remedy))


def _check_keys(content: Mapping[str, Any], programme: Mapping[str, Any], wrong: _Wrong) -> None:
    """Report unknown keys as errors: a misspelt limit would silently not apply."""
    for key in content.keys() - Policy.model_fields.keys():
        remedy = meant(key, Policy.model_fields, message("keys_are", keys=tuple(Policy.model_fields)))
        wrong.add(key, content[key], message("no_policy_key"), remedy)
    for key in programme.keys() - PROGRAMME_KEYS.keys():
        remedy = meant(key, PROGRAMME_KEYS, message("keys_are", keys=tuple(PROGRAMME_KEYS)))
        if key in Policy.model_fields:
            remedy = message("move_to_top")
        wrong.add(f"programme.{key}", programme[key], message("no_programme_key"), remedy)


def _check_programme(programme: Mapping[str, Any], wrong: _Wrong) -> None:
    """Check that id and state are texts, and that the state exists."""
    for key in PROGRAMME_KEYS.keys() & programme.keys():
        value = programme[key]
        if not isinstance(value, str) or not value.strip():
            wrong.add(f"programme.{key}", value, message("no_text_value"), message("write_quoted", key=key))
        elif key == "state" and value not in STATES:
            wrong.add("programme.state", value, message("no_state"), allowed_are(tuple(STATES)))


def _check_values(error: ValidationError, wrong: _Wrong) -> None:
    """Convert pydantic errors into findings; `objectives.1.name` becomes `objectives[2].name`."""
    for found in error.errors():
        key = ""
        for part in found["loc"]:
            key += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if key else part
        problem, remedy = message("not_possible"), why_wrong(found)
        if found["type"] == "extra_forbidden":
            fields = SECTIONS.get(key.partition(".")[0], Objective).model_fields
            problem = message("no_key_here")
            remedy = meant(str(found["loc"][-1]), fields, message("keys_are", keys=tuple(fields)))
        elif found["type"] == "enum":
            remedy = meant_one_of(str(found["input"]), allowed_by(found))
        wrong.add(key, found["input"] if key else "", problem, remedy)


def _lines(text: str) -> dict[str, int]:
    """Return the line of every section and key: `promise_min`, `arrival.weeks` or `objectives[2].name`."""
    lines: dict[str, int] = {}
    section, times = "", Counter[str]()
    for number, line in enumerate(text.splitlines(), start=1):
        if head := re.match(r"\s*(\[{1,2})\s*([\w.-]+)", line):
            times[head[2]] += 1
            section = f"{head[2]}[{times[head[2]]}]" if head[1] == "[[" else head[2]
            lines[section] = number
        elif key := re.match(r"\s*\"?([\w.-]+)\"?\s*=", line):
            lines[f"{section}.{key[1]}" if section else key[1]] = number
    return lines
