"""Which current relations end, why, and the price of keeping all of them."""

from data.base.status import ReasonCode
from data.model.relation import Relation
from data.results.explanation import Amount, Continuity, RelationChange
from data.results.solution import Reason
from matching.eligibility.needs import present_main
from matching.eligibility.rules import Rules
from matching.explain.resolve import Case
from matching.levels.lexicographic import NotSolvable
from matching.solve import match


def continuity(case: Case) -> Continuity:
    """Return every current main relation that ends, and what keeping all of them would cost.

    Without `policy.rematch`, relations end only if rules or caseloads do not allow them, so there is no
    price; with it the matching is solved again without ending any relation.
    """
    rules, buddy_of = Rules(case.problem, case.times, case.matching.funded), case.matching.buddy_of
    changes = tuple(
        RelationChange(
            company=company,
            before=relation.buddy,
            after=buddy_of.get(company),
            why=_why(case, rules, relation),
        )
        for company, relation in sorted(present_main(case.problem).items())
        if buddy_of.get(company) != relation.buddy
    )
    pays = any(change.why.code is ReasonCode.PAYS for change in changes)
    return Continuity(changes=changes, price=_price(case) if pays else ())


def _why(case: Case, rules: Rules, relation: Relation) -> Reason:
    """Return the rule that ends a relation; if none does, the caseload, or under `rematch` the gain."""
    if relation.buddy not in case.problem.buddy:
        return Reason(code=ReasonCode.LEFT)
    excluded = rules.excluded(relation.buddy, relation.company)
    if excluded:
        return excluded
    return Reason(code=ReasonCode.PAYS if case.problem.policy.rematch else ReasonCode.CASELOAD_FULL)


def _price(case: Case) -> tuple[Amount, ...] | None:
    policy = case.problem.policy.replace(max_changed_relations=0)
    try:
        kept = match(case.problem.replace(policy=policy), case.times, case.options)
    except NotSolvable:
        return None
    return case.resolved(kept).price
