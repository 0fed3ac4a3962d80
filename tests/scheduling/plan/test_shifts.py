"""A buddy's hours of one day as one shift, with time off between them and rest after it."""

from scheduling.plan.shifts import shift_of
from scheduling.week.instance import Day


def test_hours_become_one_shift_with_time_off_between_them() -> None:
    duty = ((480, 720), (780, 960), (1080, 1200))
    assert shift_of(duty, ()) == Day(start=480, end=1200, off=((720, 780), (960, 1080)))


def test_a_day_without_hours_has_no_shift() -> None:
    assert shift_of((), ((480, 960),)) is None


def test_eleven_hours_lie_before_the_following_day() -> None:
    """480 + 1440 - 660 = 1260; from 400 on that is 1180, and from 240 on 1020, within the time off."""
    duty = ((480, 960), (1080, 1270))
    assert shift_of(duty, ((480, 960),)) == Day(start=480, end=1260, off=((960, 1080),))
    assert shift_of(duty, ((400, 960), (1000, 1100))) == Day(start=480, end=1180, off=((960, 1080),))
    assert shift_of(duty, ((240, 960),)) == Day(start=480, end=960)
    assert shift_of(((1300, 1400),), ((480, 960),)) == Day(start=1300, end=1300)


def test_of_more_hours_than_the_kernel_takes_the_shortest_are_left_out() -> None:
    hours = tuple((100 * i, 100 * i + (10 if i == 3 else 60)) for i in range(1, 9))
    found = shift_of(hours, ())
    assert found == Day(
        start=100,
        end=860,
        off=((160, 200), (260, 400), *((60 + 100 * i, 100 + 100 * i) for i in (4, 5, 6, 7))),
    )
