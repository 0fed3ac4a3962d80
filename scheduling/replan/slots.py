"""Find the slots that a buddy can offer for a visit, each with its exact cost.

A slot is an interval of minutes in which the visit can start, with all promises kept, everything planned
still made, and one constant increase in travel. The best start of a day is solved for; then the start may
move as far as the same order allows at that price, and the rest of the day's window on either side is solved
again.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import reduce

from data.base.dates import days_of
from data.base.status import Status
from scheduling.cadence.choose import DueVisit
from scheduling.plan.model import inside
from scheduling.replan.cover_by_colleagues import OpenWeeks
from scheduling.replan.due_visits import Week
from scheduling.week.day.arrays import day_kinds
from scheduling.week.day.start_minutes import same_order_starts
from scheduling.week.day_judge import work_of
from scheduling.week.instance import WeekInstance, WeekResult, WeekVisit
from scheduling.week.solve import WeekOptions, solve_week


@dataclass(frozen=True)
class Slot:
    """Minutes of a day, inclusive, in which a visit can start, and the increase in travel."""

    day: date
    from_min: int
    to_min: int
    added_travel_min: int


def slots(weeks: OpenWeeks, key: Week, visit: DueVisit) -> tuple[Slot, ...]:
    """Return every slot of a buddy's week for a visit that is not in it, sorted by day and minute.

    Empty if the visit cannot be made without breaking a promise or dropping a visit.
    """
    asked, instance = _with_visit(weeks, key, visit)
    base = solve_week(_less(instance, visit.id), _quick(weeks))
    if base.objective is None:
        return ()
    found = [
        slot
        for d, day in enumerate(days_of(key[1]))
        for opens, closes in asked.windows[d]
        for slot in _of_day(instance, weeks, (d, day), visit.id, (opens, closes), base.objective)
    ]
    return tuple(sorted(_joined(found), key=lambda slot: (slot.day, slot.from_min)))


def first_slot(weeks: OpenWeeks, key: Week, visit: DueVisit, days: Collection[date]) -> Slot | None:
    """Return the earliest slot of a buddy's week for a visit that is not in it, on one of some days."""
    asked, instance = _with_visit(weeks, key, visit)
    base = solve_week(_less(instance, visit.id), _quick(weeks))
    if base.objective is None:
        return None
    for d, day in enumerate(days_of(key[1])):
        for window in asked.windows[d] if day in days else ():
            found = _earliest(instance, weeks, (d, day), visit.id, window, base.objective)
            if found is not None:
                return found
    return None


def move_slots(weeks: OpenWeeks, key: Week, visit: str) -> tuple[Slot, ...]:
    """Return every slot to which a visit of a buddy's week can be moved, sorted by day and minute.

    Its own time counts as free and its promise is not binding; `added_travel_min` is relative to the present
    week.
    """
    reopened = weeks.reopened
    (now,) = weeks.answers([(key, weeks.visits[key])])
    free = {each: promise for each, promise in reopened.commitments.promises.items() if each != visit}
    reopened.commitments = replace(reopened.commitments, promises=free)
    weeks.visits[key] = frozenset(each for each in weeks.visits[key] - {visit} if now.plans(each))
    found = slots(weeks, key, replace(reopened.visits[visit], within=None))
    (without,) = weeks.answers([(key, weeks.visits[key])])
    saved = (now.result.travel_min or 0) - (without.result.travel_min or 0)
    return tuple(replace(slot, added_travel_min=slot.added_travel_min - saved) for slot in found)


def common_slots(weeks: OpenWeeks, keys: tuple[Week, ...], visit: DueVisit) -> tuple[Slot, ...]:
    """Return the slots that all these weeks have in common, with the travel that all buddies together add."""
    each = [slots(weeks, key, visit) for key in keys]
    shared = reduce(lambda some, more: tuple(_shared(some, more)), each)
    return tuple(sorted(_joined(list(shared)), key=lambda slot: (slot.day, slot.from_min)))


def _quick(weeks: OpenWeeks) -> WeekOptions:
    return replace(weeks.options, reasons=False)


def _with_visit(weeks: OpenWeeks, key: Week, visit: DueVisit) -> tuple[WeekVisit, WeekInstance]:
    """Return the visit and the firm week with it: everything planned is required, the rest is left out."""
    weeks.reopened.visits.add(visit)
    (answer,) = weeks.answers([(key, weeks.visits[key])])
    planned = {stop.id for day in answer.result.days if day for stop in day.stops}
    built = weeks.reopened.build(key, weeks.visits[key] | {visit.id}, firm=True).instance
    kept = tuple(
        each.model_copy(update={"required": True}) for each in built.visits if each.id in planned | {visit.id}
    )
    asked = next(each for each in kept if each.id == visit.id)
    return asked, built.model_copy(update={"visits": kept})


