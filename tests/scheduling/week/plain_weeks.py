"""Small weeks that can be solved by hand: only relevant fields are given, all others have defaults."""

import json
from collections.abc import Sequence
from typing import Any

from data.base.status import Status
from scheduling.week.files import parse_week
from scheduling.week.instance import PlannedDay, WeekInstance, WeekResult
from scheduling.week.judge import check_week
from scheduling.week.solve import WeekOptions, solve_week

DAY = {"start": 480, "end": 990}
ALL_DAY = [[0, 1440]]
LAW = {"max_stretch_min": 360, "piece_min": 15, "totals": [[360, 30], [540, 45]]}
UNPROVED = WeekOptions()


def line(*minutes: int) -> list[list[int]]:
    """Travel between nodes along one road, each so many minutes from its start."""
    return [[abs(a - b) for b in minutes] for a in minutes]


def visit(key: str, node: int = 1, duration_min: int = 60, **fields: Any) -> dict[str, Any]:
    """A visit that costs 1000 to leave out, possible at any time of any day unless `windows` are given."""
    return {"id": key, "node": node, "duration_min": duration_min, "penalty": 1000, "windows": None} | fields


def week(*visits: dict[str, Any], days: Sequence[Any] = (DAY,), **fields: Any) -> WeekInstance:
    """A week of one day, 08:00-16:30, with node 1 at 20 minutes from the base, without breaks."""
    shown = [v | {"windows": v["windows"] or [ALL_DAY] * len(days)} for v in visits]
    raw = {"days": list(days), "travel_min": line(0, 20), "visits": shown} | fields
    return parse_week(json.dumps(raw))


def solved(of: WeekInstance, options: WeekOptions = UNPROVED) -> WeekResult:
    """The week's result, proved and accepted by the judge."""
    result = solve_week(of, options)
    assert result.status is Status.OPTIMAL
    assert check_week(of, result) == []
    return result


def only_day(of: WeekInstance) -> PlannedDay:
    """The only day with visits in a solved week."""
    (day,) = (day for day in solved(of).days if day is not None)
    return day


def planned(result: WeekResult) -> list[list[str] | None]:
    """The visits of each day in order, None for a day without visits."""
    return [None if day is None else [stop.id for stop in day.stops] for day in result.days]


def reasons(result: WeekResult) -> dict[str, str]:
    """Why each unplanned visit is not in the week."""
    return {visit.id: visit.reason.value for visit in result.unplanned}
