"""How many buddies of a district are there on a day, where the policy asks for a least number of them."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

Works = Callable[[str, date], bool]
"""Whether a buddy works on a day."""


@dataclass(frozen=True)
class LowDay:
    """A day on which fewer buddies of a district are there than there should be."""

    district: str
    day: date
    present: int


def low_days(
    least: int,
    away: str,
    days: Iterable[date],
    districts: Mapping[str, Collection[str]],
    usual: Works,
    works: Works,
) -> Iterator[LowDay]:
    """Yield the days on which an absence of `away` leaves fewer than `least` buddies in a district of theirs.

    `districts` are those of each buddy. `works` knows of the absence, `usual` of none: a day on which the
    buddy would not work anyway is not the absence's doing.
    """
    for day in days if least else ():
        if not usual(away, day):
            continue
        for district in districts[away]:
            there = (key for key, own in districts.items() if district in own and works(key, day))
            present = sum(1 for key in there if key != away)
            if present < least:
                yield LowDay(district, day, present)
