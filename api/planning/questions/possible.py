"""What a change of the register would make possible on a day: everything for one answer."""

import time
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from data.model.problem import Problem
from data.results.questions import Possible
from data.travel.extended import times_after
from data.travel.on_demand import MOST_POINTS, times_on_demand
from data.travel.provider import Times, TravelTimes
from matching.explain.candidates import on_day
from matching.explain.possible import Reach, possible
from matching.positions.budget import still_funded
from matching.program.highs import Limits

SECONDS = 1.2
"""So long is searched for how many companies can be taken at once, before and after the change."""


@dataclass(frozen=True)
class WhatBecomesPossible:
    """The question: a programme before and after a change, on a day.

    `hidden` are the buddies and companies that are not told of; `funded` as in `WhoCanTake`.
    """

    before: Problem
    after: Problem
    times_before: Times
    travel: TravelTimes
    day: date
    funded: Collection[str] | None = None
    hidden: frozenset[str] = frozenset()


def what_becomes_possible(asked: WhatBecomesPossible) -> Possible:
    """Return which companies somebody could take then, and which pairs become eligible or stop being so."""
    times = _times(asked)
    before, after = _reach(asked, asked.before, asked.times_before), _reach(asked, asked.after, times)
    return possible(before, after, Limits(deadline=time.monotonic() + SECONDS))


def _times(asked: WhatBecomesPossible) -> Times:
    problem = asked.after
    if len(problem.buddies) + len(problem.companies) > MOST_POINTS:
        return times_on_demand(problem, asked.travel)
    return times_after(problem, asked.travel, (asked.before, asked.times_before))


def _reach(asked: WhatBecomesPossible, problem: Problem, times: Times) -> Reach:
    on = on_day(problem, asked.day)
    seen = {*on.buddy, *on.company} - asked.hidden if asked.hidden else None
    return Reach(on, times, still_funded(on, asked.funded or ()), seen)
