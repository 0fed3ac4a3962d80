"""Small programmes and runs for tests: say what matters, everything else has a plain default."""

from typing import Any

import numpy as np

from data.base.status import Status
from data.model.problem import Buddy, Company, Horizon, Point, Problem, Spoken
from data.model.programme import District, Programme
from data.model.vocabulary import LanguageLevel, WeekWindows, Window
from data.results.solution import Matching, Pair
from data.travel.provider import Times, TravelTimes, times_of

WORKDAY: tuple[Window, ...] = ((480, 1020),)
FIVE_DAYS: WeekWindows = (WORKDAY,) * 5 + ((),) * 2
WEEK = "2026-W48"
MAGDEBURG = Point(lat=52.131, lon=11.632)
HALLE = Point(lat=51.482, lon=11.979)
STENDAL = Point(lat=52.607, lon=11.859)


def buddy(key: str, base: Point = MAGDEBURG, **fields: Any) -> Buddy:
    """A buddy who works Monday to Friday 08:00-17:00 for all sectors of Magdeburg."""
    return Buddy(**{"id": key, "base": base, "shifts": FIVE_DAYS, "districts": ("15003",)} | fields)


def company(key: str, point: Point = MAGDEBURG, **fields: Any) -> Company:
    """A company in Magdeburg, open Monday to Friday 08:00-17:00."""
    return Company(**{"id": key, "point": point, "opening": FIVE_DAYS, "district": "15003"} | fields)


def speaks(**levels: str) -> tuple[Spoken, ...]:
    """Languages by level: `speaks(ar="C1", en="B2")`."""
    return tuple(Spoken(language=code, level=LanguageLevel(level)) for code, level in levels.items())


def problem(buddies: tuple[Buddy, ...], companies: tuple[Company, ...], **fields: Any) -> Problem:
    """A programme of three districts that plans one week."""
    given: dict[str, Any] = {
        "programme": Programme(
            id="test", state="ST", districts=tuple(District(ags=a) for a in ("15002", "15003", "15090"))
        ),
        "horizon": Horizon(first_week=WEEK, weeks=1),
        "buddies": buddies,
        "companies": companies,
    }
    return Problem(**given | fields)


class Manhattan:
    """Travel that can be computed by hand: 100 minutes and 100 km for each degree of lat and of lon."""

    name = "manhattan"
    attribution = "a ruler"

    def matrices(self, origins: list[Point], destinations: list[Point]) -> tuple[Any, Any]:
        degrees = [[abs(o.lat - d.lat) + abs(o.lon - d.lon) for d in destinations] for o in origins]
        minutes = np.rint(np.array(degrees) * 100).astype(np.int32)
        return minutes, minutes * 1000


def times(of: Problem, provider: TravelTimes | None = None) -> Times:
    """Travel times of a problem, Manhattan ones unless told otherwise."""
    return times_of(of, provider or Manhattan())


def assigned(of: Problem, **companies: str) -> Matching:
    """A matching by hand, the companies of each buddy in one string: `assigned(of, anna="c1 c2")`."""
    pairs = (
        Pair(company=key, buddy=who, one_way_min=0, travel_min=0, care_min=0)
        for who, keys in companies.items()
        for key in keys.split()
    )
    chosen = tuple(sorted(pairs, key=lambda pair: pair.company))
    return Matching(problem_hash=of.hash, seed=0, status=Status.OPTIMAL, levels=(), pairs=chosen)
