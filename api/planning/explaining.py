"""The explanations stored with a run, and the answers of `buddyplan explain`; both solve again."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

from api.run.run import Run
from data.base.errors import BuddyplanError
from data.base.message import Message, message
from data.results.change import ChangeKind
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
    """Return the smallest change for the most urgent gaps, and what `Explanations` holds beside them."""
    case, company = case.over(executor), case.problem.company
    urgent = sorted(
        case.matching.unassigned, key=lambda each: (-company[each.company].priority, each.company)
    )
    with _threads(executor) as threads:
        gaps = [threads.submit(why_nobody, case, each.company, most=1) for each in urgent[: options.gaps]]
        hires = threads.submit(where_one_more_helps, case, options.places, executor)
        helpers = threads.submit(propose_helpers, case.problem, case.times, case.matching)
        changes = threads.submit(continuity, case)
        return Explanations(
            gaps=tuple(_answers(gaps, lambda done: share(0.7 * done))),
            continuity=changes.result(),
            hires=hires.result(),
            helpers=helpers.result(),
        )


def case_of(run: Run) -> Case:
    """Return a run's matching as a case to explain; raises `BuddyplanError` if it has none."""
    if run.matching is None:
        raise BuddyplanError(message("explain_without_matching"))
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


def company_of_run(run: Run, company: str) -> WhyThisBuddy | WhyNobody:
    """Explain one company of a run; as `of_company`."""
    return of_company(case_of(run), company)


def pair_of_run(run: Run, pinned: bool, buddy: str, company: str) -> PairPrice:
    """Return the price of a pin, or else of a ban, in a run; as `of_pair`."""
    return of_pair(case_of(run), ChangeKind.PIN if pinned else ChangeKind.BAN, buddy, company)


def _not_matched(case: Case, company: str) -> Message:
    code = "company_not_active" if company in case.problem.company else "company_not_in_run"
    return message(code, company=company, known=_some(case.matching))


def _no_buddy(case: Case, buddy: str) -> Message:
    return message("buddy_not_in_run", buddy=buddy, known=", ".join(sorted(case.problem.buddy)[:3]))


def of_buddy(case: Case, buddy: str, executor: Executor | None, share: Share) -> tuple[WhyThisBuddy, ...]:
    """Explain every company of one buddy; raises `BuddyplanError` for one that does not exist."""
    if buddy not in case.problem.buddy:
        raise BuddyplanError(_no_buddy(case, buddy))
    case = case.over(executor)
    with _threads(executor) as threads:
        asked = [
            threads.submit(why_this_buddy, case, company, most=ALTERNATIVES_OF_EACH)
            for company in case.matching.companies_of.get(buddy, ())
        ]
        return tuple(_answers(asked, share))


@contextmanager
def _threads(executor: Executor | None) -> Iterator[ThreadPoolExecutor]:
    """Give threads that ask, side by side where an executor solves; none begins after an error."""
    threads = ThreadPoolExecutor(None if executor else 1)
    try:
        yield threads
    finally:
        threads.shutdown(cancel_futures=True)


def _answers(asked: Sequence[Future[Answer]], share: Share) -> Iterator[Answer]:
    for number, each in enumerate(asked, 1):
        yield each.result()
        share(number / len(asked))


def _some(matching: Matching) -> str:
    return ", ".join(pair.company for pair in matching.pairs[:3]) or "none"
