"""The cost of fitting a visit into a published week: promises broken, visits left out, travel added."""

from dataclasses import dataclass, replace
from datetime import date

from data.base.status import Status
from data.results.replanning import BrokenPromise
from scheduling.cadence.choose import DueVisit
from scheduling.plan.result import week_plan
from scheduling.replan.broken_promises import broken_promises, starts_of
from scheduling.replan.cover_by_colleagues import OpenWeeks
from scheduling.replan.due_visits import Week


@dataclass(frozen=True)
class FitIn:
    """The cheapest way to make a visit: when (None: impossible), and the cost compared with not making it.

    `broken` are promises that it breaks, `left_out` visits that were planned and no longer are; `proved` says
    that no way breaks fewer promises, or equally many and leaves out less, or the same and travels less.
    """

    start: tuple[date, int] | None
    added_travel_min: int = 0
    broken: tuple[BrokenPromise, ...] = ()
    left_out: tuple[str, ...] = ()
    proved: bool = False


def fit_in(weeks: OpenWeeks, key: Week, visit: DueVisit) -> FitIn:
    """Return the cost for a buddy of making a visit that is not in the week yet."""
    reopened = weeks.reopened
    reopened.visits.add(visit)
    reopened.commitments = replace(reopened.commitments, pressing={*reopened.commitments.pressing, visit.id})
    held = weeks.visits[key]
    before, after = weeks.answers([(key, held), (key, held | {visit.id})])
    exact = all(answer.result.status is Status.OPTIMAL for answer in (before, after))
    if not after.plans(visit.id) or len(after.clash) > len(before.clash):
        return FitIn(start=None, proved=exact)
    plan = week_plan(reopened.times, after.week, after.result, after.clash)
    lost = sorted(each for each in held if before.plans(each) and not after.plans(each))
    return FitIn(
        start=dict(starts_of([plan]))[visit.id],
        added_travel_min=(after.result.travel_min or 0) - (before.result.travel_min or 0),
        broken=tuple(broken_promises(reopened, {key: plan})),
        left_out=tuple(lost),
        proved=exact,
    )
