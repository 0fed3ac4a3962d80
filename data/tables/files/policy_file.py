"""The file `policy.toml`: a programme's preferences and limits, read with findings and written for people."""

import json
import re
import textwrap
import tomllib
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from data.base.entity import Entity
from data.base.foreign_errors import allowed_by, line_of, why_unopened, why_unparsed, why_wrong
from data.base.message import Message, message
from data.base.plain_text import unseen_in, without_unseen
from data.model.calendar import STATES
from data.model.findings import Finding, Severity, meant, meant_one_of
from data.model.policy import Key, Objective, Policy

PROGRAMME_KEYS = ("id", "state")
SECTIONS: dict[str, type[Entity]] = {
    name: info.annotation
    for name, info in Policy.model_fields.items()
    if isinstance(info.annotation, type) and issubclass(info.annotation, Entity)
}
"""The keys that are a section of their own."""
EXAMPLE = message("write_policy_lines")
Say = Callable[[Message], str]
"""Makes a sentence of a message."""


@dataclass(frozen=True)
class PolicyReading:
    """The content of a policy file; id and state are empty if not given, or if they cannot be used."""

    policy: Policy
    programme_id: str
    state: str
    findings: tuple[Finding, ...]


def meaning_of(key: str) -> Message:
    """Return what a key of the policy means."""
    return message(f"meaning_policy.{key}")


def read_policy(path: Path | None) -> PolicyReading:
    """Read a policy file, or return the defaults if there is none. Never raises for a file's content."""
    if path is None:
        return PolicyReading(Policy(), "", "", ())
    try:
        return parse_policy(path.read_text(encoding="utf-8-sig"), path.name)
    except OSError as error:
        problem = message("cannot_be_opened", why=why_unopened(error))
    except UnicodeDecodeError:
        problem = message("not_utf8")
    finding = Finding(Severity.ERROR, path.name, 0, "", "", problem, message("save_as_utf8_or_remove"))
    return PolicyReading(Policy(), "", "", (finding,))


def parse_policy(text: str, file: str = "policy.toml") -> PolicyReading:
    """Parse the text of a policy file; every finding names the key as its column, and its line."""
    unseen = _unseen(text, file)
    try:
        content = tomllib.loads(without_unseen(text))
    except (ValueError, RecursionError) as error:
        why = why_unparsed(error)
        problem = message("no_toml", why=why)
        finding = Finding(Severity.ERROR, file, line_of(why), "", "", problem, EXAMPLE)
        return PolicyReading(Policy(), "", "", (finding,))
    wrong = _Wrong(file, _lines(without_unseen(text)))
    programme = content.pop("programme", {})
    if not isinstance(programme, dict):
        wrong.add("programme", programme, message("no_section"), message("write_programme_section"))
        programme = {}
    _check_keys(content, programme, wrong)
    named = _usable(programme, wrong)
    policy = _policy(content, wrong)
    found = (*unseen, *wrong.findings)
    return PolicyReading(policy, named.get("id", ""), named.get("state", ""), found)


def policy_of(content: Mapping[str, Any], file: str) -> PolicyReading:
    """Return the policy of keys with their values, sections as mappings, and findings that name the key."""
    wrong = _Wrong(file, {})
    _check_keys(content, {}, wrong)
    return PolicyReading(_policy(content, wrong), "", "", tuple(wrong.findings))


def _policy(content: Mapping[str, Any], wrong: "_Wrong") -> Policy:
    known = {key: value for key, value in content.items() if key in Policy.model_fields}
    try:
        policy = Policy.model_validate_json(json.dumps(known, default=str))
    except ValidationError as error:
        _check_values(error, wrong)
        policy = Policy()
    if known.get("objectives") == []:
        wrong.add("objectives", "", message("not_possible"), message("field_too_short"))
    _check_highest(Policy, known, "", wrong)
    for section, fields in SECTIONS.items():
        if isinstance(inside := known.get(section), dict):
            _check_highest(fields, inside, f"{section}.", wrong)
    return policy


def _unseen(text: str, file: str) -> tuple[Finding, ...]:
    lines = [(number, unseen_in(line)) for number, line in enumerate(text.split("\n"), start=1)]
    problems = [(number, message("unseen_signs", signs=signs)) for number, signs in lines if signs]
    remedy = message("read_without_signs")
    return tuple(Finding(Severity.REPAIRED, file, number, "", "", each, remedy) for number, each in problems)


