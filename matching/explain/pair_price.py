"""The price of pinning or banning a pair, found by solving again before the decision."""

from typing import Literal

from data.model.problem import Problem
from data.results.change import Change, ChangeKind, applied
from data.results.explanation import PairPrice
from data.results.reason import Reason
from data.results.solution import Matching
from matching.eligibility.rules import Rules
from matching.explain.clash import find_clash
from matching.explain.resolve import After, Case

PinOrBan = Literal[ChangeKind.PIN, ChangeKind.BAN]


def pair_price(case: Case, kind: PinOrBan, buddy: str, company: str) -> PairPrice:
    """Return the effect of pinning or banning a pair, found by solving again with only that change.

    A pin replaces another pin of the company; it is refused if the pair is banned, the buddy is absent or not
    funded, or the hosts do not allow it. Raises KeyError for a buddy who does not exist and for a company
    that is not matched.
    """
    matched = {*case.matching.buddy_of, *(each.company for each in case.matching.unassigned)}
    if buddy not in case.problem.buddy or company not in matched:
        raise KeyError(company if buddy in case.problem.buddy else buddy)
    change = Change(kind=kind, who=buddy, after=company)
    changed, after = applied(case.problem, change), case.after((change,))
    told = PairPrice(kind=kind, company=company, buddy=buddy)
    if after is None:
        return told.replace(clash=find_clash(changed, case.times, case.options.limits))
    holder = after.buddy_of.get(company)
    if kind is ChangeKind.PIN and holder != buddy:
        return told.replace(refused=_refusal(case, changed, after, buddy, company))
    return told.replace(
        after=holder,
        exception=Rules(changed, case.times, after.funded).exception(holder, company) if holder else None,
        resolved=case.resolved(after, (company,)),
        moved=_moved(case.matching, after, company),
    )


def _refusal(case: Case, changed: Problem, after: After, buddy: str, company: str) -> Reason:
    reason = Rules(changed, case.times, after.funded).excluded(buddy, company)
    assert reason, "a pin that breaks no rule is chosen"
    return reason


def _moved(before: Matching, after: After, company: str) -> tuple[str, ...]:
    served = before.buddy_of.keys() & after.buddy_of.keys() - {company}
    return tuple(sorted(key for key in served if before.buddy_of[key] != after.buddy_of[key]))
