"""What the commands print for people on standard error: progress bars, findings, broken rules, errors."""

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any, NoReturn

from api.cli.terminal.language import say, spoken

if TYPE_CHECKING:
    from rich.console import Console

    from api.words.speaker import Speaker
    from data.base.status import Violation
    from data.model.findings import Finding

# As in `api.cli.app`: what takes long to load is imported where it is needed.

BAD_INPUT, NOT_SOLVABLE, RULES_BROKEN = 2, 3, 4
"""The exit statuses of a command that failed."""

FILE_COLUMNS = 140
"""The width of tables without a terminal, so that no column is cut off in a file."""


@cache
def messages() -> "Console":
    """Return standard error, for people; standard output is for results only."""
    from rich.console import Console

    return Console(stderr=True)


def results() -> "Console":
    """Return standard output, for tables."""
    from rich.console import Console

    console = Console()
    return console if console.is_terminal else Console(width=FILE_COLUMNS)


def print_table(headings: Iterable[str], rows: Iterable[Iterable[str]]) -> None:
    """Print a table on standard output."""
    from rich.table import Table

    table = Table(*headings)
    for row in rows:
        table.add_row(*row)
    results().print(table)


@contextmanager
def stage_bars(as_json: bool) -> Iterator[Callable[[str, float], None]]:
    """Show a bar for each stage on a terminal, and nothing elsewhere."""
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    told = messages()
    columns = (TextColumn("{task.description:<13}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=told, disable=as_json or not told.is_terminal) as bars:
        tasks: dict[str, Any] = {}

        def tell(stage: str, share: float) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(stage_words(stage, say()), total=1.0)
            bars.update(tasks[stage], completed=share)

        yield tell


def stage_words(stage: str, say: "Speaker") -> str:
    """Return the name of a stage, as it is if it has none."""
    from api.words.catalogue import has_text

    key = f"stage_{stage.replace(' ', '_')}"
    return say.t(key) if has_text(key, say.language) else stage


def show_findings(findings: "tuple[Finding, ...]") -> None:
    """Show each finding on a line, with its severity in colour, and the count of each severity."""
    from api.words.findings import finding_sentence
    from data.model.findings import Severity

    told = messages()
    colours = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.REPAIRED: "cyan"}
    for finding in findings:
        colour = colours[finding.severity]
        severity = say().t(f"terminal_severity_{finding.severity}")
        told.print(f"[{colour}]{severity:<8}[/] ", end="")
        told.print(finding_sentence(finding, spoken()), markup=False, highlight=False, soft_wrap=True)
    if findings:
        counts = [
            f"{say().t(f'terminal_severity_{severity}')}: "
            f"{sum(len(each.rows) for each in findings if each.severity is severity)}"
            for severity in Severity
        ]
        told.print(", ".join(counts))


def show_violations(violations: "Sequence[Violation]") -> None:
    """Show each broken rule on a line: where, what, and which rule."""
    from api.words.sentence import sentence

    for violation in violations:
        line = sentence(violation.told, spoken())
        messages().print(line, style="red", markup=False, highlight=False, soft_wrap=True)


def has_desktop() -> bool:
    """Whether somebody sits before a screen here, so that a page may be opened."""
    screen = sys.platform in ("win32", "darwin") or any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY")))
    return screen and sys.stdout.isatty()


def print_json(value: dict[str, Any]) -> None:
    """Print figures for programs, on standard output."""
    print(json.dumps(value, indent=2, ensure_ascii=False))


def fail(message: str, status: int) -> NoReturn:
    """Say why the command ends, and end it with an exit status."""
    messages().print(message, style="bold red", markup=False, highlight=False, soft_wrap=True)
    sys.exit(status)
