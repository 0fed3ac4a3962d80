"""Bases: home on some days, an office on others. Where a day starts and ends, and what that costs."""

from datetime import date, timedelta
from itertools import pairwise, permutations
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from data.base.dates import aware, days_of
from data.base.entity import canonical_json
from data.model.dated import Appointment
from data.model.problem import Base, Care, Place, Point, Problem
from scheduling.judge.plan import check_weeks
from scheduling.plan.plan_weeks import plan_weeks
from tests.builders import WEEK, assigned, buddy, company, problem, times

MONDAY, TUESDAY, *_ = days_of(WEEK)
HOME, OFFICE, FAR = Point(lat=52.0, lon=11.0), Point(lat=52.5, lon=11.0), Point(lat=52.6, lon=11.0)
"""Travel takes 100 minutes a degree: 60 from home to the far company, 10 from the office."""
AT_OFFICE = Base(buddy="anna", place="office", weekdays=(0,))


def of(*bases: Base, **fields: Any) -> Problem:
    meet = {"companies": (company("c", FAR),), "care": (Care(company="c", minutes=60),)} | fields
    companies = meet.pop("companies")
    return problem(
        (buddy("anna", HOME),), companies, bases=bases, places=(Place(id="office", point=OFFICE),), **meet
    )


def planned(asked: Problem) -> tuple[Any, ...]:
    """The days of the only week, checked by the judge."""
    matching, table = assigned(asked, anna=" ".join(asked.company)), times(asked)
    weeks = plan_weeks(asked, matching, table)
    assert check_weeks(asked, table, matching, weeks) == []
    return weeks[0].weeks[0].days


def at(day: date, hour: int, **fields: Any) -> Appointment:
    return Appointment(
        id=f"a{day.day}", start=aware(day, 60 * hour), minutes=60, company="c", place="c", **fields
    )


def test_a_day_starts_and_ends_at_its_base() -> None:
    """At the company at 10:00 on both days: 60 minutes from home, 10 from the office on Mondays."""
    both = (at(MONDAY, 10), at(TUESDAY, 10))
    monday, tuesday, *_ = planned(of(AT_OFFICE, appointments=both, care=()))
    assert (monday.base, monday.travel_min, monday.leave, monday.back) == ("office", 20, 590, 670)
    assert (tuesday.base, tuesday.travel_min, tuesday.leave, tuesday.back) == ("", 120, 540, 720)


def test_a_visit_goes_to_the_day_whose_base_is_nearest() -> None:
    assert [day is not None for day in planned(of(AT_OFFICE))] == [True] + [False] * 6
    friday = AT_OFFICE.replace(weekdays=(4,))
    assert [day is not None for day in planned(of(friday))] == [False] * 4 + [True, False, False]


def test_another_address_is_a_base_too() -> None:
    there = Base(buddy="anna", point=OFFICE, since=MONDAY, until=MONDAY)
    asked = of(there)
    monday, *others = planned(asked)
    assert monday.travel_min == 20 and monday.base == asked.start("anna", MONDAY) != "anna"
    assert others == [None] * 6


def test_of_several_bases_that_begun_last_holds_then_that_of_fewer_days() -> None:
    always, later = Base(buddy="anna", point=FAR), AT_OFFICE.replace(since=TUESDAY, weekdays=())
    asked = of(later, AT_OFFICE, always)
    starts = [asked.start("anna", MONDAY + timedelta(days=k)) for k in (0, 1, 7)]
    assert starts == ["office", "office", "office"]
    assert asked.start("anna", MONDAY - timedelta(days=1)) == asked.base_nodes[0][0]


def test_the_judge_finds_a_wrong_base_and_its_travel() -> None:
    asked = of(AT_OFFICE)
    matching, table = assigned(asked, anna="c"), times(asked)
    (own,) = plan_weeks(asked, matching, table)
    plan = own.weeks[0]
    wrong = plan.replace(days=(plan.days[0].replace(base=""), *plan.days[1:]))  # type: ignore[union-attr]
    rules = {each.rule for each in check_weeks(asked, table, matching, (own.replace(weeks=(wrong,)),))}
    assert rules == {"base"}


def test_bases_are_left_out_where_there_are_none() -> None:
    assert all("base" not in canonical_json(day) for day in planned(of()) if day)
    assert "bases" not in canonical_json(of())


@settings(max_examples=15)
@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 40)), max_size=3), st.integers(1, 3))
def test_the_week_costs_the_least_of_all_ways_to_spread_visits(
    where: list[tuple[int, int]], visits: int
) -> None:
    """Each company on a line, one visit each, all days long enough: tried day by day and order by order."""
    bases = tuple(
        Base(buddy="anna", point=Point(lat=52 + off / 100, lon=11), weekdays=(day,))
        for day, off in dict(where).items()
    )
    firms = tuple(company(f"c{k}", Point(lat=52.1 + k / 10, lon=11)) for k in range(visits))
    asked = of(*bases, companies=firms, care=tuple(Care(company=firm.id, minutes=30) for firm in firms))
    table = times(asked)
    days = days_of(WEEK)[:5]

    def route(start: str, stops: tuple[str, ...]) -> int:
        way = [start, *stops, start]
        return sum(table.minutes(a, b) for a, b in pairwise(way))

    def least(left: frozenset[str], day: int) -> int:
        if not left:
            return 0
        if day == len(days):
            return 10**6
        start = asked.start("anna", days[day])
        best = least(left, day + 1)
        for size in range(1, len(left) + 1):
            for stops in permutations(sorted(left), size):
                best = min(best, route(start, stops) + least(left - set(stops), day + 1))
        return best

    travel = sum(day.travel_min for day in planned(asked) if day)
    assert travel == least(frozenset(asked.company), 0)
