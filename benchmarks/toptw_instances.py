"""Team orienteering with time windows as weeks: tours become days, and profit becomes the cost of omission.

A file holds one line for the instance, one for limits, then the depot and one row per visit: id, x, y,
service, profit, frequencies, and last opening and closing. Distances are Euclidean, rounded down to a tenth
(`pr*`: to a hundredth), and all times use that unit.
"""

from math import hypot
from pathlib import Path

from scheduling.week.instance import Day, WeekInstance, WeekVisit


def toptw_week(file: Path, tours: int) -> WeekInstance:
    """Return an instance as a week of equal days, one per tour; the visits' penalties are multiples of
    `unit_of`.
    """
    rows = [line.split() for line in file.read_text().splitlines()[2:] if line.strip()]
    unit = 100 if file.stem.startswith("pr") else 10
    points = [(float(row[1]), float(row[2])) for row in rows]
    travel = tuple(tuple(int(unit * hypot(a - c, b - d) + 1e-7) for c, d in points) for a, b in points)
    day = Day(start=0, end=round(unit * float(rows[0][-1])))
    worth = 1 + tours * day.end
    visits = tuple(
        WeekVisit(
            id=row[0],
            node=node,
            duration_min=round(unit * float(row[3])),
            penalty=worth * round(float(row[4])),
            windows=(((round(unit * float(row[-2])), round(unit * float(row[-1]))),),) * tours,
        )
        for node, row in enumerate(rows[1:], start=1)
    )
    return WeekInstance(days=(day,) * tours, travel_min=travel, visits=visits)


def profit_of(week: WeekInstance, objective: int) -> int:
    """Return the profit that a plan with this objective collects; all travel is below one unit of it."""
    worth = 1 + sum(day.end - day.start for day in week.days if day is not None)
    return (sum(visit.penalty for visit in week.visits) - objective) // worth + 1
