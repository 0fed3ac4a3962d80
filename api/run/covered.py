"""What buddies carry for others: the companies that they cover in the planned weeks, and the care of these.

It stands beside the caseload and is not part of it. The limits bind main relations, which last; a cover takes
room in the weeks of its days, where what does not fit is told.
"""

from collections.abc import Iterator

from api.run.planned_days import planned_weeks
from api.run.run import Run
from data.base.dates import days_of
from data.model.covers import Covers
from data.results.solution import Pair


def covered_pairs(run: Run, buddy: str) -> tuple[Pair, ...]:
    """Return the pairs of others whose company a buddy covers on some day of the planned weeks."""
    return tuple(_covered(run, buddy, Covers(run.problem)))


def _covered(run: Run, buddy: str, covers: Covers) -> Iterator[Pair]:
    companies = covers.companies(buddy)
    if not companies or run.matching is None:
        return
    days = [day for week in planned_weeks(run) for day in days_of(week)]
    for pair in run.matching.pairs:
        others = pair.company in companies and pair.buddy != buddy
        if others and any(covers.on(pair.company, day) == buddy for day in days):
            yield pair
