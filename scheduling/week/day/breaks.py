"""Breaks as long as they can be on a day whose services are timed: every idle minute that may be one is one.

Only when each leg is driven is still open: at once, as late as possible, or after a break of the shortest
length. These choices end the last break latest, begin the first one earliest, and lose nothing between.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

Rest = tuple[int, int]
"""A break from one minute to another."""


@dataclass(frozen=True)
class Standing:
    """The minutes between two services, which hold one leg; `leave` is when it is left, None if open."""

    free_from: int
    free_until: int
    leg_min: int
    leave: int | None = None

    def choices(self, piece: int, first: int) -> Iterator[tuple[int, tuple[Rest, ...]]]:
        """Yield (when the leg is left, the breaks around it); `first` is the first minute of any break."""
        latest = self.free_until - self.leg_min
        after_break = max(self.free_from, first) + piece
        open_to = dict.fromkeys((self.free_from, latest, after_break)) if piece else (self.free_from,)
        for leave in open_to if self.leave is None else (self.leave,):
            if leave <= latest:
                idle = ((self.free_from, leave), (leave + self.leg_min, self.free_until))
                rests = ((max(begin, first), end) for begin, end in idle) if piece else ()
                yield leave, tuple((begin, end) for begin, end in rests if end - begin >= piece)


def longest_breaks(
    gaps: Sequence[Standing], piece: int, first: int, max_stretch: int, stretch_from: int
) -> tuple[tuple[int, tuple[Rest, ...]], ...]:
    """Return for each gap when its leg is left and its breaks, the longest in all that the rules allow.

    A break lasts at least `piece` (0: there are none) and begins at `first` or later, and no stretch from
    `stretch_from` on lasts longer than `max_stretch`. Of equally long ones the first choices stay.
    """
    # Each state: the beginning of the current stretch, the minutes of breaks, and the choices so far.
    states: list[tuple[int, int, tuple[tuple[int, tuple[Rest, ...]], ...]]] = [(stretch_from, 0, ())]
    for gap in gaps:
        reached: list[tuple[int, int, tuple[tuple[int, tuple[Rest, ...]], ...]]] = []
        choices = list(gap.choices(piece, first))
        for begun, rested, chosen in states:
            for leave, rests in choices:
                after = _stretch_after(begun, rests, max_stretch)
                total = rested + sum(end - begin for begin, end in rests)
                if after is not None and not any(b >= after and r >= total for b, r, _ in reached):
                    reached.append((after, total, (*chosen, (leave, rests))))
        states = reached
    ended = [state for state in states if gaps[-1].free_until - state[0] <= max_stretch]
    if not ended:
        raise AssertionError("a timed route has no room for breaks: the label rules contradict themselves")
    return max(ended, key=lambda state: state[1])[2]


def _stretch_after(begun: int, rests: Sequence[Rest], max_stretch: int) -> int | None:
    """Return when the stretch after some breaks begins, None if one before them is too long."""
    for begin, end in rests:
        if begin - begun > max_stretch:
            return None
        begun = end
    return begun
