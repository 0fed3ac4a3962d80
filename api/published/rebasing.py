"""Rebasing a draft: its own decisions, applied to what is in force now."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from api.planning.replanning import published
from api.published.affected import VisitChange, affected
from api.run.run import Run
from api.run.stored import StoredRuns
from data.base.dates import iso_week, minute_of
from data.base.message import message
from data.results.promise import Promise
from data.results.replanning import Disruption
from data.results.solution import WeekPlan
from data.store.database.record import Conflict
from data.store.work.bases import Base, base_now, plans_by_week
from data.store.work.matchings import adopted_matching
from data.store.work.plans import PlanState, StoredPlan, base_holds, lineage, plan_of, weeks_of_plan
from data.store.work.promises import promises_of_week
from scheduling.replan.due_visits import UnknownDisruption
from scheduling.replan.reopened_weeks import Reopened


@dataclass(frozen=True)
class Rebase:
    """How a draft is made anew: `plan` is planned again for `disruptions`; None: from the register.

    `left_out` are disruptions that what is in force has no place for any more.
    """

    plan: StoredPlan | None
    disruptions: tuple[Disruption, ...] = ()
    left_out: tuple[Disruption, ...] = ()


def rebase_of(c: Connection, runs: StoredRuns, draft: StoredPlan, moment: datetime) -> Rebase:
    """Return how a draft is made anew on what is in force.

    A re-planning is applied to the plan in force. Other drafts decide whole weeks; what was re-planned in
    these weeks since is applied to them. A plan of a matching that another one replaced is planned anew.

    Raises `Conflict` for what is no draft, or if nothing of it is left to apply.
    """
    if draft.state is not PlanState.DRAFT:
        raise Conflict(message("only_drafts_rebased"))
    if base_holds(c, draft):
        raise Conflict(message("base_in_force"))
    held = base_now(c, draft.programme, draft.covered)
    told = tuple(one.promise for week in draft.covered for one in promises_of_week(c, draft.programme, week))
    if draft.parent in draft.base.plans.values() and draft.replanning:
        if not held.plans:
            raise Conflict(message("nothing_to_rebase_on"))
        plan, wanted = plan_of(c, held.plans[min(held.plans)]), draft.replanning.disruptions
        fit = _fitting(runs.nameless(c, plan.id), wanted, told, moment)
        if wanted and not fit.disruptions:
            raise Conflict(message("nothing_left_to_rebase"))
        return Rebase(plan, fit.disruptions, fit.left_out)
    if held.matching not in (draft.base.matching, draft.matching):
        return Rebase(None)
    fit = _fitting(runs.nameless(c, draft.id), _since(c, draft, held), told, moment)
    return Rebase(draft, fit.disruptions, fit.left_out)


def weeks_replanned(c: Connection, plan: StoredPlan, moment: datetime) -> tuple[tuple[str, ...], Base]:
    """Return the weeks that re-planning a plan is about, and the base of what comes out.

    Of a published plan they are those in a row that it is in force for, the first of them not over. One
    that is in force no more has a base that nobody can publish on.
    """
    if plan.state is PlanState.DRAFT:
        return plan.covered, base_now(c, plan.programme, plan.covered)
    held = plans_by_week(c, plan.programme)
    rows: list[list[str]] = [[]]
    for week in plan.covered:
        if held.get(week) == plan.id:
            rows[-1].append(week)
        else:
            rows.append([])
    today = iso_week(minute_of(moment)[0])
    weeks = next((tuple(row) for row in rows if row and row[-1] >= today), plan.covered)
    return weeks, Base(dict.fromkeys(weeks, plan.id), adopted_matching(c, plan.programme))


def changed_since(c: Connection, draft: StoredPlan) -> tuple[VisitChange, ...]:
    """Return what others published for a draft's weeks since it was made, visit by visit."""
    held = base_now(c, draft.programme, draft.covered)
    differ = [week for week in draft.covered if held.plans.get(week) != draft.base.plans.get(week)]
    before, after = (_weeks(c, base, differ) for base in (draft.base, held))
    return affected(before, after).changes


def _weeks(c: Connection, base: Base, weeks: Iterable[str]) -> dict[tuple[str, str], WeekPlan]:
    return {
        (own.buddy, week): plan
        for week in weeks
        if week in base.plans
        for own in weeks_of_plan(c, base.plans[week])
        for plan in own.weeks
        if plan.week == week
    }


def _since(c: Connection, draft: StoredPlan, held: Base) -> Iterator[Disruption]:
    """Yield the disruptions of the plans in force that neither a draft nor its base knows, oldest first."""
    roots = [draft, *(plan_of(c, key) for key in {*draft.base.plans.values()})]
    known = {plan.id for root in roots for plan in lineage(c, root)}
    newer = {
        plan.version: plan
        for key in {*held.plans.values()}
        for plan in lineage(c, plan_of(c, key))
        if plan.id not in known
    }
    for _, plan in sorted(newer.items()):
        yield from plan.replanning.disruptions if plan.replanning else ()


def _fitting(
    run: Run, wanted: Iterable[Disruption], promises: tuple[Promise, ...], moment: datetime
) -> Rebase:
    kept: list[Disruption] = []
    left_out: list[Disruption] = []
    for each in wanted:
        try:
            Reopened(published(run), moment, (*kept, each), promises)
        except UnknownDisruption:
            left_out.append(each)
        else:
            kept.append(each)
    return Rebase(None, tuple(kept), tuple(left_out))
