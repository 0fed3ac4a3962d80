"""The hard rules of a pair, one function per rule, in plain Python, for reasons and the judge.

`matching.eligibility.pairs_allowed` computes the same for whole programmes at once; a test keeps both
consistent.
"""

from collections.abc import Callable, Collection, Mapping

from data.base.status import ReasonCode
from data.model.cost import yearly_cents
from data.model.problem import Buddy, Company, Problem
from data.model.vocabulary import Mandate, Spoken
from data.results.reason import Reason
from data.travel.provider import Times
from matching.eligibility.needs import (
    absent_buddies,
    active_companies,
    covered_relations,
    spoken_at_level,
)

OVERRIDDEN_BY_PIN = frozenset(
    (
        ReasonCode.MANDATE_SECTOR,
        ReasonCode.MANDATE_REGION,
        ReasonCode.MANDATE_EITHER,
        ReasonCode.NO_COMMON_LANGUAGE,
        ReasonCode.TOO_FAR,
    )
)
"""Rules that a pin overrides, reporting the first as the pair's exception; never ban, absence or host."""


def sector_half(buddy: Buddy, company: Company) -> bool:
    """Return whether the company's WZ code begins with a sector of the buddy, or they share a tag."""
    return company.sector.startswith(tuple(s for s in buddy.sectors if s)) or bool(
        set(buddy.tags) & set(company.tags)
    )


def region_half(buddy: Buddy, company: Company) -> bool:
    """Return whether the company is in one of the buddy's districts."""
    return company.district in buddy.districts


def mandate_broken(buddy: Buddy, company: Company) -> ReasonCode | None:
    """Return the criterion of the mandate that is not met, None if the company is in the mandate.

    A criterion that the buddy leaves empty (no sectors and tags; no districts) sets no limit; with `either`,
    an empty one does not widen the other.
    """
    any_sector, any_region = not (buddy.sectors or buddy.tags), not buddy.districts
    sector, region = sector_half(buddy, company), region_half(buddy, company)
    match buddy.mandate:
        case Mandate.SECTOR:
            return None if sector or any_sector else ReasonCode.MANDATE_SECTOR
        case Mandate.REGION:
            return None if region or any_region else ReasonCode.MANDATE_REGION
        case Mandate.EITHER:
            held = sector or region or (any_sector and any_region)
            return None if held else ReasonCode.MANDATE_EITHER
        case Mandate.BOTH:
            if not (sector or any_sector):
                return ReasonCode.MANDATE_SECTOR
            return None if region or any_region else ReasonCode.MANDATE_REGION


def weaker_half(buddy: Buddy, company: Company, prefers_sector: bool) -> bool:
    """Return whether an `either` buddy with both criteria has this company by the less preferred one only."""
    if buddy.mandate is not Mandate.EITHER or not buddy.districts or not (buddy.sectors or buddy.tags):
        return False
    sector, region = sector_half(buddy, company), region_half(buddy, company)
    return region and not sector if prefers_sector else sector and not region


