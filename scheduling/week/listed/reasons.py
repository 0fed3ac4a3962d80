"""Why a visit is not in a week's plan: the first reason that applies, confirmed by solving.

In order: no day is open; there and back does not fit into any open day; breaks or limits on work rule it out;
and, found by solving the week again with this visit required: no plan has room for it beside the required
visits, it would cost more travel than leaving it out, or it would displace other visits. If the proof takes
too long, the best plan found counts, and the detail says "at most".
"""

import numpy as np

from data.base.status import ReasonCode, Status
from scheduling.week.instance import UnplannedVisit, WeekInstance
from scheduling.week.listed.search import Chosen
from scheduling.week.listed.solve import QUICK, ListedWeek


def explained(listed: ListedWeek, plan: Chosen) -> tuple[Chosen, tuple[UnplannedVisit, ...]]:
    """Return a plan with a reason for every visit that it leaves out, in the order of the instance.

    If the plan is not proved optimal, looking for a reason may reveal a better one; then that is explained,
    unless the time or work is used up: what is found only then would not be found with more.
    """
    reasons: list[UnplannedVisit] = []
    made = listed.visits_of(plan)
    for v in range(len(listed.ids)):
        if v in made:
            continue
        reason, found = _reason(listed, plan, v)
        if found is not None and found.objective < plan.objective and not listed.spent:
            return explained(listed, found)
        reasons.append(reason)
    return plan, tuple(reasons)


def first_obstacle(week: WeekInstance, v: int) -> ReasonCode | None:
    """Return why a visit fits into no day on its own, ignoring breaks and limits on work; None if it fits."""
    visit = week.visits[v]
    days = [d for d, day in enumerate(week.days) if day is not None and visit.windows[d]]
    if not days:
        return ReasonCode.NO_DAY_OPEN
    if not any(_there_and_back(week, v, d) for d in days):
        return ReasonCode.OUT_OF_REACH
    return None


def _there_and_back(week: WeekInstance, v: int, d: int) -> bool:
    visit, day = week.visits[v], week.days[d]
    assert day is not None
    leg = week.travel_min[week.from_node(d)][visit.node]
    home = week.travel_min[visit.left_from][week.to_node(d)]
    arrive = day.on_duty_from(day.start, leg) + leg
    for opens, closes in visit.windows[d]:
        start = day.on_duty_from(max(arrive, opens), visit.duration_min)
        left = day.on_duty_from(start + visit.duration_min, home)
        if start <= closes and left + home <= day.end:
            return True
    return False


def _reason(listed: ListedWeek, plan: Chosen, v: int) -> tuple[UnplannedVisit, Chosen | None]:
    """Return the reason, and the best plan found that makes the visit."""
    listed_somewhere = any(bool((routes.mask >> v & 1).any()) for routes in listed.routes)
    if not listed_somewhere:
        code = first_obstacle(listed.week, v) or ReasonCode.BREAKS_OR_WORK
        return UnplannedVisit(id=listed.ids[v], reason=code, detail=obstacle_detail(code)), None
    if listed.stop[0] != 0:
        detail = "not looked into: the time was over"
        return UnplannedVisit(id=listed.ids[v], reason=ReasonCode.WEEK_FULL, detail=detail), None
    forced = listed.required.copy()
    forced[v] = np.True_
    solved = listed.best(forced, QUICK)
    if solved.plan is None:
        proved = solved.status is Status.INFEASIBLE
        detail = (
            "no plan has room for it beside the required visits" if proved else "no plan found that has room"
        )
        return UnplannedVisit(id=listed.ids[v], reason=ReasonCode.WEEK_FULL, detail=detail), None
    lost = sorted(listed.visits_of(plan) - listed.visits_of(solved.plan))
    names = tuple(listed.ids[other] for other in lost)
    price = max(0, solved.plan.objective - plan.objective)
    exact = "" if solved.status is Status.OPTIMAL else "at most "
    code = ReasonCode.DISPLACES if lost else ReasonCode.NOT_WORTH_TRAVEL
    detail = f"would cost {exact}{price} more" + (f" and push out {', '.join(names)}" if lost else "")
    reason = UnplannedVisit(id=listed.ids[v], reason=code, detail=detail, price=price, displaces=names)
    return reason, solved.plan


def obstacle_detail(code: ReasonCode) -> str:
    """Return in words why a visit fits into no day on its own."""
    if code is ReasonCode.NO_DAY_OPEN:
        return "no window on any working day"
    if code is ReasonCode.OUT_OF_REACH:
        return "there and back does not fit into any open day"
    return "does not fit into any open day with its breaks and limits on work"


def clash(listed: ListedWeek) -> tuple[str, ...]:
    """Return an inclusion-minimal set of required visits that cannot all be planned.

    Each required visit is made optional in turn and stays so if the rest still clash; the remaining ones can
    be planned without any single one of them.
    """
    held = listed.required.copy()
    for v in np.flatnonzero(listed.required):
        held[v] = np.False_
        if listed.best(held, QUICK).status is not Status.INFEASIBLE:
            held[v] = np.True_
    return tuple(listed.ids[v] for v in np.flatnonzero(held))
