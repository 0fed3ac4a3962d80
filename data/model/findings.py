"""Findings from reading a programme's files: where, what is wrong, and what would be right."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum


class Severity(StrEnum):
    """An error stops the run, a warning is shown, and a repaired value was read as the remedy says."""

    ERROR = "error"
    WARNING = "warning"
    REPAIRED = "repaired"


@dataclass(frozen=True)
class Finding:
    """One problem in a file.

    `row` is the line number in a spreadsheet (the header is row 1), or 0 for the file as a whole; `column` is
    empty if the whole row is meant. `remedy` says what would be right or what was read instead.
    """

    severity: Severity
    file: str
    row: int
    column: str
    value: str
    problem: str
    remedy: str

    def sentence(self) -> str:
        """Return the finding as one line, without its severity."""
        row, column = self._counted
        place = f"{self.file} {row}{self.row}" if self.row else self.file
        if self.column:
            place += f", {column}{self.column}"
        value = f'"{_shown(self.value)}" ' if self.value else ""
        remedy = f"; {self.remedy}" if self.remedy else ""
        return " ".join(f"{place}: {value}{self.problem}{remedy}".split())

    @property
    def _counted(self) -> tuple[str, str]:
        return ("line ", "") if self.file.endswith(".toml") else ("row ", "column ")

    @property
    def order(self) -> tuple[str, int, str, str, str]:
        """The sort key of findings: file, row, column."""
        return self.file, self.row, self.column, self.problem, self.value


class ChangeFinding(Finding):
    """A finding in a scenario: `row` is the number of a change, `column` one of its fields."""

    @property
    def _counted(self) -> tuple[str, str]:
        return "change ", ""


def listed(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return findings sorted by file, row and column, without duplicates."""
    return tuple(sorted(set(findings), key=lambda finding: finding.order))


def nearest(word: str, choices: Iterable[str]) -> str:
    """Return the choice with the most similar spelling, empty if none is close."""
    by_form = {choice.casefold(): choice for choice in sorted(choices)}
    close = get_close_matches(word.casefold(), by_form, n=1, cutoff=0.6)
    return by_form[close[0]] if close else ""


def meant(word: str, choices: Iterable[str], otherwise: str) -> str:
    """Return the remedy for a misspelt word: the nearest choice, or `otherwise` if none is close."""
    choice = nearest(word, choices)
    return f'did you mean "{choice}"?' if choice else otherwise


def _shown(value: str) -> str:
    """Return a cell as one line without control characters, truncated if long."""
    line = "".join(char if char.isprintable() else " " for char in value)
    return line if len(line) <= 60 else line[:57] + "…"
