"""Days of small offices, from tables to plans that the judge accepts: breaks, hours in pieces, requests."""

from datetime import date
from pathlib import Path

import pytest

from api.service.sources import default_sources
from data.base.dates import aware, days_of
from data.base.status import ReasonCode, Status
from data.model.calendar import Calendar
from data.model.problem import Problem
from data.model.vocabulary import CareMode
from data.results.promise import PromiseState
from data.results.replanning import Disruption, Late, Missed, Urgent
from data.results.solution import BuddyWeeks, DayRoute, Matching, WeekPlan
from data.travel.provider import Times, times_of
from scheduling.cadence.choose import DueVisit
from scheduling.judge.plan import check_weeks
from scheduling.judge.replanning import check_replanning
from scheduling.plan.plan_weeks import plan_weeks
from scheduling.plan.promises import promises_of
from scheduling.replan.cover_by_colleagues import OpenWeeks
from scheduling.replan.reopened_weeks import Published, Reopened
from scheduling.replan.replan import replan
from scheduling.replan.slots import slots
from scheduling.week.solve import WeekOptions
from tests.builders import WEEK, assigned
from tests.data.tables.sheets import Rows, read, write_csv
from tests.part_of_sample import part_of_sample

SUNDAY, MONDAY, FRIDAY = date(2026, 11, 22), date(2026, 11, 23), date(2026, 11, 27)
ANNA = {"id": "anna", "postcode": "06108", "languages": "ar:C1"}
HOURS = dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), "13:00-16:00")
AFTERNOONS = {"id": "k1", "postcode": "06110", "town": "Halle", "visits_per_4_weeks": "4"} | HOURS


class Office:
    """An office with its plan of one week, for the buddy anna; the judge finds nothing."""

    def __init__(self, folder: Path, **tables: Rows) -> None:
        found = read(write_csv(folder, {"buddies": [ANNA], **tables}))
        assert found.problem is not None, found.findings
        self.problem: Problem = found.problem
        self.times: Times = times_of(self.problem, default_sources().travel)
        keys = " ".join(company.id for company in self.problem.companies)
        self.matching: Matching = assigned(self.problem, anna=keys)
        self.weeks: tuple[BuddyWeeks, ...] = plan_weeks(self.problem, self.matching, self.times, 1)
        assert check_weeks(self.problem, self.times, self.matching, self.weeks) == []

    @property
    def plan(self) -> WeekPlan:
        return self.weeks[0].weeks[0]

    @property
    def published(self) -> Published:
        return Published(self.problem, self.matching, self.times, self.weeks)

    def after(self, day: date, minute: int, *disruptions: Disruption) -> WeekPlan:
        """The week planned again; the judge finds nothing."""
        promises = promises_of(self.problem, self.weeks, PromiseState.PROPOSED)
        done = replan(
            self.published, aware(day, minute), disruptions, promises, colleagues=lambda company: ()
        )
        assert check_replanning(self.published, done.record, done.weeks) == []
        return done.weeks[0].weeks[0]

    def days(self) -> list[DayRoute]:
        return [day for day in self.plan.days if day]


# Breaks


def test_a_long_day_rests_on_the_way_and_not_before_leaving(tmp_path: Path) -> None:
    """Friday works more than six hours: 30 min of breaks in pieces of 15 or more, none before ten o'clock."""
    towns = (
        ("06217", "Merseburg"),
        ("06237", "Leuna"),
        ("06667", "Weißenfels"),
        ("06618", "Naumburg (Saale)"),
    )
    rows = [
        {"id": f"k{i}", "postcode": code, "town": town, "visits_per_4_weeks": "4"}
        for i, (code, town) in enumerate(towns)
    ]
    office = Office(tmp_path, companies=rows)
    (friday,) = (day for day in office.days() if day.work_min > 360)
    assert office.plan.status is Status.OPTIMAL
    assert sum(rest.end - rest.start for rest in friday.breaks) == 30
    assert all(rest.end - rest.start >= 15 and rest.start >= 600 for rest in friday.breaks)


