"""Merges cells for few companies, so that no figure about few can be read or derived.

The attack: somebody who sees all published cells and totals subtracts. If one cell is suppressed, the total
minus the others reveals it; and all companies minus the served ones gives the unserved. In statistical
disclosure control, suppressing small cells is *primary* suppression, and suppressing others so that these
cannot be derived is *secondary* suppression (Hundepool et al., Statistical Disclosure Control, Wiley 2012,
DOI 10.1002/9781118348239).

The defence: nothing is suppressed. Rows that are too small are merged (recoding), with as many others as
needed, and the sum of the merged rows is shown; several small ones make several cells, so that as little as
possible is merged. So a figure is always a partition of its total into cells,
each of at least `least` companies; if it has a rest (served and unserved), each part holds no company or at
least `least`. Subtraction gives only sums of such cells. For a row inside a merged cell, the sums and the
row's own size always allow a count of at least `least`: nobody can infer that its count is smaller.

Not defended against: prior knowledge (two of three companies that pool their figures), one company that makes
up most of a sum, a cell in which all or none are served, differences between several published runs, and the
order in which rows are merged, for those who reconstruct it. Scenarios, of which a planner can run many, are
protected from differences besides: see `api.run.aggregated.aggregates`.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

Keys = tuple[str, ...]
"""The rows that make up one cell, sorted."""
Amounts = Mapping[str, int]
"""Each company's contribution, never 0."""


@dataclass(frozen=True)
class Spread:
    """A figure over the rows of a table: for each key the contributions of companies, and to its rest.

    `rest` is what the reader gets by subtracting this figure from another one, for example the unserved.
    `invented` companies are those of the reader's own scenario: they count in sums, but protect nobody.
    """

    part: Mapping[str, Amounts]
    rest: Mapping[str, Amounts]
    invented: Mapping[str, Amounts] = field(default_factory=dict)

    def sum_of(self, keys: Collection[str]) -> int:
        """Return the figure for some rows together."""
        return sum(sum(side.get(key, {}).values()) for side in (self.part, self.invented) for key in keys)

    def companies(self, keys: Collection[str]) -> int:
        """Return how many companies that exist are behind the figure for some rows together."""
        return len(set(chain.from_iterable(self.part.get(key, {}) for key in keys)))

    def stands_for_enough(self, keys: Collection[str], least: int) -> bool:
        """Return whether part and rest of these rows together hold no company, or at least `least`."""
        for side in (self.part, self.rest):
            companies = set(chain.from_iterable(side.get(key, {}) for key in keys))
            if 0 < len(companies) < least:
                return False
        return True


def merged(
    cells: Sequence[Keys], enough: Callable[[Keys], bool], size: Callable[[Keys], int]
) -> tuple[Keys, ...]:
    """Return the cells, with those that are not enough merged into as small cells as suffice.

    A cell that is not enough takes others of its kind first, then the smallest of the rest. `enough` must
    hold for every union of cells for each of which it holds. Returns an empty tuple if not even all cells
    together are enough.
    """

    def order(cell: Keys) -> tuple[int, Keys]:
        return size(cell), cell

    small = sorted((cell for cell in cells if not enough(cell)), key=order)
    large = sorted((cell for cell in cells if enough(cell)), key=order)
    while small:
        pool = small.pop(0)
        while not enough(pool):
            if not small and not large:
                return ()
            among = small or large
            best = next((cell for cell in among if enough(_union((pool, cell)))), among[0])
            among.remove(best)
            pool = _union((pool, best))
        large = sorted((*large, pool), key=order)
    return tuple(sorted(large))


def coarsest(one: Iterable[Keys], other: Iterable[Keys]) -> tuple[Keys, ...]:
    """Return the finest partition of the rows whose cells are unions of cells of both given partitions."""
    cells: list[set[str]] = []
    for keys in (*one, *other):
        touching = [cell for cell in cells if cell & set(keys)]
        cells = [cell for cell in cells if cell not in touching]
        cells.append(set(keys).union(*touching))
    return tuple(sorted(tuple(sorted(cell)) for cell in cells))


def _union(cells: Iterable[Keys]) -> Keys:
    return tuple(sorted(set(chain.from_iterable(cells))))
