"""Changes that might serve a company, smallest first within each kind; `matching.explain.why` tries them.

Of the changes of one kind for one buddy, the first that serves the company is the smallest: every smaller one
came before it, changes no pair, or is proved to be insufficient.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from data.base.status import ReasonCode
from data.model.problem import Buddy, Company
from data.model.vocabulary import Mandate
from data.results.change import Change, ChangeKind
from matching.eligibility.rules import OVERRIDDEN_BY_PIN, region_half, sector_half
from matching.explain.extension import least_extension
from matching.explain.resolve import Case
from matching.levels.pairs import Pairs
from matching.program.arrays import Numbers

Changes = tuple[Change, ...]
NEAREST = 3
"""Number of buddies tried for each kind, nearest miss first."""
MOST_PLACES = 2
MOST_STEPS = 8
"""A travel limit is raised distance by distance, but not if there are more distances than this."""
HIGHEST_PRIORITY = 5
MANDATE = {ReasonCode.MANDATE_SECTOR, ReasonCode.MANDATE_REGION, ReasonCode.MANDATE_EITHER}


@dataclass(frozen=True)
class Gap:
    """A company without a buddy, and all its possible pairs."""

    case: Case
    company: str

    @property
    def pairs(self) -> Pairs:
        """The pairs that the matching was chosen from."""
        return self.case.pairs

    @property
    def firm(self) -> Company:
        """The company itself."""
        return self.case.problem.company[self.company]

    @cached_property
    def eligible(self) -> list[Buddy]:
        """The nearest eligible buddies, with the limits that hold."""
        nearest = self.pairs.eligibility.nearest(self.company)
        able = (key for key in nearest if (key, self.company) in self.pairs.index)
        return [self.case.problem.limits[key] for key in able][:NEAREST]

    def missing_only(self, codes: set[ReasonCode]) -> list[Buddy]:
        """Return the nearest buddies who break only rules of these kinds for the company."""
        found = []
        for key in self.pairs.eligibility.nearest(self.company):
            broken = {reason.code for reason in self.case.rules.broken(key, self.company)}
            if broken and broken <= codes:
                found.append(self.case.problem.buddy[key])
        return found[:NEAREST]


def more_places(gap: Gap) -> Iterator[Changes]:
    """One or two more companies for an eligible buddy."""
    for more in range(1, MOST_PLACES + 1):
        for buddy in gap.eligible:
            yield (_change(ChangeKind.PLACES, buddy, buddy.max_companies, buddy.max_companies + more),)


def more_care(gap: Gap) -> Iterator[Changes]:
    """More care minutes for an eligible buddy."""
    yield from _more_minutes(gap, ChangeKind.CARE_MIN, 1, lambda buddy: buddy.max_care_min)


def more_hours(gap: Gap) -> Iterator[Changes]:
    """A longer contract for an eligible buddy, in minutes a week."""
    yield from _more_minutes(gap, ChangeKind.WEEK_WORK_MIN, 2, lambda buddy: buddy.week_work_min)


def _more_minutes(gap: Gap, kind: ChangeKind, part: int, limit: Callable[[Buddy], int]) -> Iterator[Changes]:
    first, found = gap.case.matching.levels[0], []
    for buddy in gap.eligible:
        if not _keeps_all(gap.pairs, buddy.id):
            continue  # a higher limit would keep other relations, which the bound does not consider
        more = least_extension(gap.pairs, first, gap.company, buddy.id, part, gap.case.options.limits)
        if more:
            found.append((more, buddy))
    for more, buddy in sorted(found, key=lambda each: each[0]):
        yield (_change(kind, buddy, limit(buddy), limit(buddy) + more),)


def _keeps_all(pairs: Pairs, buddy: str) -> bool:
    """Return whether all current relations of the buddy fit into the caseload."""
    if pairs.problem.policy.rematch:
        return True
    held = {company for company, who in (pairs.kept | pairs.pinned).items() if who == buddy}
    present = {company for company, relation in pairs.present.items() if relation.buddy == buddy}
    return all(company in held or not pairs.eligibility.may(buddy, company) for company in present)


def longer_way(gap: Gap) -> Iterator[Changes]:
    """A higher travel limit, a buddy's own or the general one, if only one of them excludes the pair."""
    everybody = gap.case.problem.policy.max_one_way_min
    one_way, row = gap.pairs.eligibility.one_way_min, gap.pairs.eligibility.buddy_row
    for buddy in gap.missing_only({ReasonCode.TOO_FAR}):
        needed, own = gap.case.times.minutes(buddy.id, gap.company), buddy.max_one_way_min
        if needed <= everybody and own is not None:
            for step in _steps(one_way[row[buddy.id]], own, needed):
                yield (_change(ChangeKind.ONE_WAY_MIN, buddy, own, step),)
        elif own is None or needed <= own:
            for step in _steps(one_way, everybody, needed):
                change = Change(kind=ChangeKind.POLICY_ONE_WAY_MIN, before=str(everybody), after=str(step))
                yield (change,)


