"""Weeks too large to list: a large-neighbourhood search whose neighbourhoods are solved to proof.

The week starts empty. Each round frees one or two days and the visits left out that lie nearest to what
those days hold, solves that small week exactly, and keeps the answer, which is never worse. There is no
bound beyond the trivial one: nothing costs less than nothing.
"""

import random
from collections.abc import Iterator

import numpy as np

from data.compiled import Ints
from scheduling.check_week import objective_of, work_of
from scheduling.instance import PlannedDay, WeekInstance, WeekVisit
from scheduling.listed_week import ListedWeek

Days = tuple[PlannedDay | None, ...]

FREED = 14
"""Visits that a round may place; so few are listed in hundredths of a second."""
NEWCOMERS = 4
"""Visits left out that a round tries at least, however many its days hold."""
MOST_STEPS = 2_000_000
"""A round whose days take more to list is passed over: their visits are too many and too short."""
PATIENCE = 60
"""Rounds without improvement after which the search ends."""


def solve_large_week(week: WeekInstance, seed: int, stop: Ints, most_steps: int) -> Days:
    """Return the days of a good plan; a required visit may be missing where no place was found for it.

    The first sweep goes over every working day whatever `stop` says, so that there is an answer.
    """
    chance = random.Random(seed)
    days: Days = (None,) * len(week.days)
    working = [d for d, day in enumerate(week.days) if day is not None]
    steps = without = 0
    for round_number, freed in enumerate(_neighbourhoods(working, chance)):
        spent = stop[0] != 0 or steps > most_steps or without > PATIENCE
        if spent and round_number >= len(working):
            break
        small = _freed_week(week, days, freed, chance)
        listed = ListedWeek(small, np.zeros(1, dtype=np.int64), MOST_STEPS)
        plan = listed.best().plan if listed.complete else None
        steps += listed.steps
        without += 1
        if plan is None:
            continue
        before, changed = _loss(week, days), listed.timed(plan)
        days = tuple(
            new if d in freed else old for d, (old, new) in enumerate(zip(days, changed, strict=True))
        )
        if _loss(week, days) < before:
            without = 0
    return days


def _neighbourhoods(working: list[int], chance: random.Random) -> Iterator[tuple[int, ...]]:
    """Each working day once, then pairs of them without end."""
    for d in working:
        yield (d,)
    while working:
        yield tuple(chance.sample(working, min(2, len(working))))


def _loss(week: WeekInstance, days: Days) -> int:
    """Return the objective, a missing required visit counting more than everything else together."""
    planned = {stop.id for day in days if day for stop in day.stops}
    missing = sum(visit.required and visit.id not in planned for visit in week.visits)
    return objective_of(week, days) + missing * _dearest(week)


def _dearest(week: WeekInstance) -> int:
    """Return more than any plan costs; all its legs fit into the shifts."""
    left_out = sum(v.penalty + (v.promise.cost if v.promise else 0) for v in week.visits)
    return 1 + left_out + sum(day.end - day.start for day in week.days if day is not None)


def _freed_week(
    week: WeekInstance, days: Days, freed: tuple[int, ...], chance: random.Random
) -> WeekInstance:
    """Return the week of the freed days alone, with the visits on them and some that are left out."""
    node = {visit.id: visit.node for visit in week.visits}
    kept = {stop.id for d, day in enumerate(days) if day and d not in freed for stop in day.stops}
    placed = {stop.id for d in freed if (day := days[d]) for stop in day.stops}
    near = [node[key] for key in placed] or [week.from_node(d) for d in freed]
    candidates = [v for v in week.visits if v.id not in kept and v.id not in placed]
    candidates.sort(key=lambda v: (not v.required, min(week.travel_min[n][v.node] for n in near), v.id))
    many = max(NEWCOMERS, FREED - len(placed))
    chosen = placed | {v.id for v in _some(candidates, many, chance)}
    others = [(d, day) for d, day in enumerate(days) if d not in freed]
    spent_work = sum(work_of(week, d, day) for d, day in others)
    spent_days = sum(day is not None for _, day in others)
    return week.model_copy(
        update={
            "days": tuple(day if d in freed else None for d, day in enumerate(week.days)),
            "visits": tuple(_optional(v, _dearest(week)) for v in week.visits if v.id in chosen),
            "max_week_work_min": _left(week.max_week_work_min, spent_work),
            "max_days": _left(week.max_days, spent_days),
        }
    )


def _some(candidates: list[WeekVisit], many: int, chance: random.Random) -> list[WeekVisit]:
    """Return so many candidates: the first half of them, and others by chance."""
    first, others = candidates[: many // 2], candidates[many // 2 :]
    return first + chance.sample(others, min(many - len(first), len(others)))


def _left(limit: int | None, spent: int) -> int | None:
    return None if limit is None else max(0, limit - spent)


def _optional(visit: WeekVisit, dearest: int) -> WeekVisit:
    """A small week need not hold every required visit, but should where it can."""
    if not visit.required:
        return visit
    return visit.model_copy(update={"required": False, "penalty": visit.penalty + dearest})
