"""Which current relations end, why, and the price of keeping all of them."""

from data.base.status import ReasonCode
from data.model.relation import Relation
from data.results.explanation import Amount, Continuity, RelationChange
from data.results.reason import Reason
from matching.eligibility.needs import present_main
from matching.explain.resolve import Case
from matching.levels.lexicographic import NotSolvable


def continuity(case: Case) -> Continuity:
    """Return every current main relation that ends, and what keeping all of them would cost.

    Without `policy.rematch`, relations end only if rules or caseloads do not allow them, so there is no
    price; with it the matching is solved again without ending any relation.
    """
    buddy_of = case.matching.buddy_of
    changes = tuple(
        RelationChange(
            company=company,
            before=relation.buddy,
            after=buddy_of.get(company),
            why=_why(case, relation),
        )
        for company, relation in sorted(present_main(case.problem).items())
        if buddy_of.get(company) != relation.buddy
    )
    pays = any(change.why.code is ReasonCode.PAYS for change in changes)
    return Continuity(changes=changes, price=_price(case) if pays else ())


def _why(case: Case, relation: Relation) -> Reason:
    """The rule that ends a relation; where none does, the caseload, or under `rematch` that it pays."""
    if relation.buddy not in case.problem.buddy:
        return Reason(code=ReasonCode.LEFT)
    excluded = case.rules.excluded(relation.buddy, relation.company)
    if excluded:
        return excluded
    return Reason(code=ReasonCode.PAYS if case.problem.policy.rematch else ReasonCode.CASELOAD_FULL)


def _price(case: Case) -> tuple[Amount, ...] | None:
    policy = case.problem.policy.replace(max_changed_relations=0)
    try:
        kept = case.ask(case.problem.replace(policy=policy), case.times)
    except NotSolvable:
        return None
    return case.resolved(kept.after).price
