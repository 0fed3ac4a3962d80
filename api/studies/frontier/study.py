"""The coverage frontier of a programme, judged before it is shown."""

import threading
from collections.abc import Sequence
from functools import partial

from api.planning.engines import Progress
from api.studies.outcome.run_scenario import RefusedOutcome
from data.base.message import message
from data.model.problem import Problem
from data.positions.position import Position, with_positions
from data.results.frontier import Frontier
from data.results.matched_relations import with_relations
from data.results.solution import Matching
from data.travel.provider import TravelTimes, times_of
from matching.judge.frontier import check_frontier
from matching.positions.frontier import frontier


def frontier_study(
    problem: Problem,
    travel: TravelTimes,
    base: Matching | None,
    positions: Sequence[Position],
    most: int,
    keep: bool,
    progress: Progress,
    cancel: threading.Event | None = None,
) -> Frontier:
    """Return what up to `most` of the positions can serve; present buddies, if kept, keep their `base`
    companies.

    Raises `RefusedOutcome`, `matching.positions.frontier.FrontierCancelled` and what `frontier` raises.
    """
    started = with_relations(problem, base) if base and keep else problem
    field = with_positions(started, positions, keep)
    times = times_of(field, travel)
    found = frontier(field, times, positions, most, progress=partial(progress, "frontier"), cancel=cancel)
    if broken := check_frontier(field, times, positions, found):
        raise RefusedOutcome(message("frontier_breaks_rules", count=len(broken), first=broken[0].told))
    return found
