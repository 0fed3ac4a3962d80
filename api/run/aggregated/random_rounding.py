"""Rounding that hides what one company adds to a figure, for figures of which a reader gets many variants.

Whoever may run scenarios can compare two in which a single company is served differently. Merged cells do not
protect from that: the difference of two of them is exact. So figures are rounded at random to a multiple of a
base, up or down in proportion to the remainder, which leaves them right on average (random rounding;
Hundepool et al., Statistical Disclosure Control, Wiley 2012, DOI 10.1002/9781118348239). The draw is keyed by
the companies behind the figure (the cell key method of Fraser and Wooton, 2005): the same companies always
round alike, so repeating a question averages nothing out.
"""

import hashlib
from collections.abc import Iterable

from data.base.entity import Entity, canonical_json

SCALE = 1 << 64


def rounded(value: int, base: int, rows: Iterable[Entity]) -> int:
    """Return a count, at least 0, rounded to a multiple of `base`, keyed by the rows behind it.

    The rows are hashed with all their fields, which the reader does not know; their order does not matter.
    """
    if base <= 1:
        return value
    lower = value - value % base
    drawn = hashlib.sha256()
    for text in sorted(map(canonical_json, rows)):
        drawn.update(text.encode())
    up = int.from_bytes(drawn.digest()[:8], "big") * base < (value - lower) * SCALE
    return lower + base if up else lower
