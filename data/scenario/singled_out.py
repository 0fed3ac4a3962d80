"""Which companies a scenario treats differently from others, by what it says and not by what it changes."""

from collections.abc import Iterable

from data.model.problem import Problem
from data.scenario.companies import CallShare
from data.scenario.groups import OfCompanies
from data.scenario.kinds import Scenario, ScenarioChange
from data.scenario.people import HostLeaves


def singled_out(problem: Problem, scenarios: Iterable[Scenario]) -> frozenset[str]:
    """Return the problem's companies that a stack of scenarios names, one by one, by group or by a share.

    A company counts even if nothing changes for it: otherwise the figures shown would tell which ones it has
    changed. Raises `data.scenario.rows.WrongChange` for a stack that does not fit.
    """
    found: set[str] = set()
    now = problem
    for scenario in scenarios:
        for change in scenario.changes:
            found |= _named(now, change)
            now = change.apply(now)
    return frozenset(found & problem.company.keys())


def _named(problem: Problem, change: ScenarioChange) -> set[str]:
    match change:
        case OfCompanies():
            return change.wanted(problem)
        case HostLeaves(host=host):
            return {company.id for company in problem.companies if company.host == host}
        case CallShare():
            before, after = problem.care, change.apply(problem).care
            return {old.company for old, new in zip(before, after, strict=True) if old != new}
        case _:
            return set()
