"""How full a buddy is on a day: companies and minutes of care beside their limits."""

from datetime import date

from data.model.problem import Problem
from data.model.vocabulary import CompanyState, RelationRole
from data.results.questions import CaseloadUse
from matching.eligibility.caseload import CASELOAD, caseload_limits
from matching.eligibility.needs import care_min


def caseload_on(problem: Problem, buddy: str, day: date) -> tuple[CaseloadUse, ...]:
    """Return the active companies that a buddy has on a day, and their care in minutes per four weeks."""
    held = {
        each.company
        for each in problem.relations
        if each.buddy == buddy
        and each.role is RelationRole.MAIN
        and (each.since or day) <= day <= (each.until or day)
        and problem.company[each.company].state is CompanyState.ACTIVE
    }
    used = len(held), sum(care_min(problem.care_of[company]) for company in held)
    parts = zip(CASELOAD, used, caseload_limits(problem.buddy[buddy]), strict=False)
    return tuple(CaseloadUse(measured=of, used=now, most=most) for of, now, most in parts)
