"""ISO weeks, and local time on the days on which clocks change."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.base.dates import aware, days_of, iso_week, minute_of, parse_week, weeks_from

MONDAY = date(2026, 11, 23)
CLOCKS_FORWARD, CLOCKS_BACK = date(2027, 3, 28), date(2026, 10, 25)
DAYS = st.dates(date(2000, 1, 1), date(2090, 12, 31))


@given(DAYS)
def test_a_day_lies_in_its_week(day: date) -> None:
    assert day in days_of(iso_week(day))
    assert days_of(iso_week(day))[0] == parse_week(iso_week(day))
    assert parse_week(iso_week(day)).weekday() == 0


def test_weeks_on_end_cross_the_year() -> None:
    assert weeks_from("2026-W52", 3) == ("2026-W52", "2026-W53", "2027-W01")


@pytest.mark.parametrize(
    "week", ["2025-W53", "2026-W00", "2026-W54", "2026-48", "2026-W4", "W48", "", "0000-W01"]
)
def test_a_week_that_does_not_exist_is_refused(week: str) -> None:
    with pytest.raises(ValueError, match="week"):
        parse_week(week)


@pytest.mark.parametrize(
    ("week", "said"),
    [
        ("2025-W53", "2025 has the weeks W01 to W52"),
        ("1899-W52", "years go from 1900 to 2199"),
        ("0000-W01", "years go from 1900 to 2199"),
        ("9999-W53", "years go from 1900 to 2199"),
    ],
)
def test_the_refusal_says_which_weeks_there_are(week: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        parse_week(week)


@pytest.mark.parametrize("day", [MONDAY, CLOCKS_FORWARD, CLOCKS_BACK])
def test_minute_600_is_ten_o_clock_on_every_day(day: date) -> None:
    assert aware(day, 600).strftime("%d %H:%M") == f"{day.day} 10:00"


def test_a_time_that_the_spring_night_skips_moves_forward() -> None:
    assert aware(CLOCKS_FORWARD, 150) == datetime(2027, 3, 28, 1, 30, tzinfo=UTC)
    assert aware(CLOCKS_FORWARD, 150).strftime("%H:%M") == "03:30"


def test_of_a_time_that_the_autumn_night_repeats_the_first_is_taken() -> None:
    assert aware(CLOCKS_BACK, 150).astimezone(UTC) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_the_days_of_the_clock_changes_have_23_and_25_hours() -> None:
    lengths = [aware(day, 1440) - aware(day, 0).astimezone(UTC) for day in (CLOCKS_FORWARD, CLOCKS_BACK)]
    assert lengths == [timedelta(hours=23), timedelta(hours=25)]


@given(DAYS, st.integers(min_value=180, max_value=1439))
def test_day_and_minute_survive_the_way_there_and_back(day: date, minute: int) -> None:
    assert minute_of(aware(day, minute).astimezone(UTC)) == (day, minute)


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        minute_of(datetime(2026, 11, 23, 10))