class Rules:
    """Finds the rules that a buddy and a company break, with figures.

    `absent` are the buddies who do not work on any day of the horizon or are not `funded` (None: all are),
    `pinned` is each pinned company's buddy. Raises ValueError if a company is pinned to two buddies.
    """

    def __init__(self, problem: Problem, times: Times, funded: Collection[str] | None = None) -> None:
        self._problem, self._times = problem, times
        self.away = absent_buddies(problem)
        self.unfunded = unfunded_buddies(problem, funded)
        self.absent = self.away | self.unfunded
        self.covered = covered_relations(problem)
        self.pinned = pinned_buddies(problem)
        self._bans = {(ban.buddy, ban.company) for ban in problem.bans}
        self._spoken = spoken_at_level(problem, problem.policy.language_level)

    def broken(self, buddy_id: str, company_id: str) -> list[Reason]:
        """Return every rule that the pair breaks, in the order in which they are checked."""
        buddy, company = self._problem.buddy[buddy_id], self._problem.company[company_id]
        rules: tuple[Callable[[Buddy, Company], Reason | None], ...] = (
            self._ban,
            self._absence,
            self._funding,
            self._other_host,
            _mandate,
            self._language,
            self._distance,
        )
        return [reason for rule in rules if (reason := rule(buddy, company))]

    def excluded(
        self, buddy_id: str, company_id: str, kept: Mapping[str, str] | None = None
    ) -> Reason | None:
        """Return the first rule that excludes the pair, None if it is eligible.

        `kept` is the buddy by company of the kept relations; it excludes the company's other pairs.
        """
        broken = self.broken(buddy_id, company_id)
        for reason in broken:
            if reason.code not in OVERRIDDEN_BY_PIN:
                return reason
        pinned = self.pinned.get(company_id)
        if kept and kept.get(company_id, buddy_id) != buddy_id:
            return Reason(code=ReasonCode.KEPT_RELATION, holder=kept[company_id])
        if pinned is not None:
            return None if pinned == buddy_id else Reason(code=ReasonCode.PINNED_ELSEWHERE, holder=pinned)
        return broken[0] if broken else None

    def exception(self, buddy_id: str, company_id: str) -> Reason | None:
        """Return the first rule that a pin overrides for this pair, None if there is none."""
        if self.pinned.get(company_id) != buddy_id:
            return None
        broken = self.broken(buddy_id, company_id)
        return next((reason for reason in broken if reason.code in OVERRIDDEN_BY_PIN), None)

    def common_languages(self, buddy_id: str, company_id: str) -> tuple[str, ...]:
        """Return the languages of the company's groups that the buddy speaks well enough, sorted."""
        asked = {code for group in self._problem.specialists_of[company_id] for code in group.languages}
        return tuple(sorted(asked & self._spoken[buddy_id]))

    def one_way_limit(self, buddy: Buddy) -> int:
        """Return the one-way limit of buddy and policy, whichever is lower, in minutes."""
        limits = (self._problem.policy.max_one_way_min, buddy.max_one_way_min)
        return min(limit for limit in limits if limit is not None)

    def _ban(self, buddy: Buddy, company: Company) -> Reason | None:
        """The pair must not be banned."""
        return Reason(code=ReasonCode.BAN) if (buddy.id, company.id) in self._bans else None

    def _absence(self, buddy: Buddy, company: Company) -> Reason | None:
        """The buddy must work on at least one day of the horizon, or a colleague cover the relation."""
        if buddy.id not in self.away or (buddy.id, company.id) in self.covered:
            return None
        horizon = self._problem.horizon
        return Reason(code=ReasonCode.ABSENT, first_week=horizon.first_week, weeks=horizon.weeks)

    def _funding(self, buddy: Buddy, company: Company) -> Reason | None:
        """The budget must pay for the buddy."""
        if buddy.id not in self.unfunded:
            return None
        policy = self._problem.policy
        cost_cents, budget_cents = yearly_cents(buddy, policy), policy.budget_cents_per_year
        return Reason(code=ReasonCode.OVER_BUDGET, cost_cents=cost_cents, budget_cents=budget_cents)

    def _other_host(self, buddy: Buddy, company: Company) -> Reason | None:
        """Both must belong to the same host, or to none, or both hosts must allow pairs with others."""
        if not buddy.host or not company.host or buddy.host == company.host:
            return None
        hosts = (self._problem.host.get(key) for key in (buddy.host, company.host))
        if all(host is None or host.cross_host for host in hosts):
            return None
        return Reason(code=ReasonCode.OTHER_HOST, company_host=company.host, buddy_host=buddy.host)

    def _language(self, buddy: Buddy, company: Company) -> Reason | None:
        """If the policy requires it, the buddy must share a language with one of the groups, if any."""
        groups = [group for group in self._problem.specialists_of[company.id] if group.languages]
        if not self._problem.policy.language_required or not groups:
            return None
        if self.common_languages(buddy.id, company.id):
            return None
        asked = {code for group in groups for code in group.languages}
        near = sorted((s for s in buddy.languages if s.language in asked), key=lambda s: s.language)
        level = self._problem.policy.language_level
        needed = tuple(Spoken(language=code, level=level) for code in sorted(asked))
        return Reason(code=ReasonCode.NO_COMMON_LANGUAGE, spoken=tuple(near), needed=needed)

    def _distance(self, buddy: Buddy, company: Company) -> Reason | None:
        """The way from the base to the company must be within the limits of buddy and policy."""
        way, most = self._times.minutes(buddy.id, company.id), self.one_way_limit(buddy)
        if way <= most:
            return None
        return Reason(code=ReasonCode.TOO_FAR, one_way_min=way, max_one_way_min=most)


def _mandate(buddy: Buddy, company: Company) -> Reason | None:
    """The company must be in the buddy's mandate by sector, region, either or both."""
    code = mandate_broken(buddy, company)
    if code is None:
        return None
    sectors = tuple(each for each in (company.sector, *company.tags) if each)
    of_sector = Reason(code=code, sectors=sectors, mandate_sectors=(*buddy.sectors, *buddy.tags))
    of_region = {"district": company.district, "mandate_districts": buddy.districts}
    match code:
        case ReasonCode.MANDATE_SECTOR:
            return of_sector
        case ReasonCode.MANDATE_REGION:
            return Reason(code=code).replace(**of_region)
        case _:
            return of_sector.replace(**of_region)


def unfunded_buddies(problem: Problem, funded: Collection[str] | None) -> frozenset[str]:
    """Return the buddies that a budget does not pay for; `funded` None: it pays for all."""
    return frozenset() if funded is None else frozenset(problem.buddy.keys() - set(funded))


def pinned_buddies(problem: Problem) -> dict[str, str]:
    """Return the pinned buddy of each active company that has one.

    Raises ValueError if a company is pinned to two buddies.
    """
    active, found = set(active_companies(problem)), dict[str, str]()
    for pin in problem.pins:
        if pin.company in active and found.setdefault(pin.company, pin.buddy) != pin.buddy:
            raise ValueError(f"company {pin.company} is pinned to {found[pin.company]} and to {pin.buddy}")
    return found
