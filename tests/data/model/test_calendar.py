"""Weeks, holidays and clock changes; when a buddy works and when a company is open."""

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.base.dates import days_of, iso_week
from data.base.status import ReasonCode
from data.model.calendar import Calendar, public_holidays
from data.model.dated import Availability
from data.model.policy import Policy
from data.model.problem import Place, Problem
from data.model.programme import Host, Programme
from data.model.vocabulary import Weeks
from tests.builders import MAGDEBURG, buddy, company, problem

MONDAY = date(2026, 11, 23)
SATURDAY = date(2026, 11, 28)
SUNDAY = date(2026, 11, 29)
NEW_YEAR = date(2027, 1, 1)  # a Friday
CLOCKS_FORWARD, CLOCKS_BACK = date(2027, 3, 28), date(2026, 10, 25)
DAYS = st.dates(date(2000, 1, 1), date(2090, 12, 31))


def calendar(*rules: Availability, **of_buddy: Any) -> Calendar:
    """One buddy `b` and one company `c` with the rules; both usually have 08:00-17:00 on weekdays."""
    held: Problem = problem((buddy("b", **of_buddy),), (company("c"),), availability=rules)
    return Calendar(held.replace(places=(Place(id="p", point=MAGDEBURG),)))


def rule(who: str, first: date, last: date | None = None, **fields: Any) -> Availability:
    return Availability(who=who, first=first, last=last or first, **fields)


@pytest.mark.parametrize(
    ("state", "day", "name"),
    [
        ("ST", date(2026, 10, 31), "Reformationstag"),
        ("ST", date(2027, 1, 6), "Heilige Drei Könige"),
        ("NI", date(2027, 1, 6), None),
        ("BY", date(2026, 11, 1), "Allerheiligen"),
        ("ST", date(2026, 11, 1), None),
    ],
)
def test_public_holidays_are_those_of_the_state(state: str, day: date, name: str | None) -> None:
    assert public_holidays(state, day.year).get(day) == name


def test_a_state_that_germany_does_not_have_is_refused() -> None:
    with pytest.raises(ValueError, match="no German state"):
        public_holidays("XX", 2026)


def test_usual_hours_hold_where_nothing_is_said() -> None:
    usual = calendar()
    assert usual.shift("b", MONDAY) == (480, 1020)
    assert usual.opening("c", MONDAY) == ((480, 1020),)
    assert usual.opening("c", SATURDAY) == ()
    assert usual.place_opening("p", SATURDAY) == ((0, 1440),)


def test_public_holidays_close_everything() -> None:
    usual = calendar()
    assert usual.is_holiday(NEW_YEAR) and usual.holiday_name(NEW_YEAR) == "Neujahr"
    assert not usual.is_holiday(MONDAY) and usual.holiday_name(MONDAY) == ""
    assert usual.shift("b", NEW_YEAR) is None
    assert usual.opening("c", NEW_YEAR) == usual.place_opening("p", NEW_YEAR) == ()


def test_a_holiday_can_be_opened_with_hours_or_with_the_usual_ones() -> None:
    opened = calendar(
        rule("b", NEW_YEAR, open=True, hours=(540, 720)),
        rule("c", NEW_YEAR, open=True),
        rule("p", NEW_YEAR, open=True),
    )
    assert opened.shift("b", NEW_YEAR) == (540, 720)
    assert opened.opening("c", NEW_YEAR) == ((480, 1020),)
    assert opened.place_opening("p", NEW_YEAR) == ((0, 1440),)


def test_nobody_works_on_a_sunday_unless_it_is_opened() -> None:
    every_day = (((480, 1020),),) * 7
    assert calendar(shifts=every_day).shift("b", SUNDAY) is None
    assert calendar(rule("b", SUNDAY, open=True), shifts=every_day).shift("b", SUNDAY) == (480, 1020)
    assert (
        calendar(rule("b", SUNDAY, open=True)).shift("b", SUNDAY) is None
    )  # there are no usual hours to open


