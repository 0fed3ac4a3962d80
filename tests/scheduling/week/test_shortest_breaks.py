"""Breaks are as short as the rules allow: none of a result could be dropped or end earlier."""

from collections.abc import Iterator

from hypothesis import given

from scheduling.week.instance import PlannedBreak, PlannedDay, WeekInstance, WeekResult
from scheduling.week.judge import check_week
from scheduling.week.solve import solve_week
from tests.drawn import drawn
from tests.scheduling.week.drawn_weeks import tiny_weeks
from tests.scheduling.week.plain_weeks import LAW, only_day, solved, visit, week

DAY = {"start": 480, "end": 1080}


def breaks_of(of: WeekInstance) -> list[tuple[int, int]]:
    return [(rest.start, rest.end) for rest in only_day(of).breaks]


def test_the_last_break_is_dropped_first() -> None:
    """a 520–580, b 640–700 and c 760–910, so back at 930: 450 min of duty ask for 30 of breaks.

    There are 60 min between a and b and between b and c; those between a and b are enough.
    """
    of = week(
        visit("a", windows=[[[520, 520]]]),
        visit("b", windows=[[[640, 640]]]),
        visit("c", duration_min=150, windows=[[[760, 760]]]),
        days=(DAY,),
        breaks=LAW | {"first_min": 60},
    )
    assert breaks_of(of) == [(580, 610)]


def test_a_break_lasts_as_long_as_a_stretch_asks() -> None:
    """b ends at 1000, 360 min after 640; the break from 580 may not end before."""
    of = week(
        visit("a", windows=[[[520, 520]]]),
        visit("b", duration_min=330, windows=[[[650, 650]]]),
        days=(DAY,),
        breaks=LAW | {"totals": []},
    )
    assert breaks_of(of) == [(580, 640)]


def test_the_rest_of_a_wait_is_spent_on_arrival() -> None:
    """Two minutes of break are due, taken where b is left: the leg to c is driven at 702, not at 730."""
    of = week(
        visit("b", 1, 200, windows=[[[500, 500]]]),
        visit("c", 0, 0, windows=[[[750, 750]]]),
        days=(DAY,),
        breaks={"max_stretch_min": 1000, "piece_min": 2, "totals": [[200, 2]], "first_min": 220},
    )
    day = only_day(of)
    # The longest break begins on arrival, at 720.
    assert breaks_of(of) == [(720, 722)]
    assert [stop.arrive for stop in day.stops] == [500, 720]


def test_the_limit_of_the_week_is_used_up_from_its_first_day_on() -> None:
    """Each day holds 20 idle minutes between a and b; the week has 20 min to spare, so Tuesday rests."""
    pairs = [
        visit(f"{key}{d}", 0, 60, windows=[[[at, at]] if d == own else [] for own in range(2)])
        for d in range(2)
        for key, at in (("a", 480), ("b", 560))
    ]
    law = {"max_stretch_min": 360, "piece_min": 15, "totals": []}
    of = week(*pairs, days=(DAY, DAY), breaks=law, max_week_work_min=140 + 120)
    shown = [[(rest.start, rest.end) for rest in day.breaks] for day in solved(of).days if day]
    assert shown == [[], [(540, 560)]]


@drawn(300)
@given(tiny_weeks(most_visits=4, length=20))
def test_no_break_can_be_dropped_or_end_earlier(of: WeekInstance) -> None:
    result = solve_week(of)
    for d, day in enumerate(result.days):
        for shorter in _shorter(of, day):
            changed = result.model_copy(update={"days": (*result.days[:d], shorter, *result.days[d + 1 :])})
            assert check_week(of, changed) != [], f"day {d} needs no more than {shorter.breaks}"


def _shorter(of: WeekInstance, day: PlannedDay | None) -> Iterator[PlannedDay]:
    """Yield the day with one of its breaks dropped, or shorter."""
    for b, rest in enumerate(day.breaks if day else ()):
        assert day is not None and of.breaks is not None
        ends = range(rest.start + of.breaks.piece_min, rest.end)
        for instead in ((), *((PlannedBreak(start=rest.start, end=end),) for end in ends)):
            yield day.model_copy(update={"breaks": (*day.breaks[:b], *instead, *day.breaks[b + 1 :])})


def test_a_result_without_breaks_stays_as_it_is() -> None:
    result: WeekResult = solved(week(visit("a")))
    assert [day.breaks for day in result.days if day] == [()]
