"""Promises to companies that the new weeks break, and visits that find no place in them."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from data.base.dates import days_of
from data.results.promise import Promise, PromiseState
from data.results.replanning import BrokenPromise
from data.results.solution import Unplanned, WeekPlan
from scheduling.replan.due_visits import Week
from scheduling.replan.reopened_weeks import Reopened


def broken_promises(reopened: Reopened, plans: dict[Week, WeekPlan]) -> Iterator[BrokenPromise]:
    """Yield the promises that the plans break, except those of cancelled visits and declined ones.

    A moved visit breaks only its requested window, if it is not planned.
    """
    starts = dict(starts_of(plans.values()))
    open_visits = {visit for key in plans for visit in reopened.due[key]} - reopened.cancelled
    for promise in sorted(reopened.commitments.promises.values(), key=lambda each: each.visit):
        if promise.visit not in open_visits or promise.state is PromiseState.DECLINED:
            continue
        day, minute = starts.get(promise.visit, (None, 0))
        if day != promise.date or not promise.from_min <= minute <= promise.to_min:
            yield BrokenPromise(promise=promise, start=(day, minute) if day else None)
    for visit in sorted(reopened.moves.keys() & open_visits - starts.keys()):
        yield BrokenPromise(promise=_wish(reopened, visit))


def unplaced(
    before: Mapping[Week, WeekPlan], plans: Mapping[Week, WeekPlan], broken: Iterable[BrokenPromise]
) -> tuple[Unplanned, ...]:
    """Return visits that the plans leave out and those before did not, except where a promise is broken."""
    known = {left.id for plan in before.values() for left in plan.unplanned}
    known |= {each.promise.visit for each in broken}
    return tuple(left for plan in plans.values() for left in plan.unplanned if left.id not in known)


def _wish(reopened: Reopened, visit: str) -> Promise:
    moved, company = reopened.moves[visit], reopened.visits[visit].company
    return Promise(
        visit=visit, company=company, date=moved.date, from_min=moved.from_min, to_min=moved.to_min
    )


def starts_of(plans: Iterable[WeekPlan]) -> Iterator[tuple[str, tuple[date, int]]]:
    """Yield the day and minute at which each planned visit starts."""
    for plan in plans:
        for day, route in zip(days_of(plan.week), plan.days, strict=True):
            for stop in route.stops if route else ():
                yield stop.id, (day, stop.start)
