"""Exact bounds for counts of independent events."""

from fractions import Fraction
from math import comb


def within_exact_bounds(hits: int, draws: int, rate: float) -> bool:
    """Return whether a count is outside the most extreme 1 in 10,000 at either end."""
    chance = Fraction(rate).limit_denominator(10**6)
    return all(
        _at_least(k, draws, p) > Fraction(1, 10_000) for k, p in ((hits, chance), (draws - hits, 1 - chance))
    )


def _at_least(k: int, n: int, p: Fraction) -> Fraction:
    """The probability of k hits or more, summed from the shorter end."""
    top, bottom = p.numerator, p.denominator
    rest = bottom - top
    if k > n // 2:
        ways = sum(comb(n, i) * top**i * rest ** (n - i) for i in range(k, n + 1))
        return Fraction(ways, bottom**n)
    return 1 - Fraction(sum(comb(n, i) * top**i * rest ** (n - i) for i in range(k)), bottom**n)
