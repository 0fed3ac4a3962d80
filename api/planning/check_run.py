"""The judges of a whole run, without a solver."""

from api.planning.replanning import check_planned
from api.run.run import Run
from data.base.status import Violation, violation
from data.results.solution import RULES
from matching.judge.matching import check_matching
from matching.refine.refine import check_refinement


def check_run(run: Run, complete: bool = True) -> list[Violation]:
    """Judge a run without a solver: every rule and figure of its matching and its weeks.

    If not `complete`, weeks may be missing.
    """
    if run.matching is None:
        return []
    found = check_matching(run.problem, run.times, run.matching)
    if run.refinement:
        found += check_refinement(run.matching, run.refinement)
    return found + (_of_weeks(run, complete) if run.weeks else [])


def _of_weeks(run: Run, complete: bool) -> list[Violation]:
    """Judge the weeks. What weeks of an earlier version break is one sentence: it is no fault of theirs."""
    found = check_planned(run, complete)
    if found and any(own.rules < RULES for own in run.weeks):
        return [violation("earlier_rules", "weeks", "judged_earlier_rules")]
    return found