def test_a_day_of_work_that_is_cut_keeps_all_pieces() -> None:
    """08:00-17:00 less 12:00-13:00, and 18:00-20:00 beside; the shift is all from the first to the last."""
    cut = calendar(rule("b", MONDAY, hours=(720, 780)), rule("b", MONDAY, open=True, hours=(1080, 1200)))
    assert cut.on_duty("b", MONDAY) == ((480, 720), (780, 1020), (1080, 1200))
    assert cut.shift("b", MONDAY) == (480, 1200)
    assert cut.on_duty("b", SUNDAY) == ()


def test_an_opening_that_is_cut_keeps_all_pieces() -> None:
    assert calendar(rule("c", MONDAY, hours=(720, 780))).opening("c", MONDAY) == ((480, 720), (780, 1020))


def test_an_opening_that_is_cut_from_its_beginning_or_whole_keeps_no_empty_piece() -> None:
    assert calendar(rule("c", MONDAY, hours=(480, 720))).opening("c", MONDAY) == ((720, 1020),)
    assert calendar(rule("c", MONDAY, hours=(480, 1020))).opening("c", MONDAY) == ()


def test_hours_that_are_open_already_change_no_window() -> None:
    lunch = rule("c", MONDAY, hours=(720, 780))
    inside = rule("c", MONDAY, open=True, hours=(800, 860))
    assert calendar(lunch, inside).opening("c", MONDAY) == ((480, 720), (780, 1020))


def test_later_rules_go_over_earlier_ones() -> None:
    closed, opened = rule("c", MONDAY), rule("c", MONDAY, open=True, hours=(600, 660))
    assert calendar(closed, opened).opening("c", MONDAY) == ((600, 660),)
    assert calendar(opened, closed).opening("c", MONDAY) == ()


def test_windows_that_meet_become_one() -> None:
    longer = rule("c", MONDAY, open=True, hours=(1020, 1200))
    assert calendar(longer).opening("c", MONDAY) == ((480, 1200),)


def test_rules_keep_to_their_days_weekdays_and_weeks() -> None:
    wednesdays = rule("c", MONDAY, MONDAY + timedelta(days=20), weekdays=(2,), weeks=Weeks.EVEN)
    closed = [
        day
        for day in (MONDAY + timedelta(days=i) for i in range(-7, 28))
        if day.weekday() < 5 and not calendar(wednesdays).opening("c", day)
    ]
    # the Wednesdays of weeks 48 and 50; that of week 46 is before the rule, that of week 52 after it
    assert closed == [date(2026, 11, 25), date(2026, 12, 9)]


def test_employment_begins_and_ends() -> None:
    hired = calendar(
        rule("b", MONDAY, open=True), employed_from=date(2026, 11, 24), employed_to=date(2026, 11, 25)
    )
    days = [MONDAY + timedelta(days=i) for i in range(4)]
    assert [hired.shift("b", day) is not None for day in days] == [False, True, True, False]


def test_absent_means_no_shift_on_any_of_the_days() -> None:
    away = calendar(rule("b", MONDAY, SATURDAY))
    week = days_of(iso_week(MONDAY))
    assert away.absent_for("b", week)
    assert not away.absent_for("b", (*week, MONDAY + timedelta(days=7)))
    assert calendar().absent_for("b", (SATURDAY, SUNDAY))


def test_a_rule_for_no_time_at_all_changes_nothing() -> None:
    for hours in ((600, 600), (300, 300)):
        for opens in (True, False):
            assert calendar(rule("c", MONDAY, open=opens, hours=hours)).opening("c", MONDAY) == ((480, 1020),)


@st.composite
def rules(draw: st.DrawFn) -> Availability:
    start, end = sorted(draw(st.tuples(st.integers(0, 1440), st.integers(0, 1440))))
    return rule("c", MONDAY, open=draw(st.booleans()), hours=draw(st.sampled_from([None, (start, end)])))


