"""Everything that is due in a run's weeks and not planned: visits left out, and needs that nobody has."""

from collections.abc import Iterator

from api.run.planned_days import planned_weeks
from api.run.run import Run
from data.base.dates import iso_week, minute_of
from data.base.entity import Entity
from data.base.ids import BuddyId, CompanyId, PlaceId, VisitId
from data.base.status import ReasonCode
from data.model.vocabulary import CareMode, IsoWeek, RequestState
from data.results.reason import VisitReason
from data.results.solution import Taker

APPOINTMENT_FIRST = 6
"""Appointments of no company have no priority; they are listed before those of priority 5."""


class NotPlanned(Entity):
    """A visit, request or appointment that no week holds, and why.

    `place` is its company or, for an appointment of no company, its place; `kind` says what that is, or that
    a contact is a call or video.
    `buddy` is empty if nobody has it, `priority` None without a company. A request that nobody has is listed
    in the week it is due, an overdue one in the first. `takers` are colleagues who could take it.
    """

    visit: VisitId
    company: CompanyId
    place: PlaceId
    kind: str
    buddy: BuddyId
    week: IsoWeek
    priority: int | None
    reason: VisitReason
    takers: tuple[Taker, ...] = ()


def not_planned(run: Run) -> tuple[NotPlanned, ...]:
    """Return what is not planned in the weeks of a run, the most urgent first."""
    found = [*_left_out(run), *_of_nobody(run)]
    return tuple(
        sorted(found, key=lambda each: (-(each.priority or APPOINTMENT_FIRST), each.week, each.visit))
    )


def _left_out(run: Run) -> Iterator[NotPlanned]:
    kinds = {each.id: each.kind for each in run.problem.appointments if not each.company}
    contacts = (contact for own in run.weeks if own.cadence for contact in own.cadence.contacts)
    kinds |= {each.id: each.mode for each in contacts if each.mode is not CareMode.VISIT}
    for plan in (plan for own in run.weeks for plan in own.weeks):
        for left in plan.unplanned:
            company = run.problem.company.get(left.company)
            yield NotPlanned(
                visit=left.id,
                company=left.company,
                place=left.at,
                kind=kinds.get(left.id, ""),
                buddy=plan.buddy,
                week=plan.week,
                priority=company.priority if company else None,
                reason=left.reason,
                takers=tuple(taker for taker in plan.takers if taker.visit == left.id),
            )


def _of_nobody(run: Run) -> Iterator[NotPlanned]:
    """Yield open requests and appointments of the weeks at companies that have no buddy."""
    if run.matching is None or not run.weeks:
        return
    alone = {each.company for each in run.matching.unassigned}
    covered = {
        stop.id for own in run.weeks for plan in own.weeks for day in plan.days if day for stop in day.stops
    }
    covered |= {left.id for own in run.weeks for plan in own.weeks for left in plan.unplanned}
    for visit, company, week in _needs(run, planned_weeks(run)):
        active = company in run.problem.active
        if visit in covered or (active and company not in alone):
            continue
        yield NotPlanned(
            visit=visit,
            company=company,
            place=company,
            kind="",
            buddy="",
            week=week,
            priority=run.problem.company[company].priority,
            reason=VisitReason(code=ReasonCode.NO_BUDDY if active else ReasonCode.NOT_ACTIVE),
        )


def _needs(run: Run, weeks: tuple[str, ...]) -> Iterator[tuple[str, str, str]]:
    """Yield open requests, and appointments that name no buddy, with their company and week."""
    for request in run.problem.requests:
        week = max(iso_week(request.due), weeks[0])
        if request.state is RequestState.OPEN and week in weeks:
            yield request.id, request.company, week
    for each in run.problem.appointments:
        week = iso_week(minute_of(each.start)[0])
        if each.company and not each.buddies and week in weeks:
            yield each.id, each.company, week
