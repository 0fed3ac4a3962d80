"""Partial routes compared: an earlier one stands for a later one only if it can grow as far."""

from tests.scheduling.week.plain_weeks import LAW, only_day, solved, visit, week


def test_a_route_without_a_break_does_not_stand_for_a_later_one_whose_stretch_began_later() -> None:
    """Without a break the buddy is 10 min ahead after a, and has no break that could grow by them.

    A break at the outset: a 515–670, b 670–830, back at 850 after 335 min on end. Without it: a
    505–660, b 665–825, back at 845 after 365 min; and a break after a would end at 675, so back at 855.
    """
    of = week(
        visit("a", duration_min=155, windows=[[[505, 600]]]),
        visit("b", duration_min=160, windows=[[[665, 700]]]),
        days=({"start": 480, "end": 850},),
        breaks=LAW | {"totals": []},
    )
    day = only_day(of)
    assert [(stop.id, stop.start) for stop in day.stops] == [("a", 515), ("b", 670)]
    assert [(rest.start, rest.end) for rest in day.breaks] == [(480, 495)]


def test_a_later_route_does_not_replace_an_earlier_one_whose_break_grows_further() -> None:
    """Six minutes of work ask for every idle minute in a break: 0–5 before b, 5–9 before c; a follows at 11.

    All is at the base. With b at 8 and c at once the breaks are 0–8 and none in the minute before a.
    """
    of = week(
        visit("a", 0, 4, windows=[[[11, 11]]]),
        visit("b", 0, 0, windows=[[[5, 6], [7, 8]]]),
        visit("c", 0, 2, windows=[[[8, 9]]]),
        days=({"start": 0, "end": 20},),
        breaks={"max_stretch_min": 20, "piece_min": 4, "totals": []},
        max_work_min=6,
    )
    day = only_day(of)
    assert [(stop.id, stop.start) for stop in day.stops] == [("b", 5), ("c", 9), ("a", 11)]
    assert solved(of.model_copy(update={"max_work_min": 5})).unplanned