@given(st.lists(rules(), max_size=5))
def test_windows_equal_those_of_a_minute_by_minute_count(of_day: list[Availability]) -> None:
    open_minutes = set(range(480, 1020))
    for one in of_day:
        if one.open:
            open_minutes |= set(range(*one.hours)) if one.hours else set(range(480, 1020))
        else:
            open_minutes -= set(range(*(one.hours or (0, 1440))))
    windows = calendar(*of_day).opening("c", MONDAY)
    assert {minute for window in windows for minute in range(*window)} == open_minutes
    assert all(earlier[1] < later[0] for earlier, later in pairwise(windows))


def test_why_a_buddy_does_not_work_on_a_usual_day_of_work() -> None:
    closed = rule("b", MONDAY)
    assert calendar(closed).away("b", MONDAY) is ReasonCode.ABSENT
    assert calendar().away("b", MONDAY) is calendar(closed).away("b", SATURDAY) is None
    assert calendar().away("b", date(2026, 12, 25)) is None  # a holiday is nobody's absence
    assert calendar(closed, employed_to=date(2026, 11, 20)).away("b", MONDAY) is ReasonCode.LEFT
    assert calendar(employed_from=SUNDAY).away("b", MONDAY) is ReasonCode.NOT_YET_EMPLOYED


@pytest.mark.parametrize(
    ("grant", "works"),
    [
        ({"grant_from": MONDAY, "grant_to": MONDAY}, True),
        ({"grant_from": MONDAY + timedelta(days=1)}, False),
        ({"grant_to": MONDAY - timedelta(days=1)}, False),
        ({}, True),
    ],
)
def test_the_buddies_of_a_host_work_while_its_grant_lasts(grant: dict[str, date], works: bool) -> None:
    of = problem((buddy("b", host="guild"),), (), hosts=(Host(id="guild", **grant),))
    assert (Calendar(of).shift("b", MONDAY) is not None) == works
    assert Calendar(of).away("b", MONDAY) is (None if works else ReasonCode.HOST_WITHOUT_GRANT)


def test_odd_and_even_weeks_are_those_of_the_number_also_after_week_53() -> None:
    """2026 has 53 weeks: W53 begins on 28 December, W01 of 2027 on 4 January; both are odd."""
    odd = calendar(rule("b", date(2026, 12, 14), date(2027, 1, 24), weeks=Weeks.ODD))
    mondays = [date(2026, 12, 14) + timedelta(weeks=k) for k in range(6)]
    assert [iso_week(day)[-2:] for day in mondays] == ["51", "52", "53", "01", "02", "03"]
    assert [odd.shift("b", day) is None for day in mondays] == [True, False, True, True, False, True]


def test_nobody_works_on_a_closed_day_unless_availability_opens_it() -> None:
    closed = date(2026, 12, 28)  # a Monday
    held = problem((buddy("b"), buddy("d")), (company("c"),), availability=(rule("d", closed, open=True),))
    shut = Calendar(held.replace(policy=held.policy.replace(closed_days=(closed,))))
    assert Calendar(held).shift("b", closed) is not None
    assert shut.shift("b", closed) is None
    assert shut.shift("d", closed) == Calendar(held).shift("d", closed)
    assert shut.shift("b", closed + timedelta(days=1)) is not None
    assert shut.opening("c", closed) == Calendar(held).opening("c", closed)


def test_a_holiday_of_some_municipalities_is_a_closed_day_of_the_office() -> None:
    """Corpus Christi, 27 May 2027, is one in parts of Saxony only; no data say in which."""
    corpus_christi = date(2027, 5, 27)
    staff, firms = (buddy("anna"),), (company("c1"),)
    saxony = Programme(id="test", state="SN")
    for closed_days, works in (((), True), ((corpus_christi,), False)):
        of = problem(staff, firms, programme=saxony, policy=Policy(closed_days=closed_days))
        assert bool(Calendar(of).shift("anna", corpus_christi)) == works