def _steps(one_way: Numbers, limit: int, needed: int) -> list[int]:
    """Return the distances above a limit up to the one needed; none if there are too many to try."""
    steps = np.unique(one_way[(one_way > limit) & (one_way <= needed)]).tolist()
    return steps if len(steps) <= MOST_STEPS else []


def language_learned(gap: Gap) -> Iterator[Changes]:
    """A language at the required level: of those the company's specialists speak, the nearest to it."""
    asked = {c for group in gap.case.problem.specialists_of[gap.company] for c in group.languages}
    level = gap.case.problem.policy.language_level
    for buddy in gap.missing_only({ReasonCode.NO_COMMON_LANGUAGE}):
        spoken = {s.language: s.level for s in buddy.languages if s.language in asked}
        code = min(asked, key=lambda code: (-spoken[code].rank if code in spoken else 1, code))
        before = f"{code}:{spoken[code]}" if code in spoken else ""
        yield (_change(ChangeKind.LANGUAGE, buddy, before, f"{code}:{level}"),)


def wider_mandate(gap: Gap) -> Iterator[Changes]:
    """The company's district or sector added to a buddy's mandate, or both if both are required."""
    for buddy in gap.missing_only(MANDATE):
        district = (_change(ChangeKind.DISTRICT, buddy, "", gap.firm.district),) if gap.firm.district else ()
        sector = (_change(ChangeKind.SECTOR, buddy, "", gap.firm.sector),) if gap.firm.sector else ()
        changes: Changes
        match buddy.mandate:
            case Mandate.REGION:
                changes = district
            case Mandate.SECTOR:
                changes = sector
            case Mandate.EITHER:
                changes = district or sector
            case Mandate.BOTH:
                changes = _both_halves(buddy, gap.firm, sector, district)
        if changes:
            yield changes


def _both_halves(buddy: Buddy, firm: Company, sector: Changes, district: Changes) -> Changes:
    """Return the changes for the criteria not met, empty if one of them cannot be changed."""
    no_sector = bool(buddy.sectors or buddy.tags) and not sector_half(buddy, firm)
    no_district = bool(buddy.districts) and not region_half(buddy, firm)
    if (no_sector and not sector) or (no_district and not district):
        return ()
    return (sector if no_sector else ()) + (district if no_district else ())


def hosts_opened(gap: Gap) -> Iterator[Changes]:
    """Pairs across hosts allowed by the host, or hosts, that do not allow them yet."""
    for buddy in gap.missing_only({ReasonCode.OTHER_HOST}):
        hosts = (gap.case.problem.host.get(key) for key in (buddy.host, gap.firm.host))
        closed = [host.id for host in hosts if host and not host.cross_host]
        yield tuple(Change(kind=ChangeKind.CROSS_HOST, who=key, before="no", after="yes") for key in closed)


def ban_lifted(gap: Gap) -> Iterator[Changes]:
    """A ban of the company lifted."""
    for buddy in gap.missing_only({ReasonCode.BAN}):
        yield (_change(ChangeKind.UNBAN, buddy, gap.company, ""),)


def higher_priority(gap: Gap) -> Iterator[Changes]:
    """A higher priority of the company, if the highest one would suffice."""
    found = [
        Change(kind=ChangeKind.PRIORITY, who=gap.company, before=str(gap.firm.priority), after=str(value))
        for value in range(gap.firm.priority + 1, HIGHEST_PRIORITY + 1)
    ]
    highest = gap.case.after((found[-1],)) if found else None
    if highest and gap.company in highest.buddy_of:
        for change in found:
            yield (change,)


def pinned(gap: Gap) -> Iterator[Changes]:
    """A pin to the nearest buddy to whom the company may be pinned."""
    able = gap.eligible + gap.missing_only(set(OVERRIDDEN_BY_PIN))
    for buddy in able[:NEAREST]:
        yield (_change(ChangeKind.PIN, buddy, "", gap.company),)


KINDS: tuple[Callable[[Gap], Iterator[Changes]], ...] = (
    more_places,
    more_care,
    more_hours,
    longer_way,
    language_learned,
    wider_mandate,
    hosts_opened,
    ban_lifted,
    higher_priority,
    pinned,
)
"""In display order."""


def _change(kind: ChangeKind, buddy: Buddy, before: object, after: object) -> Change:
    return Change(kind=kind, who=buddy.id, before=str(before), after=str(after))
