"""Phases of doubling budgets, so that a longer run begins with all of a shorter one.

Listing and a short proof come first where listing is quick: that proves most weeks at once. Otherwise a plan
is searched for, is the ceiling of the proof, and both go on in turns, each with twice the steps of the last.
Nothing depends on the limits but where they cut the sequence, so more work never gives a worse answer.
"""

from data.base.compiled import Ints
from scheduling.week.instance import WeekInstance
from scheduling.week.large.solve import LargeWeek
from scheduling.week.listed.proof import Proof
from scheduling.week.listed.solve import NO_LIMIT, ListedWeek
from scheduling.week.size import MOST_SETS, QUICK_SETS, SOON_SETS, estimated_sets, most_sets

FIRST_TURN = 16_000
"""Steps of the first turn of search and proof."""
QUICK_PROOF = 4_000_000
"""Steps of a proof in one turn at least, and before a plan is searched for: about a tenth of a second."""
MOST_STEPS = 50_000_000
"""Without limits, a week too large to list is given up after this many steps."""
SET_STEPS, WORTH = 20, 3
"""Steps that listing takes for each set, roughly; it may take so many times those of the search before it."""
REHEATED = 0.7
"""Later searches start at this share of the first temperature."""


class Schedule:
    """The state of a solve: the list and its proof, the search, a bound, and the steps so far.

    `limited` says that there is a limit of time or work; without one a week too large to list is given up at
    last.
    """

    def __init__(self, week: WeekInstance, stop: Ints, work: int | None, limited: bool, seed: int) -> None:
        self.week, self.stop, self.limited, self.seed = week, stop, limited, seed
        self.work = NO_LIMIT if work is None else work
        self.used, self._bound, self._exhausted = 0, 0, False
        self.listed: ListedWeek | None = None
        self.proof: Proof | None = None
        self.large: LargeWeek | None = None

    def run(self, workers: int) -> None:
        """Go through the phases until all is proved or a limit is reached; `workers` threads list days."""
        sets: float = most_sets(self.week)
        if sets > QUICK_SETS:
            sets = estimated_sets(self.week)
        if sets <= QUICK_SETS and self._list(workers):
            self._prove(QUICK_PROOF)
        if self.proved:
            return
        self.large = LargeWeek(self.week, self.seed, self.stop)
        turn, hot = FIRST_TURN, 1.0
        while not (self.proved or self.over or self._given_up):
            ripe = sets <= min(MOST_SETS, max(SOON_SETS, WORTH * turn / SET_STEPS))
            to_list = self.proof is None and ripe
            self._search(self.large, turn, hot, choosing=not to_list)
            if to_list and not self.over and not self._list(workers):
                sets = NO_LIMIT
            if self.proof is not None:
                self._prove(max(turn, QUICK_PROOF))
            elif sets > 2 * SOON_SETS:
                self._relax(self.large, turn)
            turn, hot = 2 * turn, REHEATED

    @property
    def over(self) -> bool:
        """Whether a limit is reached."""
        return bool(self.stop[0] != 0) or self.used >= self.work

    @property
    def proved(self) -> bool:
        """Whether the best plan is proved, or it is proved that there is none."""
        if self.proof is not None:
            return self.proof.done
        return self.large is not None and self.large.objective <= self._bound

    @property
    def bound(self) -> int:
        """No plan has a lower objective."""
        return self._bound if self.proof is None else max(self._bound, self.proof.bound)

    @property
    def _given_up(self) -> bool:
        stuck = self._exhausted if self.proof is not None else self.used >= MOST_STEPS
        return stuck and not self.limited

    def _list(self, workers: int) -> bool:
        """List the routes of all days and begin the proof; False if they are too many."""
        listed = ListedWeek(self.week, self.stop, self.work - self.used, workers)
        self.used += listed.steps
        if listed.complete:
            self.listed, self.proof = listed, listed.proof()
        return listed.complete

    def _search(self, large: LargeWeek, steps: int, hot: float, choosing: bool) -> None:
        """Search for a better plan; `choosing` among all routes seen takes longer than a short search."""
        left = self.work - self.used
        large.search(steps, left, hot)
        self.used += min(steps, left)
        large.squeeze(min(steps, left))
        if choosing and not self.over:
            large.choose(steps)

    def _relax(self, large: LargeWeek, steps: int) -> None:
        """Raise the bound of a week that is not listed."""
        if not self.over:
            left = min(steps, self.work - self.used)
            large.raise_bound(left)
            self._bound = max(self._bound, large.relaxed.bound)
            self.used += left

    def _prove(self, steps: int) -> None:
        """Go on with the proof; the plan of the search is its ceiling."""
        assert self.listed is not None and self.proof is not None
        if self.large is not None:
            self.proof.offer(self.listed.chosen(self.large.sets()))
        begun, left = self.proof.steps, min(steps, self.work - self.used)
        while self.proof.steps - begun < left and self.stop[0] == 0:
            if not self.proof.go_on():
                self._exhausted = True
                break
        self.used += self.proof.steps - begun
        self.listed.most_steps = self.listed.steps + self.work - self.used
