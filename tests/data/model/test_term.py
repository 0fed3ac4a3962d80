"""Terms: what a buddy has for a time only, by day for plans and over a horizon for the matching."""

from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from data.base.dates import days_of
from data.base.entity import canonical_json
from data.model.calendar import Calendar
from data.model.dated import LIMITS, NOT_SAID, Term
from data.model.problem import Horizon, Problem
from matching.eligibility.caseload import caseload_limits
from scheduling.cadence.room import work_room_min, working_share
from tests.builders import WEEK, WORKDAY, buddy, company, problem

MONDAY, TUESDAY, WEDNESDAY, *_ = days_of(WEEK)
NEXT_MONDAY = MONDAY + timedelta(days=7)
HALF_DAYS = (((480, 720),),) * 5 + ((),) * 2


def of(*terms: Term, weeks: int = 2, **own: Any) -> Problem:
    return problem(
        (buddy("b", **own),), (company("c"),), terms=terms, horizon=Horizon(first_week=WEEK, weeks=weeks)
    )


def term(first: date | None = None, last: date | None = None, **said: Any) -> Term:
    return Term(buddy="b", first=first, last=last, **said)


def test_hours_of_a_term_hold_from_its_first_to_its_last_day() -> None:
    calendar = Calendar(of(term(TUESDAY, WEDNESDAY, shifts=HALF_DAYS)))
    ends = [calendar.shift("b", day) for day in days_of(WEEK)[:4]]
    assert ends == [(480, 1020), (480, 720), (480, 720), (480, 1020)]


def test_a_day_of_which_a_term_says_nothing_is_as_usual_and_one_without_windows_is_free() -> None:
    said = (None, (), *NOT_SAID[2:])
    calendar = Calendar(of(term(MONDAY, shifts=said)))
    assert [calendar.shift("b", day) for day in (MONDAY, TUESDAY)] == [(480, 1020), None]
    assert calendar.away("b", TUESDAY) is None  # no day of work now, so nobody is away


def test_of_several_terms_that_begun_last_holds_column_by_column() -> None:
    longer, later = term(MONDAY, max_companies=8, week_work_min=1200), term(TUESDAY, max_companies=5)
    calendar = Calendar(of(later, longer))
    held = calendar.buddy_on("b", TUESDAY)
    assert (held.max_companies, held.week_work_min) == (5, 1200)


def test_a_week_has_the_contract_of_its_days() -> None:
    """40 hours less 10 % are 2160 minutes on five days, 20 hours 1080: two days of these, three of those."""
    half = of(term(WEDNESDAY, week_work_min=1200))
    assert work_room_min(half, Calendar(half), "b", WEEK) == 2 * 2160 // 5 + 3 * 1080 // 5
    assert work_room_min(half, Calendar(half), "b", "2026-W49") == 1080
    assert working_share(Calendar(half), "b", WEEK) == 1


def test_three_days_from_wednesday_on_leave_three_days_of_that_week() -> None:
    """Five days of 480 until Tuesday; then Monday to Wednesday with 24 hours: one day is left of these."""
    three = of(term(WEDNESDAY, week_work_min=1440, shifts=((WORKDAY,) * 3 + ((),) * 4)))
    room = 2 * 2160 // 5 + 1296 // 3
    assert work_room_min(three, Calendar(three), "b", WEEK) == room


def test_parts_of_a_week_are_never_more_than_a_week() -> None:
    """At most three days of five: two of these before, three after would be five thirds of a week."""
    held = of(term(WEDNESDAY, week_work_min=1200), max_days_per_week=3)
    assert working_share(Calendar(held), "b", WEEK) == 1
    room = work_room_min(held, Calendar(held), "b", WEEK)
    assert 1080 < room < 2160


def test_the_matching_keeps_to_the_lowest_limits_of_the_horizon() -> None:
    until = of(term(None, TUESDAY, max_companies=8), weeks=2)
    assert caseload_limits(until.limits["b"]) == (8, 6000, 9600)
    begins_later = of(term(NEXT_MONDAY, max_care_min=600, week_work_min=1200), weeks=2)
    assert caseload_limits(begins_later.limits["b"]) == (25, 600, 4800)
    after = of(term(NEXT_MONDAY, max_companies=8), weeks=1)
    assert after.limits["b"] == after.buddy["b"]


def test_a_higher_limit_counts_if_it_holds_all_the_time() -> None:
    assert of(term(MONDAY, max_companies=30)).limits["b"].max_companies == 30
    assert of(term(TUESDAY, max_companies=30)).limits["b"].max_companies == 25


def test_no_least_caseload_is_above_the_highest() -> None:
    assert of(term(MONDAY, max_care_min=600), min_care_min=900).limits["b"].min_care_min == 600


def test_terms_are_left_out_of_a_problem_that_has_none() -> None:
    assert "terms" not in canonical_json(of())


def test_terms_tell_buddies_apart() -> None:
    both = problem((buddy("a"), buddy("b")), (company("c"),), terms=(term(max_companies=3),))
    renamed = problem((buddy("a"), buddy("b")), (company("c"),), terms=(Term(buddy="a", max_companies=3),))
    assert (both.rank["a"] < both.rank["b"]) == (renamed.rank["b"] < renamed.rank["a"])


DAYS = st.integers(-10, 24).map(lambda k: MONDAY + timedelta(days=k))
AMOUNTS = st.none() | st.integers(0, 3000)


@given(
    st.lists(
        st.builds(
            lambda a, b, hours, companies, care: term(
                min(a, b), max(a, b), week_work_min=hours, max_companies=companies, max_care_min=care
            ),
            DAYS, DAYS, AMOUNTS, AMOUNTS, AMOUNTS,
        ),
        max_size=4,
    )
)  # fmt: skip
def test_the_lowest_limits_are_those_of_all_days_one_by_one(terms: list[Term]) -> None:
    held = of(*terms, weeks=2)
    calendar = Calendar(held)
    days = [calendar.buddy_on("b", MONDAY + timedelta(days=k)) for k in range(14)]
    for name in LIMITS:
        assert getattr(held.limits["b"], name) == min(getattr(day, name) for day in days)
