"""The judge of a week's calls: each one due is made or told, none is both, and the minutes are theirs."""

from collections.abc import Iterator

from data.base.status import Violation, violation
from data.results.solution import WeekPlan
from scheduling.plan.model import BuddyWeek
from scheduling.plan.result import calls_left, calls_made


def call_violations(week: BuddyWeek, plan: WeekPlan) -> Iterator[Violation]:
    """Yield what is wrong with the calls that a plan makes, counts, or leaves out.

    A plan of an earlier version lists none: it counts the minutes of all that are due.
    """
    where, due = f"{plan.buddy} {plan.week}", (*week.calls.made, *week.calls.left)
    listed = plan.calls is not None
    right = week.calls.minutes if listed else sum(call.minutes for call in due)
    if plan.remote_min != right:
        yield violation("remote_min", where, "judged_remote", stated=plan.remote_min, right=right)
    if not listed:
        return
    if plan.calls != calls_made(week):
        made = tuple(call.id for call in week.calls.made)
        yield violation(
            "calls", where, "judged_calls", stated=tuple(c.id for c in plan.calls or ()), right=made
        )
    told = {left.id: left.reason for left in plan.unplanned}
    for left in calls_left(week):
        if left.id not in told:
            yield violation("accounted_for", f"{where} {left.id}", "judged_neither")
        elif told[left.id] != left.reason:
            yield violation("reason", f"{where} {left.id}", "judged_call_reason", code=left.reason.code)
