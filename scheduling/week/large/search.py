"""Ruin and recreate: the search for a good plan of a week too large to list (numba).

Each round removes visits from a few days, by strings of stops around one place (Christiaens and Vanden Berghe
2020, doi:10.1287/trsc.2019.0914), by pieces of a day or by whole days, and reinserts missing visits one by
one, best first by a randomised score. A better plan then exchanges pieces between its days
(`scheduling.week.large.exchanges`). A worse plan is accepted with a probability that falls as the search
cools. Penalties and travel differ by orders of magnitude, so each has a temperature of its own.
"""

from math import exp
from typing import NamedTuple

import numpy as np

from data.base.compiled import Ints, compiled
from scheduling.week.large.arrays import NO_LIMIT, Floats, WeekArrays, WeekState
from scheduling.week.large.day import time_day
from scheduling.week.large.exchanges import exchange, works_too_much
from scheduling.week.large.places import find_places, forget_places, put, take_out
from scheduling.week.large.route_pool import RoutePool, remember
from scheduling.week.large.ruin import drawn, restore, ruin, save

CLOSE = 4.0
"""How much worse a plan may be, relative to the temperatures, for its routes to be stored."""


class Best(NamedTuple):
    """The best plan found: its routes, and `objective[0]`."""

    route: Ints
    length: Ints
    objective: Ints


@compiled
def _work_left(w: WeekArrays, s: WeekState, i: int) -> int:
    """Return what the week's limit on work leaves for one day."""
    if w.max_work_min >= NO_LIMIT:
        return NO_LIMIT
    left = w.max_work_min
    for other in range(w.kind.shape[0]):
        if other != i:
            left -= s.work_min[other]
    return left


@compiled
def recreate(
    w: WeekArrays,
    s: WeekState,
    saved: WeekState,
    touched: Ints,
    style: Floats,
    noise: Floats,
    random: Ints,
    missing: Ints,
    buffer: Ints,
) -> None:
    """Insert missing visits into the plan while any fits, highest score first.

    `style` is (weight of the penalty, weight of the resources a position takes, weight of randomness, share
    of travel in the resources).
    """
    days, n = w.kind.shape[0], w.penalty.shape[0]
    penalty, count = w.penalty, 0
    for v in range(n):
        if s.day_of[v] < 0:
            missing[count] = v
            count += 1
            noise[v] = style[0] * w.log_penalty[v] + style[2] * drawn(random)
    while count:
        if w.max_work_min < NO_LIMIT:
            # A position on one day depends on the work of the others.
            forget_places(s)
        used = 0
        for i in range(days):
            used += s.length[i] > 0
        best, chosen, day = -1e300, -1, -1
        for i in range(days):
            if s.length[i] == 0 and used >= w.max_days:
                continue
            find_places(w, s, i, missing, count, style[3], _work_left(w, s, i), buffer)
            least_of, strain_of = s.least[i], s.strain[i]
            for x in range(count):
                v = missing[x]
                if least_of[v] >= penalty[v]:
                    continue
                score = noise[v] - style[1] * strain_of[v]
                if score > best:
                    best, chosen, day = score, x, i
        if chosen < 0:
            return
        v = missing[chosen]
        save(s, saved, touched, day)
        count -= 1
        missing[chosen] = missing[count]
        place = s.place[day, v]
        if not put(w, s, day, place, v, buffer):
            # More labels than are stored: this visit stays out in this round.
            take_out(w, s, day, place, 1)
            time_day(w, s, day, buffer)


@compiled
def objective(w: WeekArrays, s: WeekState) -> tuple[int, int]:
    """Return the penalties of missing visits, and travel with broken promises."""
    left_out, cost = 0, 0
    for v in range(w.penalty.shape[0]):
        if s.day_of[v] < 0:
            left_out += w.penalty[v]
    for i in range(w.kind.shape[0]):
        cost += s.cost[i]
    return left_out, cost


@compiled
def keep_best(s: WeekState, best: Best, value: int) -> None:
    """Make the current plan the best one, with this objective."""
    best.objective[0] = value
    best.length[:] = s.length
    for i in range(s.length.shape[0]):
        best.route[i, : s.length[i]] = s.route[i, : s.length[i]]


@compiled
def load(w: WeekArrays, s: WeekState, routes: Ints, lengths: Ints, buffer: Ints) -> None:
    """Load a plan into the state; infeasible days are left empty."""
    s.day_of[:] = -1
    s.held[:] = 0
    for i in range(lengths.shape[0]):
        s.length[i] = lengths[i]
        s.route[i, : lengths[i]] = routes[i, : lengths[i]]
        for p in range(s.length[i]):
            v = s.route[i, p]
            s.day_of[v] = i
            if w.group[v] >= 0:
                s.held[i, w.group[v]] += 1
        if not time_day(w, s, i, buffer):
            take_out(w, s, i, 0, s.length[i])
            time_day(w, s, i, buffer)


@compiled
def search(
    w: WeekArrays, s: WeekState, saved: WeekState, best: Best, pool: RoutePool,
    styles: Floats, heat: Floats, random: Ints, rounds: int, stop: Ints, buffer: Ints,
) -> int:  # fmt: skip
    """Search for `rounds` rounds from the current plan; return how many were done before `stop`.

    `heat` is (temperature of penalties, of travel). `styles` has a row for each way to recreate; its last
    column is the probability weight.
    """
    days, n = w.kind.shape[0], w.penalty.shape[0]
    touched = np.zeros(days, dtype=np.int64)
    missing, noise = np.empty(n, dtype=np.int64), np.empty(n)
    left_out, cost = objective(w, s)
    style_now = 0
    for r in range(rounds):
        if stop[0] != 0:
            return r
        if r % 64 == 0:
            pick, style_now = drawn(random), 0
            while style_now + 1 < styles.shape[0] and pick >= styles[style_now, 4]:
                pick -= styles[style_now, 4]
                style_now += 1
            forget_places(s)
        touched[:] = 0
        ruin(w, s, saved, touched, random)
        fits = True
        for i in range(days):
            fits = fits and (touched[i] == 0 or time_day(w, s, i, buffer))
        if not fits:
            # Without the triangle inequality a day with fewer stops may take longer.
            restore(w, s, saved, touched)
            continue
        recreate(w, s, saved, touched, styles[style_now], noise, random, missing, buffer)
        if works_too_much(w, s):
            # Without a visit a day may cost less and take longer, to keep a promise.
            restore(w, s, saved, touched)
            continue
        new_left_out, new_cost = objective(w, s)
        worse = (new_left_out - left_out) / heat[0] + (new_cost - cost) / heat[1]
        if worse < 0.0:
            exchange(w, s, saved, touched, buffer)
            new_left_out, new_cost = objective(w, s)
            worse = (new_left_out - left_out) / heat[0] + (new_cost - cost) / heat[1]
        if worse < CLOSE:
            for i in range(days):
                if touched[i]:
                    remember(w, pool, s, i)
        if worse > 0.0 and drawn(random) >= exp(-worse):
            restore(w, s, saved, touched)
            continue
        left_out, cost = new_left_out, new_cost
        if left_out + cost < best.objective[0]:
            keep_best(s, best, left_out + cost)
    return rounds
