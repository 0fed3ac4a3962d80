"""What the reading of a programme's files found: where, what is wrong, and what would be right."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum


class Severity(StrEnum):
    """An error stops the run; a warning is shown; what was repaired was read as the remedy says."""

    ERROR = "error"
    WARNING = "warning"
    REPAIRED = "repaired"


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong in a file.

    `row` is the line as a spreadsheet numbers it (the header is row 1) and 0 where the file as a whole is
    meant; `column` is empty where a whole row is. `remedy` says what would be right or what was read instead.
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
        """The key by which findings are listed: file, row, column."""
        return self.file, self.row, self.column, self.problem, self.value


class ChangeFinding(Finding):
    """One thing that is wrong with a scenario: its `row` is the number of a change, its `column` a field."""

    @property
    def _counted(self) -> tuple[str, str]:
        return "change ", ""


def listed(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return findings by file, row and column, each once."""
    return tuple(sorted(set(findings), key=lambda finding: finding.order))


def nearest(word: str, choices: Iterable[str]) -> str:
    """Return the choice that is spelt most like a word, empty where none comes near."""
    by_form = {choice.casefold(): choice for choice in sorted(choices)}
    close = get_close_matches(word.casefold(), by_form, n=1, cutoff=0.6)
    return by_form[close[0]] if close else ""


def meant(word: str, choices: Iterable[str], otherwise: str) -> str:
    """Return the remedy for a misspelt word: the nearest choice, or what to do where none is near."""
    choice = nearest(word, choices)
    return f'did you mean "{choice}"?' if choice else otherwise


def _shown(value: str) -> str:
    """Return a cell on one line, cut where it is long, without control characters."""
    line = "".join(char if char.isprintable() else " " for char in value)
    return line if len(line) <= 60 else line[:57] + "…"
