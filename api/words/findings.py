"""Findings as sentences: where, what is wrong, and what would be right."""

from collections.abc import Mapping
from typing import Any

from api.words.sentence import fields_json, message_of, sentence
from data.base.message import Message, message
from data.model.findings import Counted, Finding


def finding_message(finding: Finding) -> Message:
    """Return a finding as one message, without its severity."""
    place = message("at_file", file=finding.file)
    if finding.row:
        place = message(f"at_{finding.counted.value}", file=finding.file, row=finding.row)
    if finding.column:
        column = "at_column" if finding.counted is Counted.ROW else "at_key"
        place = message(column, place=place, column=finding.column)
    parts = {"place": place, "problem": finding.problem, "remedy": finding.remedy}
    if finding.value:
        return message("finding_of_value", value=_short(finding.value), **parts)
    return message("finding", **parts)


def finding_sentence(finding: Finding, language: str) -> str:
    """Return a finding as one line, without its severity."""
    return " ".join(sentence(finding_message(finding), language).split())


def finding_json(finding: Finding) -> dict[str, Any]:
    """Return a finding as JSON data: codes with their fields, and English sentences beside them."""
    problem, remedy = finding.problem, finding.remedy
    return {
        "severity": finding.severity.value,
        "file": finding.file,
        "row": finding.row,
        "column": finding.column,
        "value": finding.value,
        "code": problem.code,
        "fields": fields_json(problem),
        "problem": sentence(problem, "en"),
        "remedy_code": remedy.code,
        "remedy_fields": fields_json(remedy),
        "remedy": sentence(remedy, "en"),
    }


def problem_and_remedy(finding: Mapping[str, Any], language: str) -> tuple[str, str]:
    """Return what is wrong and what would be right, from a finding as the API answers it."""
    problem = message_of(finding["code"], finding["fields"])
    remedy = message_of(finding["remedy_code"], finding["remedy_fields"])
    return sentence(problem, language), sentence(remedy, language)


def _short(value: str) -> str:
    """Return a cell as one line without control characters, truncated if long."""
    line = "".join(char if char.isprintable() else " " for char in value)
    return line if len(line) <= 60 else line[:57] + "…"
