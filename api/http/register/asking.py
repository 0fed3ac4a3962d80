"""What the questions about a register ask about: moment, problem, travel times, plans in force."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from api.http.frame.state import AppState
from api.http.register.access import OfReader
from data.base.dates import aware, minute_of, weeks_from
from data.model.problem import Horizon, Problem
from data.store.tables.utc import now
from data.store.work.matching_in_force import matching_in_force
from data.store.work.plans import published_plans
from data.store.work.promises import promises_of_week
from data.travel.provider import Times

if TYPE_CHECKING:
    from api.planning.questions.in_force import InForce


@dataclass(frozen=True)
class Asked:
    """A programme as it is now for some weeks, with the plans in force in them.

    `funded` are the buddies that the matching in force pays for; None: all, or there is none.
    """

    problem: Problem
    times: Times
    plans: "tuple[InForce, ...]"
    funded: Collection[str] | None


def asked_now(app_state: AppState, c: Connection, programme: str, weeks: Horizon) -> Asked:
    """Return what a question about some weeks needs."""
    problem = app_state.programmes.problem(c, programme, weeks)
    return Asked(
        problem=problem,
        times=app_state.programmes.times(c, problem),
        plans=plans_in_force(c, programme, weeks),
        funded=funded_now(c, programme),
    )


def funded_now(c: Connection, programme: str) -> Collection[str] | None:
    """Return the buddies that the matching in force pays for; None: all, or there is none."""
    matching = matching_in_force(c, programme)
    return matching.matching.funded if matching else None


def told_of(seen: OfReader) -> Collection[str] | None:
    """Return the buddies that a reader is told of, None: all."""
    return seen.sight.buddies if seen.sight.hidden else None


def asked_moment(app_state: AppState, c: Connection, programme: str, at: date | None) -> datetime:
    """Return the moment that a question is about: the beginning of a day, by default now."""
    today = now()
    return today if at in (None, minute_of(today)[0]) else aware(at, 0)


def plans_in_force(c: Connection, programme: str, asked: Horizon) -> "tuple[InForce, ...]":
    """Return the published plans of some weeks, each with the weeks that it is in force for."""
    from api.planning.questions.in_force import InForce

    of_plan: dict[str, list[str]] = {}
    plans = published_plans(c, programme)
    for week in weeks_from(asked.first_week, asked.weeks):
        plan = next((plan.id for plan in plans if week in plan.covered), None)
        if plan:
            of_plan.setdefault(plan, []).append(week)
    return tuple(
        InForce(
            plan,
            tuple(weeks),
            tuple(each.promise for week in weeks for each in promises_of_week(c, programme, week)),
        )
        for plan, weeks in of_plan.items()
    )