def policy_toml(policy: Policy, say: Say, programme_id: str = "", state: str = "") -> str:
    """Return a policy as an editable file that `parse_policy` reads back; `say` explains every key."""
    lines = _comment(say(message("policy_file")))
    for key in Policy.model_fields:
        value = getattr(policy, key)
        if key not in SECTIONS and key != "objectives":
            lines += [
                "",
                *_explained(key, say),
                f"# {key} = 0" if value is None else f"{key} = {toml_value(value)}",
            ]
    if programme_id or state:
        named = {"id": programme_id, "state": state}
        lines += [
            "",
            "[programme]",
            *(f"{key} = {toml_value(value)}" for key, value in named.items() if value),
        ]
    for section, fields in SECTIONS.items():
        lines += ["", *_explained(section, say), f"[{section}]"]
        held = getattr(policy, section)
        lines += [f"{key} = {toml_value(getattr(held, key))}" for key in fields.model_fields]
    lines += ["", *_explained("objectives", say)]
    for objective in policy.objectives:
        lines.append("[[objectives]]")
        for key, info in Objective.model_fields.items():
            value = getattr(objective, key)
            if value != info.default:
                lines.append(f"{key} = {toml_value(value)}")
    return "\n".join(lines) + "\n"


def _explained(key: str, say: Say) -> list[str]:
    return _comment(say(meaning_of(key)))


def _comment(text: str) -> list[str]:
    return textwrap.wrap(text, 100, initial_indent="# ", subsequent_indent="# ")


def toml_value(value: bool | int | str | tuple[date, ...]) -> str:
    """Return a value of a key as a policy file has it."""
    if isinstance(value, tuple):
        return f"[{', '.join(day.isoformat() for day in value)}]"
    return json.dumps(value, ensure_ascii=False) if isinstance(value, bool | int) else json.dumps(str(value))


@dataclass(frozen=True)
class _Wrong:
    """Collects the errors of one file; `lines` gives the line on which a key is set."""

    file: str
    lines: Mapping[str, int]
    findings: list[Finding] = field(default_factory=list)

    def add(self, key: str, value: Any, problem: Message, remedy: Message) -> None:
        shown = "" if isinstance(value, dict | list) else str(value)
        around = (key, key.rpartition(".")[0], key.partition("[")[0])
        line = next((self.lines[each] for each in around if each in self.lines), 0)
        self.findings.append(Finding(Severity.ERROR, self.file, line, key, shown, problem, remedy))


def _check_keys(content: Mapping[str, Any], programme: Mapping[str, Any], wrong: _Wrong) -> None:
    """Report unknown keys as errors: a misspelt limit would silently not apply."""
    for key in content.keys() - Policy.model_fields.keys():
        remedy = meant(key, Policy.model_fields, message("keys_are", keys=tuple(Policy.model_fields)))
        wrong.add(key, content[key], message("no_policy_key"), remedy)
    for key in programme.keys() - set(PROGRAMME_KEYS):
        remedy = meant(key, PROGRAMME_KEYS, message("keys_are", keys=PROGRAMME_KEYS))
        if key in Policy.model_fields:
            remedy = message("move_to_top")
        wrong.add(f"programme.{key}", programme[key], message("no_programme_key"), remedy)


def _usable(programme: Mapping[str, Any], wrong: _Wrong) -> dict[str, str]:
    """Return id and state as far as they are texts, and the state exists."""
    usable: dict[str, str] = {}
    for key in sorted(set(PROGRAMME_KEYS) & programme.keys()):
        value = programme[key]
        if not isinstance(value, str) or not value.strip():
            wrong.add(f"programme.{key}", value, message("no_text_value"), message("write_quoted", key=key))
        elif key == "state" and value not in STATES:
            remedy = meant_one_of(value, STATES)
            wrong.add("programme.state", value, message("no_state"), remedy)
        else:
            usable[key] = value
    return usable


def _check_highest(fields: type[Entity], given: Mapping[str, Any], where: str, wrong: _Wrong) -> None:
    for name, info in fields.model_fields.items():
        highest = next((mark.highest for mark in info.metadata if isinstance(mark, Key)), None)
        value = given.get(name)
        if highest is not None and isinstance(value, int) and value > highest:
            remedy = message("allowed_span", low="0", high=str(highest))
            wrong.add(f"{where}{name}", value, message("out_of_range"), remedy)


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
