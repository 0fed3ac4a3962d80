"""Cells that stand for few companies are merged, so that no figure about few can be read or worked out.

The attack: somebody who sees all published cells and totals subtracts. Where one cell of a row of parts is
left out, total less the others gives it back; and served companies less companies gives the unserved. In
statistical disclosure control leaving out small cells is *primary* suppression, leaving out others so that
these cannot be worked out *secondary* suppression (Hundepool et al., Statistical Disclosure Control, Wiley
2012, DOI 10.1002/9781118348239).

The defence: nothing is left out. The rows that are too small are merged (recoding), with as many others as
it takes, and the sum of the merged rows is shown. So a figure is always a partition of its total into cells,
each of at least `least` companies; where it has a rest (served and unserved), either part holds none or at
least `least`. Subtraction gives only sums of such cells. Of a row inside a merged cell, the sums and the
row's own size leave room up to `least` at least: nobody can tell that its count is smaller than that.

Not defended: what somebody knows beforehand (two of three companies that put their figures together), one
company that makes most of a sum, a cell of which all or none are served, what several published runs differ
by, and the order in which rows are merged, for those who retrace it.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

Keys = tuple[str, ...]
"""The rows that one cell stands for, sorted."""
Amounts = Mapping[str, int]
"""What each company contributes, none of them 0."""


@dataclass(frozen=True)
class Spread:
    """A figure over the rows of a table: for each key what companies contribute, and to the rest of it.

    `rest` is what the reader gets by subtracting this figure from another one: the unserved, say.
    """

    part: Mapping[str, Amounts]
    rest: Mapping[str, Amounts]

    def sum_of(self, keys: Collection[str]) -> int:
        """Return the figure of some rows together."""
        return sum(chain.from_iterable(self.part.get(key, {}).values() for key in keys))

    def stands_for_enough(self, keys: Collection[str], least: int) -> bool:
        """Tell whether part and rest of these rows together hold no company, or at least `least`."""
        for side in (self.part, self.rest):
            companies = set(chain.from_iterable(side.get(key, {}) for key in keys))
            if 0 < len(companies) < least:
                return False
        return True


def merged(
    cells: Sequence[Keys], enough: Callable[[Keys], bool], size: Callable[[Keys], int]
) -> tuple[Keys, ...]:
    """Return the cells, those that are not enough merged into one, with other small ones where it takes them.

    `enough` must hold for a union of cells for which it holds. Empty where not even all together are enough.
    """
    small = [cell for cell in cells if not enough(cell)]
    if not small:
        return tuple(sorted(cells))
    pool = _union(small)
    left = sorted((cell for cell in cells if enough(cell)), key=lambda cell: (size(cell), cell))
    while not enough(pool):
        if not left:
            return ()
        best = next((cell for cell in left if enough(_union((pool, cell)))), left[0])
        left.remove(best)
        pool = _union((pool, best))
    return tuple(sorted((*left, pool)))


def coarsest(one: Iterable[Keys], other: Iterable[Keys]) -> tuple[Keys, ...]:
    """Return the finest cells that are unions of cells of either of two partitions of the same rows."""
    cells: list[set[str]] = []
    for keys in (*one, *other):
        touching = [cell for cell in cells if cell & set(keys)]
        cells = [cell for cell in cells if cell not in touching]
        cells.append(set(keys).union(*touching))
    return tuple(sorted(tuple(sorted(cell)) for cell in cells))


def _union(cells: Iterable[Keys]) -> Keys:
    return tuple(sorted(set(chain.from_iterable(cells))))
