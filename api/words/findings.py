"""Findings as sentences: where, what is wrong, and what would be right."""

from typing import Any

from pydantic import BaseModel, Field

from api.words.sentence import fields_json, message_of, sentence
from data.base.message import Message, message
from data.model.findings import Counted, Finding, Severity


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


class FindingAnswer(BaseModel):
    """One thing that is wrong in a file: codes with their fields, and English sentences beside them."""

    severity: Severity
    file: str = Field(examples=["companies.csv"])
    row: int = Field(
        examples=[17], description="The line as a spreadsheet numbers it; 0: the file as a whole"
    )
    column: str = Field(examples=["postcode"])
    value: str = Field(examples=["6108"])
    code: str = Field(examples=["no_postcode"], description="What is wrong")
    fields: dict[str, Any] = Field(examples=[{}], description="What the sentence of the code names")
    problem: str = Field(examples=["is no German postcode"], description="The code as an English sentence")
    remedy_code: str = Field(examples=["write_postcode"], description="What would be right")
    remedy_fields: dict[str, Any] = Field(examples=[{}])
    remedy: str = Field(examples=["write five digits, such as 06108"])


def finding_answer(finding: Finding) -> FindingAnswer:
    """Return a finding as it is answered."""
    problem, remedy = finding.problem, finding.remedy
    return FindingAnswer(
        severity=finding.severity,
        file=finding.file,
        row=finding.row,
        column=finding.column,
        value=finding.value,
        code=problem.code,
        fields=fields_json(problem),
        problem=sentence(problem, "en"),
        remedy_code=remedy.code,
        remedy_fields=fields_json(remedy),
        remedy=sentence(remedy, "en"),
    )


def problem_and_remedy(finding: FindingAnswer, language: str) -> tuple[str, str]:
    """Return what is wrong and what would be right, from a finding as the API answers it."""
    problem = message_of(finding.code, finding.fields)
    remedy = message_of(finding.remedy_code, finding.remedy_fields)
    return sentence(problem, language), sentence(remedy, language)


def _short(value: str) -> str:
    """Return a cell as one line without control characters, truncated if long."""
    line = "".join(char if char.isprintable() else " " for char in value)
    return line if len(line) <= 60 else line[:57] + "…"
