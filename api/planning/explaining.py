"""The explanations stored with a run, and the answers of `buddyplan explain`; both solve again."""

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from api.run.run import Run
from data.base.errors import BuddyplanError
from data.results.explanation import Explanations, PairPrice, WhyNobody, WhyThisBuddy
from data.results.solution import Matching
from matching.eligibility.language_helpers import propose_helpers
from matching.explain.continuity import continuity
from matching.explain.one_more_buddy import where_one_more_helps
from matching.explain.pair_price import PinOrBan, pair_price
from matching.explain.resolve import Case
from matching.explain.why import why_nobody, why_this_buddy
from matching.solve import MatchOptions

ALTERNATIVES_OF_EACH = 3
"""Alternatives tried for each company of a buddy; for a single company more are tried."""

Share = Callable[[float], None]
"""Called with the share of the work that is done, 0 to 1."""
Answer = TypeVar("Answer")


@dataclass(frozen=True)
class ExplainOptions:
    """How many of the most urgent gaps to find a remedy for, and how many places for one more buddy."""

    gaps: int = 3
    places: int = 3


def explanations(
    case: Case, options: ExplainOptions, executor: Executor | None, share: Share
) -> Explanations:
    """Return the smallest change for the most urgent gaps, and the other parts of `Explanations`."""
    priority = case.problem.company
    gaps = sorted(
        case.matching.unassigned, key=lambda each: (-priority[each.company].priority, each.company)
    )[: options.gaps]
    ask = partial(why_nobody, case, most=1)
    told = _all(ask, [each.company for each in gaps], executor, lambda done: share(0.7 * done))
    hires = where_one_more_helps(case, options.places, executor) if options.places else ()
    return Explanations(
        gaps=tuple(told),
        continuity=continuity(case),
        hires=hires,
        helpers=propose_helpers(case.problem, case.times, case.matching),
    )


def case_of(run: Run) -> Case:
    """Return a run's matching as a case to explain; raises `BuddyplanError` if it has none."""
    if run.matching is None:
        raise BuddyplanError("the run has no matching; there is nothing to explain")
    return Case(run.problem, run.times, run.matching, MatchOptions(seed=run.matching.seed))


def of_company(case: Case, company: str) -> WhyThisBuddy | WhyNobody:
    """Explain one company; raises `BuddyplanError` for one that is not matched."""
    if company in case.matching.buddy_of:
        return why_this_buddy(case, company)
    if company in {each.company for each in case.matching.unassigned}:
        return why_nobody(case, company)
    raise BuddyplanError(_not_matched(case, company))


def of_pair(case: Case, kind: PinOrBan, buddy: str, company: str) -> PairPrice:
    """Return the price of a pin or ban; raises `BuddyplanError` for ids that are not matched."""
    if buddy not in case.problem.buddy:
        raise BuddyplanError(_no_buddy(case, buddy))
    try:
        return pair_price(case, kind, buddy, company)
    except KeyError:
        raise BuddyplanError(_not_matched(case, company)) from None


def _not_matched(case: Case, company: str) -> str:
    known = "not active" if company in case.problem.company else "not in this run"
    return f'company "{company}": it is {known}; matched are ids such as {_some(case.matching)}'


def _no_buddy(case: Case, buddy: str) -> str:
    known = ", ".join(sorted(case.problem.buddy)[:3])
    return f'buddy "{buddy}": not in this run; there are ids such as {known}'


def of_buddy(case: Case, buddy: str, executor: Executor | None, share: Share) -> tuple[WhyThisBuddy, ...]:
    """Explain every company of one buddy; raises `BuddyplanError` for one that does not exist."""
    if buddy not in case.problem.buddy:
        raise BuddyplanError(_no_buddy(case, buddy))
    ask = partial(why_this_buddy, case, most=ALTERNATIVES_OF_EACH)
    return tuple(_all(ask, case.matching.companies_of.get(buddy, ()), executor, share))


def _all(
    ask: Callable[[str], Answer], keys: Sequence[str], executor: Executor | None, share: Share
) -> list[Answer]:
    answers: Iterable[Answer] = executor.map(ask, keys) if executor else map(ask, keys)
    found = []
    for answer in answers:
        found.append(answer)
        share(len(found) / len(keys))
    return found


def _some(matching: Matching) -> str:
    return ", ".join(pair.company for pair in matching.pairs[:3]) or "none"
