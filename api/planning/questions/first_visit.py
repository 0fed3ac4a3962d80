"""When each of some buddies could visit a company first: in published weeks, else in free working hours."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from api.planning.questions.in_force import PlanInForce
from api.planning.replanning import WEEK_WORK
from data.base.dates import days_of, minute_of
from data.base.status import ReasonCode, Status
from data.model.calendar import Calendar
from data.model.problem import Company, Problem
from data.model.vocabulary import CareMode, RequestKind, RequestState
from data.results.questions import FirstVisit
from data.results.reason import VisitReason
from data.results.solution import BuddyWeeks, CadencePlan, Matching, Pair, Unplanned, WeekPlan
from data.travel.extended import times_after
from data.travel.provider import Times, TravelTimes
from scheduling.cadence.choose import Cadence, DueVisit
from scheduling.cadence.rhythm import URGENT_PRIORITY
from scheduling.replan.cover_by_colleagues import OpenWeeks
from scheduling.replan.reopened_weeks import Published, Reopened
from scheduling.replan.slots import first_slot
from scheduling.week.solve import WeekOptions

FIRST = "first visit"
"""The id of the visit to find a slot for."""
USUAL_MIN = 60
NO_CONTACTS = CadencePlan(status=Status.OPTIMAL, value=0, bound=0, contacts=())


@dataclass
class FirstVisits:
    """First visits at one company from a moment on, in the weeks of a problem's horizon."""

    problem: Problem
    times: Times
    travel: TravelTimes
    company: str
    moment: datetime
    plans: Sequence[PlanInForce]
    held: Mapping[str, str]
    buddies: Collection[str]
    _opened: dict[int, OpenWeeks] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._calendar = Calendar(self.problem)
        self._cadence = Cadence(self.problem, _matching(self.problem, self.held), self.times)
        for buddy in self.problem.buddy:
            self._cadence.take(buddy, NO_CONTACTS)

    def of(self, buddy: str) -> FirstVisit | None:
        """Return the first visit of a buddy, None if there is none in the weeks of the horizon."""
        for week in self._cadence.weeks:
            days = {
                day
                for day in days_of(week)
                if day >= minute_of(self.moment)[0] and self._calendar.shift(buddy, day)
            }
            if not days:
                continue
            weeks, published = self._weeks(buddy, week)
            slot = first_slot(weeks, (buddy, week), self._visit, days)
            if slot:
                return FirstVisit(
                    week=week,
                    day=slot.day,
                    start_min=slot.from_min,
                    added_travel_min=slot.added_travel_min,
                    published=published,
                )
        return None

    def _weeks(self, buddy: str, week: str) -> tuple[OpenWeeks, bool]:
        """Return the weeks in which a buddy's one is, and whether it is published."""
        for number, plan in enumerate(self.plans):
            if week in plan.weeks and any(
                own.buddy == buddy and week in {each.week for each in own.weeks}
                for own in plan.published.weeks
            ):
                return self._open(number, plan), True
        return self._open(-1, self._unpublished()), False

    def _open(self, number: int, plan: PlanInForce) -> OpenWeeks:
        if number not in self._opened:
            reopened = Reopened(self._with_company(plan.published), self.moment, (), plan.promises)
            self._opened[number] = OpenWeeks(reopened, WeekOptions(work=WEEK_WORK), None)
        return self._opened[number]

    def _with_company(self, published: Published) -> Published:
        """Return a plan whose problem knows the company as it is now."""
        before, key = published.problem, self.company
        if before is self.problem:
            return published
        mine = tuple(each for each in self.problem.availability if each.who == key)
        problem = before.replace(
            companies=_with(before.companies, self.problem.company[key]),
            availability=(*(each for each in before.availability if each.who != key), *mine),
        )
        times = times_after(problem, self.travel, (before, published.times))
        return Published(problem, published.matching, times, published.weeks, published.earlier)

    def _unpublished(self) -> PlanInForce:
        """Return weeks in which nobody has anything to do but appointments."""
        weeks = tuple(
            BuddyWeeks(
                buddy=buddy,
                problem_hash="",
                matching_hash="",
                weeks=tuple(self._blank(buddy, week) for week in self._cadence.weeks)
                if buddy in self.buddies
                else (),
                cadence=NO_CONTACTS,
            )
            for buddy in self.problem.buddy
        )
        return PlanInForce(Published(self.problem, self._cadence.matching, self.times, weeks), (), ())

    def _blank(self, buddy: str, week: str) -> WeekPlan:
        appointments = self._cadence.due(buddy).get(week, ())
        return WeekPlan(
            buddy=buddy,
            week=week,
            status=Status.OPTIMAL,
            objective=0,
            bound=0,
            travel_min=0,
            days=(None,) * 7,
            unplanned=tuple(
                Unplanned(id=visit.id, company=visit.company, reason=VisitReason(code=ReasonCode.WEEK_FULL))
                for visit in appointments
            ),
        )

    @property
    def _visit(self) -> DueVisit:
        return DueVisit(
            FIRST,
            self.company,
            self.company,
            CareMode.VISIT,
            first_visit_min(self.problem, self.company),
            URGENT_PRIORITY,
            first_day=minute_of(self.moment)[0],
        )


def first_visit_min(problem: Problem, company: str) -> int:
    """Return how long a first visit takes: as its request says, else as usual visits of the company do."""
    asked = [
        request.minutes
        for request in problem.requests
        if request.company == company
        and request.kind is RequestKind.FIRST_VISIT
        and request.state is RequestState.OPEN
    ]
    usual = [care.minutes for care in problem.care_of[company] if care.mode is CareMode.VISIT]
    return next(iter((*asked, *usual)), USUAL_MIN)


def _with(companies: Sequence[Company], company: Company) -> tuple[Company, ...]:
    others = (each for each in companies if each.id != company.id)
    return tuple(sorted((*others, company), key=lambda each: each.id))


def _matching(problem: Problem, held: Mapping[str, str]) -> Matching:
    """Return relations as a matching, for those who ask it only who has whom."""
    pairs = (
        Pair(company=company, buddy=buddy, one_way_min=0, travel_min=0, care_min=0)
        for company, buddy in sorted(held.items())
    )
    return Matching(problem_hash="", seed=0, status=Status.FEASIBLE, levels=(), pairs=tuple(pairs))
