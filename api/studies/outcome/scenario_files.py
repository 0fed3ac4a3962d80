"""Reads the scenario files given to the command: each with its parents, or all in one stack."""

from collections.abc import Sequence
from pathlib import Path

from data.base.foreign_errors import why_unopened
from data.base.message import message
from data.model.findings import Finding, Severity
from data.model.problem import Problem
from data.scenario.apply import applied
from data.scenario.file import parse_scenario
from data.scenario.kinds import Scenario

Stack = tuple[Scenario, ...]
"""Scenarios applied one after the other, the first ancestor first."""


def read_stacks(files: Sequence[Path], stack: bool) -> tuple[tuple[Stack, ...], tuple[Finding, ...]]:
    """Read scenario files, each on top of its parent; with `stack`, all in one stack.

    A `parent` is the name of a file in the same folder. Findings are those of all files. Never raises for a
    file's content.
    """
    findings: list[Finding] = []
    stacks = [_with_parents(file, (), findings) for file in files]
    if stack:
        stacks = [tuple(each for held in stacks for each in held)]
    return tuple(stacks), tuple(dict.fromkeys(findings))


def check_stacks(problem: Problem, stacks: Sequence[Stack]) -> tuple[Finding, ...]:
    """Return every error and every change without effect when each stack is applied to a problem."""
    return tuple(dict.fromkeys(each for stack in stacks for each in applied(problem, stack).findings))


def wrong(findings: Sequence[Finding]) -> bool:
    """Return whether any finding is an error."""
    return any(each.severity is Severity.ERROR for each in findings)


def _with_parents(file: Path, younger: tuple[Path, ...], findings: list[Finding]) -> Stack:
    file = file.resolve()
    if file in younger:
        what, remedy = message("own_parent"), message("leave_out_parent")
        findings.append(Finding(Severity.ERROR, file.name, 0, "parent", "", what, remedy))
        return ()
    read = _read(file)
    if not isinstance(read, Scenario):
        findings.extend(read)
        return ()
    if not read.parent:
        return (read,)
    return (*_with_parents(file.parent / read.parent, (*younger, file), findings), read)


def _read(file: Path) -> Scenario | tuple[Finding, ...]:
    try:
        return parse_scenario(file.read_text(encoding="utf-8-sig"), file.name)
    except OSError as error:
        what = message("cannot_be_opened", why=why_unopened(error))
        remedy = message("name_scenario_file")
    except UnicodeDecodeError:
        what, remedy = message("not_utf8"), message("save_as_utf8")
    return (Finding(Severity.ERROR, file.name, 0, "", "", what, remedy),)
