"""Where one more buddy helps most: tries every district, solves the best profile of each again, and ranks."""

from concurrent.futures import Executor
from functools import partial

from api.planning.engines import Progress
from api.studies.hire.result import HireStudy, Place
from data.model.problem import Problem
from data.results.explanation import Hire
from data.results.solution import Matching
from data.travel.provider import TravelTimes, times_of
from matching.eligibility.needs import active_companies, coverage_weight
from matching.explain.one_more_buddy import where_one_more_helps
from matching.explain.resolve import Case
from matching.solve import MatchOptions, match


def hire_study(
    problem: Problem,
    travel: TravelTimes,
    base: Matching | None,
    seed: int = 0,
    executor: Executor | None = None,
    progress: Progress = lambda stage, share: None,
) -> HireStudy:
    """Try one more buddy in every district of the problem; if no matching is in force, it is computed first.

    Raises `matching.levels.lexicographic.NotSolvable`. The executor affects only the time.
    """
    times, options = times_of(problem, travel), MatchOptions(seed=seed)
    progress("match", 0.0)
    matching = base or match(problem, times, options)
    districts = {problem.company[key].district for key in active_companies(problem)} - {""}
    hires = where_one_more_helps(
        Case(problem, times, matching, options), len(districts), executor, partial(progress, "hire")
    )
    weight = {key: coverage_weight(problem, key) for key in active_companies(problem)}
    return HireStudy(
        unit=problem.policy.coverage_weight,
        served=sum(weight[key] for key in matching.buddy_of),
        whole=sum(weight.values()),
        places=tuple(Place(gain=_gain(hire, weight), hire=hire) for hire in hires),
    )


def _gain(hire: Hire, weight: dict[str, int]) -> int:
    won, lost = hire.resolved.gained, hire.resolved.displaced
    return sum(weight[key] for key in won) - sum(weight[key] for key in lost)