def test_on_the_sample_no_break_begins_in_the_first_two_hours(tmp_path: Path) -> None:
    of = read(part_of_sample(tmp_path / "part")).problem
    assert of is not None
    mains = {
        buddy.id: " ".join(r.company for r in of.relations if r.buddy == buddy.id) for buddy in of.buddies
    }
    times, calendar = times_of(of, default_sources().travel), Calendar(of)
    weeks = plan_weeks(of, assigned(of, **mains), times, 1, WeekOptions(work=500_000))
    begun = [
        rest.start - (calendar.shift(own.buddy, day) or (0, 0))[0]
        for own in weeks
        for plan in own.weeks
        for day, route in zip(days_of(plan.week), plan.days, strict=True)
        for rest in (route.breaks if route else ())
    ]
    assert len(begun) > 10
    assert min(begun) >= 120


# Hours in pieces


def test_who_is_away_at_noon_works_before_and_after(tmp_path: Path) -> None:
    """The shift is 08:00-16:30 less 12:00-12:30, and k1 opens at 13:00, 6 min away."""
    noon = {"who": "anna", "from": "2026-11-23", "to": "2026-11-27", "hours": "12:00-12:30"}
    (day,) = Office(tmp_path, companies=[AFTERNOONS], availability=[noon]).days()
    assert day.stops[0].start == 780
    # 480 to 861, less half an hour
    assert (day.back, day.work_min, [(off.start, off.end) for off in day.off]) == (861, 351, [(720, 750)])


EVENING = {"from": "2026-11-23", "hours": "18:00-20:00", "open": "yes"}
ONLY_ON_MONDAY_EVENING = (
    {"who": "k1", "from": "2026-11-23", "to": "2026-11-29"},
    {"who": "k1", **EVENING},
    {"who": "anna", **EVENING},
)


def test_an_evening_opening_is_a_second_piece_of_the_day(tmp_path: Path) -> None:
    """Anna works 08:00-16:30 and 18:00-20:00, and k1 opens in the evening."""
    office = Office(tmp_path, companies=[AFTERNOONS], availability=ONLY_ON_MONDAY_EVENING)
    (monday,) = office.days()
    assert [stop.start >= 1080 for stop in monday.stops] == [True]
    assert [(off.start, off.end) for off in monday.off] == [(990, 1080)]
    assert monday.work_min == monday.back - 480 - 90 - sum(rest.end - rest.start for rest in monday.breaks)
    assert sum(rest.end - rest.start for rest in monday.breaks) >= (45 if monday.work_min > 540 else 30)


def test_eleven_hours_of_rest_shorten_an_evening(tmp_path: Path) -> None:
    """On Tuesday work begins at 06:00, so Monday ends at 19:00: 75 min at k1 do not fit after 18:00."""
    early = {"who": "anna", "from": "2026-11-24", "hours": "06:00-08:00", "open": "yes"}
    office = Office(tmp_path, companies=[AFTERNOONS], availability=[*ONLY_ON_MONDAY_EVENING, early])
    assert office.days() == []
    assert [left.reason.code for left in office.plan.unplanned] == [ReasonCode.OUT_OF_REACH]


def noon_office(folder: Path) -> Office:
    """Anna is off from 12:00 to 12:30; k1 opens in the afternoon, k2 and k3 all day, all near each other."""
    noon = {"who": "anna", "from": "2026-11-23", "to": "2026-11-27", "hours": "12:00-12:30"}
    near = {"postcode": "06110", "town": "Halle"}
    others = [
        {"id": "k2", **near, "visits_per_4_weeks": "4"},
        {"id": "k3", **near, "visits_per_4_weeks": "0"},
    ]
    return Office(folder, companies=[AFTERNOONS, *others], availability=[noon])


