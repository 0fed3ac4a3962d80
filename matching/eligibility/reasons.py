"""Why a company has no buddy: what excludes each buddy, or who is full, nearest miss first."""

from collections import Counter
from collections.abc import Mapping, Sequence

from data.base.status import ReasonCode
from data.model.problem import Problem
from data.results.reason import ExcludedBuddies, Reason
from data.results.solution import Exclusion, Pair, Unassigned
from matching.eligibility.caseload import CASELOAD, Load, caseload_limits, pair_load, total_loads

SHOWN = 5
"""Number of buddies listed; the reason counts all of them."""


def full(problem: Problem, buddy: str, taken: Load, more: Load) -> Reason | None:
    """Return the first caseload limit that one more company would break, None if there is room."""
    limits = caseload_limits(problem.limits[buddy])
    for what, used, added, most in zip(CASELOAD, taken, more, limits, strict=True):
        if used + added > most:
            return Reason(code=ReasonCode.CASELOAD_FULL, measured=what, used=used, added=added, most=most)
    return None


def no_eligible_buddy(company: str, excluded: Sequence[Exclusion]) -> Unassigned:
    """Return why no buddy may look after a company, given all exclusions, nearest miss first."""
    counts = Counter(exclusion.reason.code for exclusion in excluded)
    ordered = sorted(counts.items(), key=lambda each: (-each[1], each[0]))
    counted = tuple(ExcludedBuddies(code=code, buddies=count) for code, count in ordered)
    reason = Reason(code=ReasonCode.NO_ELIGIBLE_BUDDY, excluded=counted)
    return Unassigned(company=company, reason=reason, buddies=tuple(excluded[:SHOWN]))


def left_out(
    problem: Problem, company: str, loads: Mapping[str, Load], taken: Mapping[str, Load]
) -> Unassigned:
    """Return why none of the eligible buddies (the keys of `loads`, nearest first) has a company.

    `loads` is the load of the company for each buddy, `taken` each buddy's total. The reason is
    `caseload_full` only if that is true of every eligible buddy; otherwise it is `outweighed`: although
    somebody has room, the company lost to earlier levels, to a tolerance that was used, or because a search
    was stopped.
    """
    exclusions = []
    for buddy, load in loads.items():
        reason = full(problem, buddy, taken.get(buddy, (0, 0, 0)), load)
        exclusions.append(Exclusion(buddy=buddy, reason=reason or Reason(code=ReasonCode.OUTWEIGHED)))
    free = [each for each in exclusions if each.reason.code is ReasonCode.OUTWEIGHED]
    code = ReasonCode.OUTWEIGHED if free else ReasonCode.CASELOAD_FULL
    ordered = free + [each for each in exclusions if each.reason.code is not ReasonCode.OUTWEIGHED]
    reason = Reason(code=code, buddies=len(free) or len(exclusions))
    return Unassigned(company=company, reason=reason, buddies=tuple(ordered[:SHOWN]))


def taken_loads(pairs: Sequence[Pair]) -> dict[str, Load]:
    """Return each buddy's load in a matching."""
    return total_loads((pair.buddy, pair_load(pair.care_min, pair.travel_min)) for pair in pairs)
