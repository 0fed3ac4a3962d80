"""Why a company has this buddy, or none: explanations found by solving again, with prices."""

from collections.abc import Callable, Iterator
from itertools import islice

from data.results.change import Change, ChangeKind
from data.results.explanation import Alternative, Amount, Remedy, Resolved, WhyNobody, WhyThisBuddy
from data.results.solution import Pair
from matching.explain.remedies import KINDS, Changes, Gap
from matching.explain.resolve import Case
from matching.levels.values import objective_values

MOST_ALTERNATIVES = 12


def why_this_buddy(case: Case, company: str, most: int = MOST_ALTERNATIVES) -> WhyThisBuddy:
    """Explain a pair: what it adds to each level, and what giving the company to the runner-up would cost.

    At most `most` alternatives, nearest first, are pinned and solved again; the runner-up is the one with the
    best levels, compared in order. Buddies who may not look after the company, or whose limits a pin would
    break, are no alternatives. Raises KeyError for a company that has no buddy.
    """
    pair = next((pair for pair in case.matching.pairs if pair.company == company), None)
    if pair is None:
        raise KeyError(company)
    others = _others(case, pair)
    alternatives = []
    for buddy in others[:most]:
        after = case.after((Change(kind=ChangeKind.PIN, who=buddy, after=company),))
        if after:
            resolved = case.resolved(after, (company,))
            alternatives.append(Alternative(buddy=buddy, resolved=resolved))
    return WhyThisBuddy(
        company=company,
        buddy=pair.buddy,
        kept=pair.kept,
        pinned=pair.pinned,
        worth=_worth(case, pair),
        runner_up=min(alternatives, key=lambda each: _levels(each.resolved), default=None),
        tried=min(most, len(others)),
        eligible=len(others),
    )


def why_nobody(case: Case, company: str, most: int | None = None) -> WhyNobody:
    """Explain a gap: the reason, and for each kind the smallest change confirmed to serve the company.

    Returns at most `most` kinds. Raises KeyError for a company that the matching does not leave out.
    """
    left_out = next((each for each in case.matching.unassigned if each.company == company), None)
    if left_out is None:
        raise KeyError(company)
    gap = Gap(case, company)
    found = (remedy for kind in KINDS if (remedy := _first_that_serves(gap, kind)))
    return WhyNobody(company=company, reason=left_out.reason, remedies=tuple(islice(found, most)))


def _first_that_serves(gap: Gap, kind: Callable[[Gap], Iterator[Changes]]) -> Remedy | None:
    for changes in kind(gap):
        after = gap.case.after(changes)
        if after and gap.company in after.buddy_of:
            resolved = gap.case.resolved(after, (gap.company,))
            return Remedy(changes=changes, buddy=after.buddy_of[gap.company], resolved=resolved)
    return None


def _others(case: Case, pair: Pair) -> list[str]:
    """Buddies other than the company's who break no rule, nearest first; what is kept or pinned aside."""
    eligibility = case.pairs.eligibility
    column = eligibility.company_column[pair.company]
    possible = eligibility.broken[:, column] == 0
    nearest = eligibility.nearest(pair.company)
    return [key for key in nearest if possible[eligibility.buddy_row[key]] and key != pair.buddy]


def _worth(case: Case, pair: Pair) -> tuple[Amount, ...]:
    """Return what each level would lose without the pair, everything else unchanged."""
    without = tuple(each for each in case.matching.pairs if each.company != pair.company)
    with_it = objective_values(case.problem, case.times, case.matching.pairs, case.matching.funded)
    without_it = objective_values(case.problem, case.times, without, case.matching.funded)
    return tuple(
        Amount(name=level.name, value=with_it[level.name] - without_it[level.name])
        for level in case.matching.levels
    )


def _levels(resolved: Resolved) -> tuple[int, ...]:
    return tuple(amount.value for amount in resolved.price)
