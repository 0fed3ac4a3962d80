"""The figures of a run for tables, reports and the terminal: counted once, here."""

from collections import Counter, defaultdict
from collections.abc import Container, Iterable
from dataclasses import dataclass

from api.run.contacts_in_time import companies_in_time
from api.run.planned_days import PlannedDay, planned_days, planned_weeks
from api.run.run import Run
from data.base.dates import days_of
from data.base.status import Status
from data.model.cost import travel_cents
from data.model.covers import Covers
from data.model.policy import CoverageWeight, Policy
from data.model.problem import Problem
from data.results.solution import Matching, Pair, WeekPlan
from matching.eligibility.needs import active_companies, coverage_weight, helper_languages
from matching.eligibility.rules import unfunded_buddies


@dataclass(frozen=True)
class Coverage:
    """Served and total weight of the active companies, in the unit that the policy names."""

    unit: CoverageWeight
    served: int
    whole: int

    @property
    def percent(self) -> float:
        """Share served, 100 if there is nothing to serve."""
        return 100 * self.served / self.whole if self.whole else 100.0


@dataclass(frozen=True)
class WeekFigures:
    """Totals of a set of weeks; travel, work and remote minutes, metres and their cost in cents are sums."""

    weeks: int
    optimal: int
    visits: int
    appointments: int
    unplanned: int
    travel_min: int
    remote_min: int
    work_min: int
    distance_m: int
    travel_cents: int


@dataclass(frozen=True)
class BuddyFigures:
    """One buddy's caseload per four weeks with its limits, what it covers besides, and the weeks planned."""

    buddy: str
    companies: int
    max_companies: int
    care_min: int
    max_care_min: int
    expected_travel_min: int
    covered: int
    covered_care_min: int
    weeks: WeekFigures


@dataclass(frozen=True)
class Figures:
    """The whole run; `spoken_to` are specialists sharing a language with main buddy or language helper.

    `contacts_in_time` counts companies whose every contact in the planned weeks is planned in time.
    """

    coverage: Coverage
    contacts_in_time: Coverage
    companies: int
    served: int
    specialists: int
    spoken_to: int
    expected_travel_min: int
    weeks: WeekFigures
    buddies: tuple[BuddyFigures, ...]


def figures(run: Run) -> Figures:
    """Count a run that has a matching; raises ValueError for one that has none."""
    if run.matching is None:
        raise ValueError("the run has no matching: there is nothing to count")
    active = active_companies(run.problem)
    days = list(planned_days(run))
    plans = [plan for weeks in run.weeks for plan in weeks.weeks]
    groups = [group for company in active for group in run.problem.specialists_of[company]]
    shared = shared_languages(run.problem, run.matching)
    return Figures(
        coverage=_coverage(run.problem, active, run.matching.buddy_of.keys()),
        contacts_in_time=_coverage(run.problem, active, companies_in_time(run, active)),
        companies=len(active),
        served=sum(company in run.matching.buddy_of for company in active),
        specialists=sum(group.count for group in groups),
        spoken_to=sum(g.count for g in groups if shared[g.company] & set(g.languages)),
        expected_travel_min=sum(pair.travel_min for pair in run.matching.pairs),
        weeks=_weeks(run.problem.policy, plans, days),
        buddies=_buddies(run, run.matching, plans, days),
    )


def shared_languages(problem: Problem, matching: Matching) -> dict[str, frozenset[str]]:
    """Return for each company the languages that its main buddy or a language helper shares with it."""
    helpers = helper_languages(problem, unfunded_buddies(problem, matching.funded))
    return helpers | {p.company: helpers[p.company] | set(p.common_languages) for p in matching.pairs}


def _coverage(problem: Problem, active: Iterable[str], having: Container[str]) -> Coverage:
    unit = problem.policy.coverage_weight
    weights = {company: coverage_weight(problem, company) for company in active}
    served = sum(held for company, held in weights.items() if company in having)
    return Coverage(unit=unit, served=served, whole=sum(weights.values()))


def _buddies(
    run: Run, matching: Matching, plans: list[WeekPlan], days: list[PlannedDay]
) -> tuple[BuddyFigures, ...]:
    companies = Counter(pair.buddy for pair in matching.pairs)
    care, travel = Counter[str](), Counter[str]()
    covered = _covered_pairs(run, matching)
    for pair in matching.pairs:
        care[pair.buddy] += pair.care_min
        travel[pair.buddy] += pair.travel_min
    return tuple(
        BuddyFigures(
            buddy=buddy.id,
            companies=companies[buddy.id],
            max_companies=buddy.max_companies,
            care_min=care[buddy.id],
            max_care_min=buddy.max_care_min,
            expected_travel_min=travel[buddy.id],
            covered=len(covered[buddy.id]),
            covered_care_min=sum(pair.care_min for pair in covered[buddy.id]),
            weeks=_weeks(
                run.problem.policy,
                [plan for plan in plans if plan.buddy == buddy.id],
                [day for day in days if day.buddy == buddy.id],
            ),
        )
        for buddy in run.problem.limits.values()
    )


def _covered_pairs(run: Run, matching: Matching) -> dict[str, list[Pair]]:
    """Return by buddy the pairs of others whose company that buddy covers on some day of the planned weeks.

    They stand beside the caseload and are no part of it: its limits bind main relations, which last.
    """
    covers, days = Covers(run.problem), [day for week in planned_weeks(run) for day in days_of(week)]
    found = defaultdict[str, list[Pair]](list)
    for pair in matching.pairs:
        for buddy in {covers.on(pair.company, day) for day in days} - {None, pair.buddy}:
            found[str(buddy)].append(pair)
    return found


def _weeks(policy: Policy, plans: list[WeekPlan], days: list[PlannedDay]) -> WeekFigures:
    distance_m = sum(day.route.distance_m for day in days)
    legs = [leg for day in days for leg in day.legs]
    appointments = sum(leg.appointment for leg in legs)
    return WeekFigures(
        weeks=len(plans),
        optimal=sum(plan.status is Status.OPTIMAL for plan in plans),
        visits=len(legs) - appointments,
        appointments=appointments,
        unplanned=sum(len(plan.unplanned) for plan in plans),
        travel_min=sum(plan.travel_min for plan in plans),
        remote_min=sum(plan.remote_min for plan in plans),
        work_min=sum(day.route.work_min for day in days),
        distance_m=distance_m,
        travel_cents=travel_cents(distance_m, policy),
    )
