"""The judges of a whole run, without a solver."""

from api.planning.replanning import check_planned
from api.run.run import Run
from data.base.status import Violation
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
    if run.weeks:
        found += check_planned(run, complete)
    return found
