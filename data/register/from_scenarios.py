"""Scenarios as a change set: those of their changes that are values of rows, and which are not."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from data.base.entity import Entity
from data.model.problem import Problem
from data.register.changes.operations import Operation
from data.register.differing import WITH_IDS, operations_between
from data.register.rows.kinds import KINDS
from data.register.rows.register import Register
from data.scenario.companies import AddCompanies, RemoveCompanies
from data.scenario.kinds import Scenario, ScenarioChange
from data.scenario.people import AddBuddies, HostLeaves, RemoveBuddies
from data.scenario.rows import WrongChange

WEEK = frozenset(("shifts", "opening"))
"""Fields whose columns are days."""


class WhyNot(StrEnum):
    """Why a change of a scenario cannot be entered."""

    INVENTED = "invented"  # people and companies that a scenario makes up
    REMOVED = "removed"  # who leaves is ended in the own row, with a day
    NO_COLUMN = "no_column"  # a field that no column has
    DOES_NOT_FIT = "does_not_fit"  # it names what there is not, or not yet


@dataclass(frozen=True)
class LeftOut:
    """A change that cannot be entered: its place in all changes, from 0, and why."""

    number: int
    change: ScenarioChange
    why: WhyNot


@dataclass(frozen=True)
class AsRows:
    """What makes a register's problem that of scenarios, but for what is left out."""

    operations: tuple[Operation, ...]
    left_out: tuple[LeftOut, ...]


def scenarios_as_rows(register: Register, problem: Problem, scenarios: Sequence[Scenario]) -> AsRows:
    """Return scenarios, the oldest ancestor first, as operations; `problem` is that of the register."""
    now, left_out = problem, list[LeftOut]()
    changes = [change for scenario in scenarios for change in scenario.changes]
    for number, change in enumerate(changes):
        after, why = _after(now, change)
        if why:
            left_out.append(LeftOut(number, change, why))
        else:
            now = after
    return AsRows(tuple(operations_between(register, problem, now)), tuple(left_out))


def _after(problem: Problem, change: ScenarioChange) -> tuple[Problem, WhyNot | None]:
    if isinstance(change, AddBuddies | AddCompanies):
        return problem, WhyNot.INVENTED
    if isinstance(change, RemoveBuddies | RemoveCompanies | HostLeaves):
        return problem, WhyNot.REMOVED
    try:
        after = change.apply(problem)
    except WrongChange:
        return problem, WhyNot.DOES_NOT_FIT
    return after, None if all(_has_columns(problem, after)) else WhyNot.NO_COLUMN


def _has_columns(before: Problem, after: Problem) -> Iterator[bool]:
    """Yield for each row that differs whether columns have all that differs in it."""
    for entity in WITH_IDS:
        fields = {column.field for column in KINDS[entity].columns} | WEEK
        now = {each.id: each for each in getattr(after, entity)}
        for each in getattr(before, entity):
            other: Entity | None = now.get(each.id)
            if other is None:
                yield False  # its id is another one
            elif other != each:
                names = type(each).model_fields
                yield fields >= {name for name in names if getattr(each, name) != getattr(other, name)}