def _less(instance: WeekInstance, key: str) -> WeekInstance:
    return instance.model_copy(update={"visits": tuple(v for v in instance.visits if v.id != key)})


def _of_day(
    instance: WeekInstance, weeks: OpenWeeks, at: tuple[int, date], key: str, window: tuple[int, int],
    base: int,
) -> Iterator[Slot]:  # fmt: skip
    """Yield the slots of one day within a window of starts."""
    best = _cheapest(instance, weeks, at, key, window, base)
    if best is None:
        return
    yield best
    yield from _of_day(instance, weeks, at, key, (window[0], best.from_min - 1), base)
    yield from _of_day(instance, weeks, at, key, (best.to_min + 1, window[1]), base)


def _earliest(
    instance: WeekInstance, weeks: OpenWeeks, at: tuple[int, date], key: str, window: tuple[int, int],
    base: int,
) -> Slot | None:  # fmt: skip
    """Return the first slot of one day within a window of starts; before each found is looked again."""
    found, closes = None, window[1]
    while better := _cheapest(instance, weeks, at, key, (window[0], closes), base):
        found, closes = better, better.from_min - 1
    return found


def _cheapest(
    instance: WeekInstance, weeks: OpenWeeks, at: tuple[int, date], key: str, window: tuple[int, int],
    base: int,
) -> Slot | None:  # fmt: skip
    """Return the slot of one day within a window of starts that adds least travel, None if there is none."""
    if window[0] > window[1]:
        return None
    held = _held_within(instance, at[0], key, window)
    result = solve_week(held, _quick(weeks))
    if result.status is not Status.OPTIMAL or result.objective is None:
        return None
    first, last = _moved(held, result, at[0], key)
    return Slot(at[1], first, last, result.objective - base)


def _held_within(instance: WeekInstance, d: int, key: str, window: tuple[int, int]) -> WeekInstance:
    """Return the week with one visit restricted to a window of one day."""
    visits = tuple(
        visit.model_copy(
            update={
                "windows": tuple(inside(own, window) if i == d else () for i, own in enumerate(visit.windows))
            }
        )
        if visit.id == key
        else visit
        for visit in instance.visits
    )
    return instance.model_copy(update={"visits": visits})


def _moved(held: WeekInstance, result: WeekResult, d: int, key: str) -> tuple[int, int]:
    """Return how far the start of a visit may move while every day keeps its order."""
    day = result.days[d]
    assert day is not None
    start = next(stop.start for stop in day.stops if stop.id == key)
    alone = held.model_copy(
        update={"days": tuple(shift if i == d else None for i, shift in enumerate(held.days))}
    )
    (kind,) = day_kinds(alone)
    place = {visit.id: v for v, visit in enumerate(held.visits)}
    order = [place[stop.id] for stop in day.stops]
    ends = [*order[1:], len(place) + 1]
    cost = int(kind.leg_min[len(place), order[0]]) + sum(
        int(kind.leg_min[a, b]) for a, b in zip(order, ends, strict=True)
    )
    others = sum(work_of(held, i, other) for i, other in enumerate(result.days) if i != d)
    limits = [held.max_work_min, held.max_week_work_min and held.max_week_work_min - others]
    most_work = min((limit for limit in limits if limit is not None), default=1 << 40)
    return same_order_starts(kind, order, place[key], start, cost, most_work)


def _joined(found: list[Slot]) -> Iterator[Slot]:
    """Merge touching slots with the same price."""
    last: Slot | None = None
    for slot in sorted(found, key=lambda slot: (slot.day, slot.from_min)):
        if last and (last.day, last.to_min + 1, last.added_travel_min) == (
            slot.day, slot.from_min, slot.added_travel_min,
        ):  # fmt: skip
            last = replace(last, to_min=slot.to_min)
            continue
        if last:
            yield last
        last = slot
    if last:
        yield last


def _shared(some: tuple[Slot, ...], more: tuple[Slot, ...]) -> Iterator[Slot]:
    for a in some:
        for b in more:
            first, last = max(a.from_min, b.from_min), min(a.to_min, b.to_min)
            if a.day == b.day and first <= last:
                yield Slot(a.day, first, last, a.added_travel_min + b.added_travel_min)
