"""Which invented buddy could look after which invented company, so that relations and pins are plausible."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Self

from data.invented.people.firms import Firm
from data.invented.people.staff import Colleague
from data.travel.provider import Matrix, TravelTimes

POLICY_ONE_WAY_MIN = 75
FULL_ENOUGH = 0.8  # share of a buddy's places filled with companies of the own host, if it does not share


@dataclass(frozen=True)
class Pairs:
    """Buddies and companies with the minutes and metres from base to company, shape (buddies, companies)."""

    staff: list[Colleague]
    firms: list[Firm]
    travel_min: Matrix
    distance_m: Matrix

    @classmethod
    def of(cls, staff: list[Colleague], firms: list[Firm], travel: TravelTimes) -> Self:
        """Compute the travel, and give hosts that do not share companies of their own."""
        bases = [colleague.base for colleague in staff]
        travel_min, distance_m = travel.matrices(bases, [firm.point for firm in firms])
        pairs = cls(staff, list(firms), travel_min, distance_m)
        for i, colleague in enumerate(staff):
            if not colleague.host.cross_host:
                near = [j for j in pairs.nearest(i) if not pairs.firms[j].host]
                for j in near[: int(colleague.max_companies * FULL_ENOUGH)]:
                    pairs.firms[j] = replace(pairs.firms[j], host=colleague.host.id)
        return pairs

    def nearest(self, colleague: int) -> list[int]:
        """Return the companies within a buddy's mandate and reach, nearest first."""
        return [
            int(j)
            for j in self.travel_min[colleague].argsort(kind="stable")
            if self._in_reach(colleague, int(j)) and in_mandate(self.staff[colleague], self.firms[int(j)])
        ]

    def possible(self, firm: int) -> list[int]:
        """Return the buddies whose mandate, host and reach allow a company, nearest first."""
        company = self.firms[firm]
        return [
            int(i)
            for i in self.travel_min[:, firm].argsort(kind="stable")
            if self._in_reach(int(i), firm)
            and self._hosts_share(self.staff[int(i)], company)
            and in_mandate(self.staff[int(i)], company)
        ]

    @cached_property
    def _alone(self) -> frozenset[str]:
        return frozenset(c.host.id for c in self.staff if not c.host.cross_host)

    def _in_reach(self, colleague: int, firm: int) -> bool:
        most = min(self.staff[colleague].max_one_way_min, POLICY_ONE_WAY_MIN)
        return int(self.travel_min[colleague, firm]) <= most

    def _hosts_share(self, colleague: Colleague, firm: Firm) -> bool:
        alone = {colleague.host.id, firm.host} & self._alone
        return not alone or colleague.host.id == firm.host


def in_mandate(colleague: Colleague, firm: Firm) -> bool:
    """Return whether a company is in a buddy's mandate."""
    sector = firm.sector.startswith(colleague.sectors)
    region = firm.spot.district in colleague.districts
    return {
        "sector": sector,
        "region": region,
        "either": sector or region,
        "both": sector and region,
    }[colleague.mandate]
