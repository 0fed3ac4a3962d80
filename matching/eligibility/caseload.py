"""Caseload limits of buddies, and which current relations fit within them."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from fractions import Fraction

from data.model.problem import Buddy
from data.model.relation import Relation
from data.results.reason import Measured
from matching.eligibility.needs import half_up

Load = tuple[int, int, int]
"""Companies; care minutes; care + expected travel minutes; both minutes per four weeks."""
CASELOAD: tuple[Measured, ...] = ("companies", "care_min", "work_min")
"""The names of the parts of a load."""


def caseload_limits(buddy: Buddy) -> Load:
    """Return a buddy's limits; contract hours of four weeks are reduced by desk work."""
    contract = max(0, 4 * (buddy.week_work_min - buddy.desk_work_min))
    return buddy.max_companies, buddy.max_care_min, contract


def pair_load(care_min: int, travel_min: int) -> Load:
    """Return the load that one company adds to its buddy's caseload."""
    return 1, care_min, care_min + travel_min


def kept_relations(
    present: Iterable[Relation],
    taken: Mapping[str, Load],
    limits: Mapping[str, Load],
    load: Callable[[str, str], Load],
    rank: Callable[[str], int],
) -> dict[str, str]:
    """Return the buddy by company of the relations that fit besides `taken`, the longest-lasting first.

    `taken` and `limits` are by buddy, `load` by (buddy, company); ties are broken by the company's `rank`. A
    later relation may still fit if an earlier, larger one did not.
    """
    used, kept = dict(taken), dict[str, str]()
    for relation in sorted(present, key=lambda r: (r.since or date.max, rank(r.company))):
        buddy, company = relation.buddy, relation.company
        together = _sum(used.get(buddy, (0, 0, 0)), load(buddy, company))
        if all(part <= most for part, most in zip(together, limits[buddy], strict=True)):
            used[buddy], kept[company] = together, buddy
    return kept


def care_targets(contracts: Mapping[str, int], care_min: int) -> dict[str, int]:
    """Return each buddy's share of the care minutes: own / all contracts × care, halves rounded up."""
    everybody = sum(contracts.values())
    if not everybody:
        return dict.fromkeys(contracts, 0)
    return {key: half_up(Fraction(own * care_min, everybody)) for key, own in contracts.items()}


def mean_target(targets: Mapping[str, int]) -> int:
    """Return the mean share, halves rounded up and at least 1: the denominator of the gap of `imbalance`."""
    return max(1, half_up(Fraction(sum(targets.values()), max(1, len(targets)))))


def total_loads(loads: Iterable[tuple[str, Load]]) -> dict[str, Load]:
    """Return the total load of each buddy from (buddy, load of one company)."""
    totals: dict[str, Load] = {}
    for buddy, load in loads:
        totals[buddy] = _sum(totals.get(buddy, (0, 0, 0)), load)
    return totals


def _sum(one: Load, other: Load) -> Load:
    return one[0] + other[0], one[1] + other[1], one[2] + other[2]
