"""How many buddies of a district are there: an absence that leaves fewer than the policy asks for is told."""

from datetime import date, timedelta

from data.tables.checks.presence import LowDay, low_days

MONDAY = date(2026, 11, 23)
WEEK = [MONDAY + timedelta(days=k) for k in range(7)]
DISTRICTS = {"anna": ("15002",), "bert": ("15002", "15003"), "carl": ("15003",)}


def weekday(buddy: str, day: date) -> bool:
    return day.weekday() < 5


def test_the_one_who_is_left_is_too_few() -> None:
    """Anna and Bert work in 15002: without Anna there is one, and there should be two, on five days."""
    found = list(low_days(2, "anna", WEEK, DISTRICTS, weekday, weekday))
    assert found == [LowDay("15002", day, 1) for day in WEEK[:5]]


def test_one_is_enough_for_one() -> None:
    assert list(low_days(1, "anna", WEEK, DISTRICTS, weekday, weekday)) == []


def test_each_district_of_the_buddy_counts_by_itself_and_others_absences_do() -> None:
    """Carl is away on Monday: without Bert nobody is in 15003."""

    def works(buddy: str, day: date) -> bool:
        return weekday(buddy, day) and (buddy, day) != ("carl", MONDAY)

    assert list(low_days(1, "bert", WEEK, DISTRICTS, weekday, works)) == [LowDay("15003", MONDAY, 0)]


def test_without_a_limit_nothing_is_told() -> None:
    assert list(low_days(0, "anna", WEEK, DISTRICTS, weekday, weekday)) == []
