"""A buddy's hours of one day as one shift, off duty between them."""

from itertools import pairwise

from data.base.dates import DAY_MIN
from data.model.vocabulary import Window
from scheduling.week.instance import MAX_OFF, Day

REST_MIN = 660
"""ArbZG § 5: eleven hours between two days of work."""


def shift_of(duty: tuple[Window, ...], following: tuple[Window, ...]) -> Day | None:
    """Return the shift of a day, None without hours; it ends early enough to rest before the following day.

    Of more hours than the kernel takes in one day, the shortest are left out.
    """
    if not duty:
        return None
    latest = following[0][0] + DAY_MIN - REST_MIN if following else duty[-1][1]
    hours = [(start, min(end, latest)) for start, end in duty if start < latest]
    longest = sorted(hours, key=lambda window: (window[0] - window[1], window[0]))[: MAX_OFF + 1]
    hours = sorted(longest) or [(duty[0][0], duty[0][0])]
    off = tuple((end, start) for (_, end), (start, _) in pairwise(hours))
    return Day(start=hours[0][0], end=hours[-1][1], off=off)
