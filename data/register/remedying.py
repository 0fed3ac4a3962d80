"""A remedy as a change set: its changes made in the rows of the register as it is now."""

from collections.abc import Iterable

from data.base.message import message
from data.model.problem import Problem
from data.register.changes.operations import Operation
from data.register.differing import operations_between
from data.register.rows.register import Register
from data.results.change import LIMITS, Change, ChangeKind, applied
from data.store.database.record import Conflict


class RemedyOutdated(Conflict):
    """The register no longer has what a remedy begins with, so that its effect is not known."""

    def __init__(self) -> None:
        super().__init__(message("remedy_outdated"))


def remedy_operations(register: Register, problem: Problem, changes: Iterable[Change]) -> list[Operation]:
    """Return what makes some changes; `problem` is that of the register.

    Raises `RemedyOutdated` where somebody has changed meanwhile what a change begins with.
    """
    after = problem
    for change in changes:
        try:
            if not _begins_so(after, change):
                raise RemedyOutdated
            after = applied(after, change)
        except KeyError:
            raise RemedyOutdated from None
    return operations_between(register, problem, after)


def _begins_so(problem: Problem, change: Change) -> bool:
    match change.kind:
        case kind if kind in LIMITS:
            return str(getattr(problem.buddy[change.who], LIMITS[kind])) == change.before
        case ChangeKind.LANGUAGE:
            code = change.after.partition(":")[0]
            spoken = problem.buddy[change.who].languages
            return change.before == next(
                (f"{s.language}:{s.level}" for s in spoken if s.language == code), ""
            )
        case ChangeKind.PRIORITY:
            return str(problem.company[change.who].priority) == change.before
        case ChangeKind.POLICY_ONE_WAY_MIN:
            return str(problem.policy.max_one_way_min) == change.before
        case _:
            return applied(problem, change) != problem
