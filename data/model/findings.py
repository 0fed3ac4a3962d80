"""Findings from reading a programme's files: where, what is wrong, and what would be right."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum

from data.base.message import Message, message


class Severity(StrEnum):
    """An error stops the run, a warning is shown, and a repaired value was read as the remedy says."""

    ERROR = "error"
    WARNING = "warning"
    REPAIRED = "repaired"


class Counted(StrEnum):
    """What a finding's `row` counts: rows of a table, lines of a text, changes of a scenario."""

    ROW = "row"
    LINE = "line"
    CHANGE = "change"


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
    problem: Message
    remedy: Message

    @property
    def counted(self) -> Counted:
        """What `row` counts."""
        return Counted.LINE if self.file.endswith(".toml") else Counted.ROW

    @property
    def order(self) -> tuple[str, int, str, str, str]:
        """The sort key of findings: file, row, column."""
        return self.file, self.row, self.column, str(self.problem), self.value


class ChangeFinding(Finding):
    """A finding in a scenario: `row` is the number of a change, `column` one of its fields."""

    @property
    def counted(self) -> Counted:
        """What `row` counts."""
        return Counted.CHANGE


def listed(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return findings sorted by file, row and column, without duplicates."""
    return tuple(sorted(set(findings), key=lambda finding: finding.order))


def nearest(word: str, choices: Iterable[str]) -> str:
    """Return the choice with the most similar spelling, empty if none is close."""
    by_form = {choice.casefold(): choice for choice in sorted(choices)}
    close = get_close_matches(word.casefold(), by_form, n=1, cutoff=0.6)
    return by_form[close[0]] if close else ""


def meant(word: str, choices: Iterable[str], otherwise: Message) -> Message:
    """Return the remedy for a misspelt word: the nearest choice, or `otherwise` if none is close."""
    choice = nearest(word, choices)
    return message("did_you_mean", word=choice) if choice else otherwise


def meant_one_of(word: str, allowed: tuple[str, ...]) -> Message:
    """Return the remedy for a word out of a few: all of them, with the nearest choice if one is close."""
    choice = nearest(word, allowed)
    return message("did_you_mean_one_of", word=choice, allowed=allowed) if choice else allowed_are(allowed)


def either(names: tuple[str, ...]) -> str | Message:
    """Return a choice of names; a single one is itself."""
    first, *others = names
    return message("either", first=first, other=either(tuple(others))) if others else first


def allowed_are(allowed: tuple[str, ...]) -> Message:
    """Return the remedy that lists what is allowed."""
    return message("allowed_are", allowed=allowed)
