"""Who can take a company on, with the first visit of each: everything for one answer, and nothing stored."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from api.planning.questions.first_visit import FirstVisits
from api.planning.questions.in_force import InForce, PlanInForce, read_plans
from api.run.run import Run
from data.base.dates import minute_of
from data.base.errors import BuddyplanError
from data.base.message import message
from data.model.problem import Problem
from data.results.questions import Candidates
from data.travel.provider import Times, TravelTimes
from matching.eligibility.needs import present_main
from matching.explain.candidates import Placing, candidates, on_day
from matching.positions.budget import still_funded


@dataclass(frozen=True)
class WhoCanTake:
    """The question for one company at a moment, in whose week the problem's horizon begins.

    `plans` are those in force from then on. `funded` are the buddies that the matching in force pays for,
    `among` those that are told of; None: all.
    """

    problem: Problem
    times: Times
    travel: TravelTimes
    company: str
    moment: datetime
    plans: Sequence[PlanInForce] = ()
    funded: Collection[str] | None = None
    among: Collection[str] | None = None


def who_can_take_in(asked: WhoCanTake, plans: Sequence[InForce], *runs: Run) -> Candidates:
    """Return who can take a company on beside plans in force, with their runs; raises as `who_can_take`."""
    return who_can_take(replace(asked, plans=read_plans(plans, runs)))


def who_can_take(asked: WhoCanTake) -> Candidates:
    """Return the best buddies with price and first visit, and why all others cannot.

    Raises `BuddyplanError` for a company that is not active.
    """
    day = minute_of(asked.moment)[0]
    problem = on_day(asked.problem, day)
    if asked.company not in problem.active:
        raise BuddyplanError(message("company_not_cared_for", company=asked.company))
    funded = still_funded(problem, asked.funded or ())
    found = candidates(Placing(problem, asked.times, asked.company, funded), day, asked.among)
    buddies = [each.buddy for each in found.candidates]
    held = {company: relation.buddy for company, relation in present_main(problem).items()}
    first = FirstVisits(
        problem, asked.times, asked.travel, asked.company, asked.moment, asked.plans, held, buddies
    )
    return found.replace(
        candidates=tuple(each.replace(first_visit=first.of(each.buddy)) for each in found.candidates)
    )
