"""Findings from reading a programme's files: where, what is wrong, and what would be right."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from enum import StrEnum

from data.base.message import Message, message

ROWS_NAMED = 5
"""So many rows are named where the same is found in many; the others are counted."""


class Severity(StrEnum):
    """An error stops the run, a warning is shown, and a repaired value was read as the remedy says."""

    ERROR = "error"
    WARNING = "warning"
    REPAIRED = "repaired"


class Counted(StrEnum):
    """What a finding's `row` counts: rows of a table, lines of a text, changes of a scenario, entries."""

    ROW = "row"
    LINE = "line"
    CHANGE = "change"
    ENTRY = "entry"


@dataclass(frozen=True)
class Finding:
    """One problem in a file.

    `row` is the line number in a spreadsheet (the header is row 1), or 0 for the file as a whole; `column` is
    empty if the whole row is meant. `remedy` says what would be right or what was read instead. `further` are
    the rows in which the same was found again.
    """

    severity: Severity
    file: str
    row: int
    column: str
    value: str
    problem: Message
    remedy: Message
    further: tuple[int, ...] = ()

    @property
    def rows(self) -> tuple[int, ...]:
        """All rows in which this was found, the first one first."""
        return self.row, *self.further

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


@dataclass(frozen=True)
class EntryFinding(Finding):
    """A finding in the register: `file` is the table, `id` that of the row; `row` only tells rows apart."""

    id: str = ""

    @property
    def counted(self) -> Counted:
        """What `row` counts."""
        return Counted.ENTRY


def listed(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return findings sorted by file, row and column; those that say the same of many rows become one.

    The one is that of the first row, with its value. What was read differently is the same whatever it was
    read as, since nobody has to do anything about it.
    """
    alike: dict[Hashable, list[Finding]] = {}
    for each in sorted(findings, key=lambda finding: finding.order):
        remedy = each.remedy.code if each.severity is Severity.REPAIRED else each.remedy
        alike.setdefault((each.severity, each.file, each.column, each.problem, remedy), []).append(each)
    return tuple(sorted(map(_folded, alike.values()), key=lambda finding: finding.order))


def _folded(findings: Sequence[Finding]) -> Finding:
    first, *_ = findings
    return replace(
        first, further=tuple(dict.fromkeys(each.row for each in findings if each.row != first.row))
    )


def nearest(word: str, choices: Iterable[str]) -> str:
    """Return the choice with the most similar spelling, empty if none is close."""
    by_form = {choice.casefold(): choice for choice in sorted(choices)}
    close = get_close_matches(word.casefold(), by_form, n=1, cutoff=0.6)
    return by_form[close[0]] if close else ""


def meant(word: str, choices: Iterable[str], otherwise: Message) -> Message:
    """Return the remedy for a misspelt word: the nearest choice, or `otherwise` if none is close."""
    choice = nearest(word, choices)
    return message("did_you_mean", word=choice) if choice else otherwise


def meant_one_of(word: str, allowed: tuple[str, ...], also: Iterable[str] = ()) -> Message:
    """Return the remedy for a word out of a few: all of them, with the nearest choice if one is close.

    `also` are other words for them, which may be nearer.
    """
    choice = nearest(word, allowed) or nearest(word, also)
    return message("did_you_mean_one_of", word=choice, allowed=allowed) if choice else allowed_are(allowed)


def either(names: tuple[str, ...]) -> str | Message:
    """Return a choice of names; a single one is itself."""
    first, *others = names
    return message("either", first=first, other=either(tuple(others))) if others else first


def allowed_are(allowed: tuple[str, ...]) -> Message:
    """Return the remedy that lists what is allowed."""
    return message("allowed_are", allowed=allowed)


def finding_message(finding: Finding) -> Message:
    """Return a finding as one message, without its severity."""
    place = message("at_file", file=finding.file)
    if isinstance(finding, EntryFinding):
        place = message("at_entry", table=message(f"table_{finding.file}"), id=finding.id)
    elif finding.row:
        place = message(f"at_{finding.counted.value}", file=finding.file, row=finding.row)
    if finding.column:
        of_table = finding.counted in (Counted.ROW, Counted.ENTRY)
        column = "at_column" if of_table else "at_key"
        place = message(column, place=place, column=finding.column)
    parts = {"place": place, "problem": finding.problem, "remedy": finding.remedy}
    said = message("finding", **parts)
    if finding.value:
        said = message("finding_of_value", value=_short(finding.value), **parts)
    if not finding.further:
        return said
    named = tuple(map(str, finding.further[:ROWS_NAMED]))
    if more := len(finding.further) - len(named):
        return message("finding_again_further", finding=said, rows=named, count=more)
    return message("finding_again_rows" if len(named) > 1 else "finding_again", finding=said, rows=named)


def _short(value: str) -> str:
    """Return a cell as one line without control characters, truncated if long."""
    line = "".join(char if char.isprintable() else " " for char in value)
    return line if len(line) <= 60 else line[:57] + "…"
