"""Statistics over many draws: percentiles with confidence intervals, and paired differences.

No distribution is assumed. The interval of a percentile is that of order statistics (David and Nagaraja,
"Order Statistics", 2003, section 7.1), that of a share is by Clopper and Pearson (1934,
doi:10.1093/biomet/26.4.404).
"""

from collections.abc import Sequence
from math import exp, lgamma, log

from api.studies.stress.draw_outcome import DrawOutcome
from data.base.entity import Entity

PERCENTILES = (5, 25, 50, 75, 95)
FIGURES = ("served", "contacts_made", "unplanned", "broken", "covers", "extra_travel_min")
"""The reported figures of a draw, by field."""
DOUBT = 0.025
"""The error probability at each end of an interval: 95 % confidence."""


class Percentile(Entity):
    """The value below which `percent` of the draws lie, with its interval at 95 % confidence.

    An end is None if there are too few draws to know it.
    """

    percent: int
    value: int
    low: int | None
    high: int | None


class Spread(Entity):
    """One figure over all draws."""

    figure: str
    percentiles: tuple[Percentile, ...]

    def at(self, percent: int) -> int:
        """Return the value of a percentile."""
        return next(each.value for each in self.percentiles if each.percent == percent)


class Share(Entity):
    """The share of draws, with the interval of the probability at 95 % confidence, in per mille."""

    draws: int
    of: int
    low_permille: int
    high_permille: int


class PairedDifference(Entity):
    """Two scenarios paired by draw in one figure: the later minus the earlier, and how often it is more."""

    earlier: str
    later: str
    figure: str
    spread: Spread
    more: Share
    less: Share
    equal: int


def spread(figure: str, values: Sequence[int]) -> Spread:
    """Return a figure's percentiles (nearest rank, so values that occurred), each with its interval."""
    ordered = sorted(values)
    return Spread(figure=figure, percentiles=tuple(_percentile(ordered, p) for p in PERCENTILES))


def spreads(draws: Sequence[DrawOutcome]) -> tuple[Spread, ...]:
    """Return every figure of these draws."""
    return tuple(spread(figure, [getattr(draw, figure) for draw in draws]) for figure in FIGURES)


def differences(
    earlier: str, before: Sequence[DrawOutcome], later: str, after: Sequence[DrawOutcome]
) -> tuple[PairedDifference, ...]:
    """Return the differences of every figure; raises ValueError if the draws differ."""
    if [draw.draw for draw in before] != [draw.draw for draw in after]:
        raise ValueError("only the same draws can be compared one by one")
    return tuple(_difference(earlier, before, later, after, figure) for figure in FIGURES)


def _difference(
    earlier: str, before: Sequence[DrawOutcome], later: str, after: Sequence[DrawOutcome], figure: str
) -> PairedDifference:
    less = [getattr(b, figure) - getattr(a, figure) for a, b in zip(before, after, strict=True)]
    return PairedDifference(
        earlier=earlier,
        later=later,
        figure=figure,
        spread=spread(figure, less),
        more=share(sum(each > 0 for each in less), len(less)),
        less=share(sum(each < 0 for each in less), len(less)),
        equal=sum(each == 0 for each in less),
    )


def share(hits: int, draws: int) -> Share:
    """Return a share with its exact interval, rounded outwards to per mille."""
    low = next((p for p in range(1000) if not hits or 1 - _below(hits, draws, (p + 1) / 1000) > DOUBT), 0)
    high = next(
        (p for p in range(1000, 0, -1) if hits == draws or _below(hits + 1, draws, (p - 1) / 1000) > DOUBT), 0
    )
    return Share(draws=hits, of=draws, low_permille=low, high_permille=high)


def _percentile(ordered: Sequence[int], percent: int) -> Percentile:
    n = len(ordered)
    rank = max(1, -(-n * percent // 100))
    low = max((k for k in range(n + 1) if _below(k, n, percent / 100) <= DOUBT), default=0)
    high = next((k for k in range(1, n + 1) if 1 - _below(k, n, percent / 100) <= DOUBT), n + 1)
    return Percentile(
        percent=percent,
        value=ordered[rank - 1],
        low=ordered[low - 1] if low else None,
        high=ordered[high - 1] if high <= n else None,
    )


def _below(k: int, n: int, chance: float) -> float:
    """Return the probability of fewer than k hits in n draws."""
    if chance <= 0:
        return float(k > 0)
    if chance >= 1:
        return float(k > n)
    return sum(exp(_log_comb(n, i) + i * log(chance) + (n - i) * log(1 - chance)) for i in range(k))


def _log_comb(n: int, k: int) -> float:
    return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)
