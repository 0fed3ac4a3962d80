"""Waiting: the time from an arrival to the start of its stop, less breaks and time off. It counts as work."""

from collections.abc import Iterator
from dataclasses import dataclass

from data.results.solution import DayRoute, Stop


@dataclass(frozen=True)
class Wait:
    """A piece of waiting at a stop, in minutes of its day."""

    stop: Stop
    start: int
    end: int


def waits(route: DayRoute) -> Iterator[Wait]:
    """Yield the waiting of a day in order; a break or a time off divides it."""
    pauses = sorted((*route.breaks, *route.off), key=lambda pause: pause.start)
    for stop in route.stops:
        since = stop.arrive
        for pause in pauses:
            if since < pause.end and pause.start < stop.start:
                if since < pause.start:
                    yield Wait(stop, since, pause.start)
                since = pause.end
        if since < stop.start:
            yield Wait(stop, since, stop.start)


def wait_min(route: DayRoute, stop: Stop) -> int:
    """Return the minutes of waiting at one stop of a day."""
    return sum(wait.end - wait.start for wait in waits(route) if wait.stop == stop)
