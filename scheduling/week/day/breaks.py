"""Breaks as long as they can be on a day whose services are timed: every idle minute that may be one is one.

Only when each leg is driven is still open: on either side of a time off, and there at once, as late as
possible, or after a break of the shortest length. These choices end the last break latest, begin the first
one earliest, and lose nothing between.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

Pause = tuple[int, int]
"""A break or a time off, from one minute to another."""
Choice = tuple[int, tuple[Pause, ...]]
"""When the leg of a gap is left, and the breaks around it."""


@dataclass(frozen=True)
class BreakRules:
    """The rules of one day: the shortest break (0: there are none), the first minute of any, the stretch.

    The stretch of work under way began at `stretch_from`.
    """

    piece_min: int
    first: int
    max_stretch_min: int
    stretch_from: int


@dataclass(frozen=True)
class Standing:
    """The minutes between two services, which hold one leg and times off.

    `leave` is when the leg is left, None if open.
    """

    free_from: int
    free_until: int
    leg_min: int
    off: tuple[Pause, ...]
    leave: int | None = None

    def choices(self, law: BreakRules) -> Iterator[Choice]:
        """Yield every way to leave and to rest that matters."""
        for leave in self._leaving(law) if self.leave is None else (self.leave,):
            rests: list[Pause] = []
            for since, until in ((self.free_from, leave), (leave + self.leg_min, self.free_until)):
                for begin, end in self._on_duty(since, until) if law.piece_min else ():
                    if end - max(begin, law.first) >= law.piece_min:
                        rests.append((max(begin, law.first), end))
            yield leave, tuple(rests)

    def _leaving(self, law: BreakRules) -> Iterator[int]:
        for begin, end in self._on_duty(self.free_from, self.free_until):
            latest = end - self.leg_min
            after_break = max(begin, law.first) + law.piece_min
            idle = law.piece_min and latest - begin >= law.piece_min
            for leave in dict.fromkeys((begin, latest, after_break)) if idle else (begin,):
                if begin <= leave <= latest:
                    yield leave

    def _on_duty(self, begin: int, end: int) -> list[Pause]:
        """Return the minutes on duty from `begin` to `end`."""
        duty = []
        for a, b in self.off:
            if begin <= a and b <= end:
                duty.append((begin, a))
                begin = b
        return [*duty, (begin, end)]


def longest_breaks(gaps: Sequence[Standing], law: BreakRules) -> tuple[Choice, ...]:
    """Return for each gap when its leg is left and its breaks, the longest in all that the rules allow.

    Of equally long ones the first choices stay.
    """
    if law.piece_min == 0 and not any(gap.off for gap in gaps):
        return tuple((gap.free_from if gap.leave is None else gap.leave, ()) for gap in gaps)
    # Each state: the beginning of the current stretch, the minutes of breaks, and the choices so far.
    states: list[tuple[int, int, tuple[Choice, ...]]] = [(law.stretch_from, 0, ())]
    for gap in gaps:
        reached: list[tuple[int, int, tuple[Choice, ...]]] = []
        choices = list(gap.choices(law))
        for begun, rested, chosen in states:
            for leave, rests in choices:
                pauses = sorted((*rests, *gap.off)) if gap.off else rests
                after = _stretch_after(begun, pauses, law.max_stretch_min)
                total = rested + sum(end - begin for begin, end in rests)
                if after is not None and not any(b >= after and r >= total for b, r, _ in reached):
                    reached.append((after, total, (*chosen, (leave, rests))))
        states = reached
    ended = [state for state in states if gaps[-1].free_until - state[0] <= law.max_stretch_min]
    if not ended:
        raise AssertionError("a timed route has no room for breaks: the label rules contradict themselves")
    return max(ended, key=lambda state: state[1])[2]


def _stretch_after(begun: int, pauses: Sequence[Pause], max_stretch_min: int) -> int | None:
    """Return when the stretch after some pauses begins, None if one before them is too long."""
    for begin, end in pauses:
        if begin - begun > max_stretch_min:
            return None
        begun = end
    return begun
