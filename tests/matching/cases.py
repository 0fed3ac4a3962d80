"""Solved problems for tests of explanations."""

from data.model.problem import Problem
from data.results.solution import Matching
from matching.explain.resolve import Case
from matching.levels.lexicographic import NotSolvable
from matching.solve import match
from tests.builders import times


def matched(of: Problem) -> Matching | None:
    try:
        return match(of, times(of))
    except NotSolvable:
        return None


def case_of(of: Problem) -> Case:
    return Case(of, times(of), match(of, times(of)))
