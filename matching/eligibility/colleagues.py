"""Who may visit a company instead of its buddy: eligible colleagues, those of the company's host first."""

from collections.abc import Callable, Collection
from functools import cache

from data.model.problem import Problem
from data.travel.provider import Times
from matching.eligibility.rules import Rules


def colleagues(
    problem: Problem, times: Times, funded: Collection[str] | None = None
) -> Callable[[str], tuple[tuple[str, ...], ...]]:
    """Return a function from a company to the buddies who break no rule with it, in two tiers by host.

    Pins and current relations do not restrict a cover, which changes nobody's main buddy. An appointment
    without a company (empty id) has no colleagues: it is only for the buddies it names. `funded` are the
    buddies that a budget pays for; None: all.
    """
    rules = Rules(problem, times, funded)

    @cache
    def tiers(company: str) -> tuple[tuple[str, ...], ...]:
        if company not in problem.company:
            return ()
        host = problem.company[company].host
        may = [
            buddy
            for buddy in sorted(problem.buddy, key=problem.rank.__getitem__)
            if not rules.broken(buddy, company)
        ]
        own = tuple(buddy for buddy in may if problem.buddy[buddy].host == host)
        return own, tuple(buddy for buddy in may if buddy not in own)

    return tiers
