"""What a schedule found, as results with their times and the reasons of what is left out."""

from collections.abc import Iterator

from data.base.status import ReasonCode, Status
from scheduling.week.instance import PlannedDay, UnplannedVisit, WeekInstance, WeekResult
from scheduling.week.judge import objective_of, travel_of
from scheduling.week.listed.proof import Solved
from scheduling.week.listed.reasons import clash, explained, first_obstacle, obstacle_detail
from scheduling.week.listed.solve import ListedWeek
from scheduling.week.listed.ties import most_even
from scheduling.week.schedule import Schedule


def answers(schedule: Schedule, reasons: bool) -> Iterator[WeekResult]:
    """Yield what the proof found and, unless that is proved, what the search found."""
    proved = False
    if schedule.listed is not None and schedule.proof is not None:
        found = _listed_result(schedule.listed, schedule.proof.solved(), reasons)
        proved = found.status in (Status.OPTIMAL, Status.INFEASIBLE)
        yield found
    if schedule.large is not None and not proved:
        yield result_of(schedule.week, schedule.large.days(), schedule.bound)


def _listed_result(listed: ListedWeek, solved: Solved, reasons: bool) -> WeekResult:
    if solved.plan is None:
        clashing = clash(listed) if solved.status is Status.INFEASIBLE else ()
        return WeekResult(status=solved.status, bound=solved.bound, clash=clashing)
    plan = most_even(listed, solved, solved.plan)
    left_out: tuple[UnplannedVisit, ...] = ()
    if reasons:
        plan, left_out = explained(listed, plan)
    days = listed.timed(plan)
    return WeekResult(
        status=Status.OPTIMAL if plan.objective == solved.bound else solved.status,
        objective=plan.objective,
        bound=solved.bound,
        travel_min=travel_of(listed.week, days),
        days=days,
        unplanned=left_out,
    )


def result_of(week: WeekInstance, days: tuple[PlannedDay | None, ...], bound: int) -> WeekResult:
    """Return days as a result, with what is known of the visits left out without solving again."""
    planned = {stop.id for day in days if day for stop in day.stops}
    if any(visit.required and visit.id not in planned for visit in week.visits):
        return WeekResult(status=Status.UNKNOWN, bound=bound)
    objective = objective_of(week, days)
    return WeekResult(
        status=Status.OPTIMAL if objective == bound else Status.FEASIBLE,
        objective=objective,
        bound=bound,
        travel_min=travel_of(week, days),
        days=days,
        unplanned=tuple(
            _not_found(week, v) for v in range(len(week.visits)) if week.visits[v].id not in planned
        ),
    )


def _not_found(week: WeekInstance, v: int) -> UnplannedVisit:
    obstacle = first_obstacle(week, v)
    detail = obstacle_detail(obstacle) if obstacle else "no place found; the week is too large for a proof"
    return UnplannedVisit(id=week.visits[v].id, reason=obstacle or ReasonCode.WEEK_FULL, detail=detail)
