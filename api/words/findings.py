"""Findings as sentences: where, what is wrong, and what would be right."""

from typing import Any

from pydantic import BaseModel, Field

from api.words.sentence import sentence
from data.base.message import fields_json, message_of
from data.model.findings import EntryFinding, Finding, Severity, finding_message


def finding_sentence(finding: Finding, language: str) -> str:
    """Return a finding as one line, without its severity."""
    return " ".join(sentence(finding_message(finding), language).split())


class FindingAnswer(BaseModel):
    """One thing that is wrong in a file, in one row or in many: codes with fields, and English sentences."""

    severity: Severity
    file: str = Field(examples=["companies.csv"])
    row: int = Field(
        examples=[17], description="The line as a spreadsheet numbers it; 0: the file as a whole"
    )
    rows: list[int] = Field(default=[], examples=[[17, 18]], description="All rows in which it was found")
    count: int = Field(default=1, examples=[2], description="In how many rows it was found")
    id: str = Field(default="", examples=["c0001"], description="Of a row in the register")
    column: str = Field(examples=["postcode"])
    value: str = Field(examples=["6108"], description="What stands in the first of the rows")
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
        rows=list(finding.rows),
        count=len(finding.rows),
        id=finding.id if isinstance(finding, EntryFinding) else "",
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