def test_slots_lie_on_both_sides_of_a_time_off(tmp_path: Path) -> None:
    office = noon_office(tmp_path)
    weeks = OpenWeeks(Reopened(office.published, aware(SUNDAY, 600), ()), WeekOptions(), None)
    asked = DueVisit("new", "k3", "k3", CareMode.VISIT, 60, 5)
    free = days_of(WEEK)[office.plan.days.index(None)]
    found = [slot for slot in slots(weeks, ("anna", WEEK), asked) if slot.day == free]
    # Arriving at 8:06; an hour ends by 12:00, or begins from 12:30 on and ends by 16:00.
    minutes = {minute for slot in found for minute in range(slot.from_min, slot.to_min + 1)}
    assert minutes == {*range(486, 661), *range(750, 901)}


@pytest.mark.parametrize("minute", [600, 700, 719, 720, 735, 750, 800])
def test_a_day_under_way_is_planned_again_around_its_time_off(tmp_path: Path, minute: int) -> None:
    office = noon_office(tmp_path)
    day = next(day for day in office.plan.days if day)
    begun = days_of(WEEK)[office.plan.days.index(day)]
    done = office.after(
        begun, minute, Late(buddy="anna", minutes=10), Urgent(id="u", company="k3", minutes=60, due=FRIDAY)
    )
    for route in done.days:
        for stop in route.stops if route else ():
            assert stop.end <= 720 or stop.start >= 750


# Requests


def urgent(key: str) -> dict[str, str]:
    return {"id": key, "company": "k1", "kind": "urgent", "due": "2026-11-23", "minutes": "30"}


def test_two_requests_for_one_day_share_the_way(tmp_path: Path) -> None:
    """Both on Monday at k1, 6 min away, one after the other."""
    k1 = {"id": "k1", "postcode": "06110", "town": "Halle", "visits_per_4_weeks": "0"}
    office = Office(tmp_path, companies=[k1], requests=[urgent("q1"), urgent("q2")])
    (monday,) = office.days()
    assert office.plan.days[0] == monday
    assert (len(monday.stops), office.plan.travel_min, office.plan.objective) == (2, 12, 12)


def test_a_request_costs_no_way_beside_a_visit(tmp_path: Path) -> None:
    """Two visits a week 23 min away: 2 × 46 of travel, with the follow-up or without."""
    mill = {
        "id": "c1",
        "postcode": "06217",
        "town": "Merseburg",
        "visits_per_4_weeks": "8",
        "visit_min": "60",
    }
    later = {"id": "r1", "company": "c1", "kind": "follow_up", "raised": "2026-11-23", "due": "2026-11-27"}
    office = Office(tmp_path, companies=[mill], requests=[later | {"minutes": "30"}])
    assert (office.plan.status, office.plan.travel_min) == (Status.OPTIMAL, 92)
    assert sorted(len(day.stops) for day in office.days()) == [1, 2]


def test_contacts_of_one_care_row_stay_on_days_of_their_own(tmp_path: Path) -> None:
    mill = {"id": "c1", "postcode": "06217", "town": "Merseburg", "visits_per_4_weeks": "8"}
    assert [len(day.stops) for day in Office(tmp_path, companies=[mill]).days()] == [1, 1]


def test_a_missed_request_is_not_repeated_on_its_day_but_an_urgent_one_may_follow(tmp_path: Path) -> None:
    k1 = {"id": "k1", "postcode": "06110", "town": "Halle", "visits_per_4_weeks": "0"}
    office = Office(tmp_path, companies=[k1], requests=[urgent("q1")])
    assert [stop.id for day in office.days() for stop in day.stops] == ["q1"]
    missed = office.after(MONDAY, 520, Missed(visit="q1"))
    assert [left.id for left in missed.unplanned] == ["q1-again"]
    more = office.after(MONDAY, 520, Urgent(id="u1", company="k1", minutes=30, due=MONDAY))
    assert more.days[0] is not None
    assert [stop.id for stop in more.days[0].stops] == ["q1", "u1"]
