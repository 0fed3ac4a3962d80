"""The label rules of a day on which breaks cannot matter: a label is only (cost, time) (numba)."""

from data.base.compiled import Ints, compiled, compiled_leaf
from scheduling.week.day.labels import (
    COST,
    END,
    MAX_STRETCH,
    MAX_WORK,
    PARENT,
    PIECE,
    RULES,
    START,
    STRETCH_FROM,
    TIME,
    UNLIMITED,
    WORK_MIN,
)


@compiled
def breaks_cannot_matter(rules: Ints, totals: Ints, exact_work: bool) -> bool:
    """Return whether cost and time determine a label: no time off, and no break needed, nor lower work."""
    if rules[RULES] < UNLIMITED:
        return False
    if rules[PIECE] == 0:
        return True
    short = rules[END] - rules[STRETCH_FROM] <= rules[MAX_STRETCH]
    return short and totals.shape[0] == 0 and not exact_work


@compiled_leaf
def extend_plain(
    end: int, leg: int, home: int, duration: int, opens: Ints, closes: Ints, prices: Ints, a: int, b: int,
    cost: int, time: int, parent: int, buffer: Ints, count: int,
) -> int:  # fmt: skip
    """Extend one label by a visit if breaks cannot matter; return the number of labels in the buffer."""
    ready = time + leg
    for w in range(a, b):
        finished = max(ready, opens[w]) + duration
        if ready > closes[w] or finished + home > end:
            continue
        dearer = cost + leg + prices[w]
        beaten, kept = False, 0
        for k in range(count):
            if buffer[k, COST] <= dearer and buffer[k, TIME] <= finished:
                beaten = True
                break
        if beaten:
            continue
        for k in range(count):
            if buffer[k, COST] < dearer or buffer[k, TIME] < finished:
                for f in range(PARENT + 1):
                    buffer[kept, f] = buffer[k, f]
                kept += 1
        if kept >= buffer.shape[0]:
            raise MemoryError("more labels at one state than the buffer holds")
        buffer[kept, COST], buffer[kept, TIME], buffer[kept, PARENT] = dearer, finished, parent
        count = kept + 1
    return count


@compiled_leaf
def close_plain(rules: Ints, leg: int, cost: int, time: int, best: Ints) -> int:
    """Drive home from a label if breaks cannot matter; otherwise like `close_label`."""
    back = time + leg
    work = rules[WORK_MIN] + back - rules[START]
    if back > rules[END] or work > rules[MAX_WORK]:
        return 0
    best[0, 0], best[0, 1], best[0, 2] = cost + leg, work, back
    return 1
