"""A buddy leaves: who follows at each company, and when both could go there together before."""

import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from api.planning.questions.in_force import InForce, PlanInForce, read_plans
from api.planning.questions.joint_visits import JointVisits
from api.run.run import Run
from data.model.problem import Problem
from data.results.questions import Successions
from data.travel.provider import Times
from matching.explain.candidates import on_day
from matching.explain.successors import Leaver, successions
from matching.positions.budget import still_funded
from matching.program.highs import Limits

SECONDS = 20
"""So long is searched at most; usual caseloads are proved in less than one."""


@dataclass(frozen=True)
class WhoFollows:
    """The question: a buddy's last day is `day`, in the first week of the problem's horizon.

    `before` is the same programme from `today` on, in which joint visits are looked for, with the `plans` in
    force. `among` are the buddies who are told of; None: all. `funded` as in `WhoCanTake`.
    """

    problem: Problem
    before: Problem
    times: Times
    buddy: str
    day: date
    today: date
    plans: Sequence[PlanInForce] = ()
    funded: Collection[str] | None = None
    among: Collection[str] | None = None


def who_follows_in(asked: WhoFollows, plans: Sequence[InForce], *runs: Run) -> Successions:
    """Return who follows a buddy beside plans in force, with their runs."""
    return who_follows(replace(asked, plans=read_plans(plans, runs)))


def who_follows(asked: WhoFollows) -> Successions:
    """Return successors by one matching in which all others keep their companies, and joint visits."""
    problem = on_day(asked.problem, asked.day)
    funded = still_funded(problem, asked.funded or ())
    leaver = Leaver(problem, asked.times, asked.buddy, funded, asked.among)
    found = successions(leaver, asked.day, Limits(deadline=time.monotonic() + SECONDS))
    days = [asked.today + timedelta(days=n) for n in range(1, (asked.day - asked.today).days + 1)]
    joint = JointVisits(asked.before, asked.times, asked.plans, asked.buddy, days)
    visits = (joint.at(each.company, each.buddy) for each in found.successors)
    return found.replace(visits=tuple(visit for visit in visits if visit))
