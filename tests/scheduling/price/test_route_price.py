"""Prices of caseloads agree with the planner."""

from typing import Any

from data.model.problem import Care, Horizon, Problem
from data.results.refinement import Routed
from scheduling.plan.model import buddy_weeks
from scheduling.plan.plan_weeks import plan_weeks
from scheduling.price.route_price import RoutedWeeks
from tests.builders import MAGDEBURG, assigned, buddy, company, problem, times

EAST = MAGDEBURG.replace(lon=11.832)
FIRMS = ("near", "beyond", "far")


def programme(**fields: Any) -> Problem:
    """Anna in Magdeburg, with companies 10, 12 and 20 minutes to the east, visited every other week."""
    at = dict(zip(FIRMS, (11.732, 11.752, 11.832), strict=True))
    return problem(
        (buddy("anna", **fields), buddy("ben", EAST)),
        tuple(company(key, MAGDEBURG.replace(lon=lon)) for key, lon in at.items()),
        care=tuple(Care(company=key, every_weeks=2, minutes=60) for key in FIRMS),
        horizon=Horizon(first_week="2026-W48", weeks=4),
    )


def test_a_caseload_comes_to_what_its_planned_weeks_come_to() -> None:
    of = programme(week_work_min=60)
    matching = assigned(of, anna="near beyond", ben="far")
    weeks = {own.buddy: own.weeks for own in plan_weeks(of, matching, times(of))}
    _, due = buddy_weeks(of, matching, times(of))
    weight = {visit.id: visit.weight for week in due for visit in week.visits.values()}
    price = RoutedWeeks(of, matching, times(of))
    for who, companies in (("anna", ("beyond", "near")), ("ben", ("far",))):
        plans = weeks[who]
        planned = sum(len(day.stops) for plan in plans for day in plan.days if day)
        left_out = sum(weight[visit.id] for plan in plans for visit in plan.unplanned)
        travel = sum(plan.travel_min for plan in plans)
        assert price.routed([(who, companies)]) == [Routed(travel, planned, left_out)]


def test_weeks_that_are_known_are_not_planned_again() -> None:
    of = programme()
    price = RoutedWeeks(of, assigned(of, anna="near beyond", ben="far"), times(of))
    once = price.routed([("anna", ("beyond", "near")), ("ben", ())])
    planned = price.planned_weeks
    assert price.routed([("anna", ("beyond", "near"))]) == once[:1]
    assert price.planned_weeks == planned


def test_exchanges_are_estimated_in_the_weeks_that_stand() -> None:
    of = programme()
    price = RoutedWeeks(of, assigned(of, anna="near beyond", ben="far"), times(of))
    saved, added = price.exchanges("anna", ("beyond", "near"), ["far"])
    alone = [
        price.routed([("anna", companies)])[0].travel_min
        for companies in (("near",), ("beyond",), ("beyond", "near"))
    ]
    # each company is visited twice: leaving saves the difference, exactly on a line
    assert saved.tolist() == [alone[2] - alone[0], alone[2] - alone[1]]
    # two visits 20 minutes to the east, each 2 × (20 - 10) beyond the existing stop of their week
    assert added[2].tolist() == [40]
