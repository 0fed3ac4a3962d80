"""Eligible pairs of a whole programme at once, and for every other pair the rule that excludes it."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from data.base.status import ReasonCode
from data.model.problem import Buddy, Problem
from data.model.vocabulary import Mandate
from data.travel.provider import Times
from matching.eligibility.needs import active_companies, spoken_at_level
from matching.eligibility.rules import OVERRIDDEN_BY_PIN, Rules

Mask = NDArray[np.bool_]
"""Shape (buddies, companies)."""


@dataclass(frozen=True)
class Eligibility:
    """Which rules each pair of a buddy (row) and an active company (column) breaks, in `Problem.rank` order.

    `masks` has for each rule the pairs that break it, in the order in which rules are checked; `one_way_min`
    is base to company. `absent` are the buddies who do not work in the horizon or are not funded; `pinned`
    holds each pinned company's buddy.
    """

    buddies: tuple[str, ...]
    companies: tuple[str, ...]
    masks: dict[ReasonCode, Mask]
    one_way_min: NDArray[np.int64]
    absent: frozenset[str]
    pinned: dict[str, str]

    @cached_property
    def buddy_row(self) -> dict[str, int]:
        """Row of a buddy id."""
        return {key: row for row, key in enumerate(self.buddies)}

    @cached_property
    def company_column(self) -> dict[str, int]:
        """Column of a company id."""
        return {key: column for column, key in enumerate(self.companies)}

    @cached_property
    def broken(self) -> NDArray[np.int64]:
        """The number of rules that each pair breaks."""
        counts = np.zeros((len(self.buddies), len(self.companies)), dtype=np.int64)
        for mask in self.masks.values():
            counts += mask
        return counts

    @cached_property
    def eligible(self) -> Mask:
        """Pairs that break no rule; for a pinned company only its pin, unless a rule excludes even that."""
        eligible: Mask = self.broken == 0
        for company, buddy in self.pinned.items():
            column = self.company_column[company]
            eligible[:, column] = False
            if buddy in self.buddy_row:
                row = self.buddy_row[buddy]
                stands = (code for code in self.masks if code not in OVERRIDDEN_BY_PIN)
                eligible[row, column] = not any(self.masks[code][row, column] for code in stands)
        return eligible

    def may(self, buddy: str, company: str) -> bool:
        """Return whether a pair is eligible; False for ids that are not matched."""
        if buddy not in self.buddy_row or company not in self.company_column:
            return False
        return bool(self.eligible[self.buddy_row[buddy], self.company_column[company]])

    def nearest(self, company: str) -> list[str]:
        """Return all buddies by closeness: fewest broken rules, then shortest way, then rank."""
        column = self.company_column[company]
        order = np.lexsort((self.one_way_min[:, column], self.broken[:, column]))
        return [self.buddies[row] for row in order]


def find_eligible(problem: Problem, times: Times, funded: Collection[str] | None = None) -> Eligibility:
    """Apply all hard rules to all pairs of buddies and active companies.

    `funded` are the buddies that a budget pays for; None: all. Raises ValueError if a company is pinned to
    two buddies.
    """
    buddies, companies = tuple(sorted(problem.buddy, key=problem.rank.__getitem__)), active_companies(problem)
    rows = [problem.buddy[key] for key in buddies]
    rules = Rules(problem, times, funded)
    one_way = times.travel_min[np.ix_([times.node[b] for b in buddies], [times.node[c] for c in companies])]
    limits = np.array([rules.one_way_limit(buddy) for buddy in rows], dtype=np.int64)
    absent, unfunded = (
        np.array([buddy.id in gone for buddy in rows], dtype=bool) for gone in (rules.away, rules.unfunded)
    )
    masks = {
        ReasonCode.BAN: _banned(problem, buddies, companies),
        ReasonCode.ABSENT: _absent(absent, rules.covered, buddies, companies),
        ReasonCode.OVER_BUDGET: np.repeat(unfunded[:, None], len(companies), axis=1),
        ReasonCode.OTHER_HOST: _other_host(problem, rows, companies),
        **_mandate(problem, rows, companies),
        ReasonCode.NO_COMMON_LANGUAGE: _no_language(problem, buddies, companies),
        ReasonCode.TOO_FAR: one_way > limits[:, None],
    }
    return Eligibility(
        buddies=buddies,
        companies=companies,
        masks=masks,
        one_way_min=one_way.astype(np.int64),
        absent=rules.absent,
        pinned=rules.pinned,
    )


def _absent(
    absent: NDArray[np.bool_],
    covered: Collection[tuple[str, str]],
    buddies: Sequence[str],
    companies: Sequence[str],
) -> Mask:
    """Pairs of buddies who are absent in the whole horizon, except relations that a colleague covers."""
    mask = np.repeat(absent[:, None], len(companies), axis=1)
    row, column = ({key: i for i, key in enumerate(keys)} for keys in (buddies, companies))
    for buddy, company in covered:
        if buddy in row and company in column:
            mask[row[buddy], column[company]] = False
    return mask


def _banned(problem: Problem, buddies: Sequence[str], companies: Sequence[str]) -> Mask:
    """Banned pairs."""
    bans = {(ban.buddy, ban.company) for ban in problem.bans}
    mask = np.zeros((len(buddies), len(companies)), dtype=bool)
    row, column = ({key: i for i, key in enumerate(keys)} for keys in (buddies, companies))
    for buddy, company in bans:
        if buddy in row and company in column:
            mask[row[buddy], column[company]] = True
    return mask


def _other_host(problem: Problem, rows: Sequence[Buddy], companies: Sequence[str]) -> Mask:
    """Pairs across hosts that at least one of the hosts does not allow."""
    closed = np.array([""] + [host.id for host in problem.hosts if not host.cross_host])
    ours = np.array([buddy.host for buddy in rows], dtype=str)[:, None]
    theirs = np.array([problem.company[key].host for key in companies], dtype=str)[None, :]
    across = (ours != theirs) & (ours != "") & (theirs != "")
    return np.asarray(across & (np.isin(ours, closed) | np.isin(theirs, closed)))


def _mandate(problem: Problem, rows: Sequence[Buddy], companies: Sequence[str]) -> dict[ReasonCode, Mask]:
    """Pairs outside the mandate, by the criterion not met; if neither is met, that is the sector."""
    firms = [problem.company[key] for key in companies]
    sectors, sector_of = np.unique(np.array([firm.sector for firm in firms], dtype=str), return_inverse=True)
    districts = np.array([firm.district for firm in firms], dtype=str)
    tags = _incidence([firm.tags for firm in firms], [buddy.tags for buddy in rows])
    shape = (len(rows), len(firms))
    names = (ReasonCode.MANDATE_SECTOR, ReasonCode.MANDATE_REGION, ReasonCode.MANDATE_EITHER)
    masks = {code: np.zeros(shape, dtype=bool) for code in names}
    for i, buddy in enumerate(rows):
        prefixes = tuple(prefix for prefix in buddy.sectors if prefix)
        by_sector = np.array([str(code).startswith(prefixes) for code in sectors], dtype=bool)
        sector = by_sector[sector_of] | tags[i] if firms else np.zeros(0, dtype=bool)
        region = np.isin(districts, buddy.districts)
        any_sector, any_region = not (buddy.sectors or buddy.tags), not buddy.districts
        if buddy.mandate is Mandate.EITHER:
            masks[ReasonCode.MANDATE_EITHER][i] = ~(sector | region | (any_sector and any_region))
            continue
        no_sector = ~sector if buddy.mandate is not Mandate.REGION and not any_sector else ~sector & False
        no_region = ~region if buddy.mandate is not Mandate.SECTOR and not any_region else ~region & False
        masks[ReasonCode.MANDATE_SECTOR][i] = no_sector
        masks[ReasonCode.MANDATE_REGION][i] = no_region & ~no_sector
    return masks


def _no_language(problem: Problem, buddies: Sequence[str], companies: Sequence[str]) -> Mask:
    """If the policy requires a language: pairs that share none with any group, for companies with groups."""
    if not problem.policy.language_required:
        return np.zeros((len(buddies), len(companies)), dtype=bool)
    spoken = spoken_at_level(problem, problem.policy.language_level)
    asked = [
        tuple(code for group in problem.specialists_of[key] for code in group.languages) for key in companies
    ]
    shared = _incidence(asked, [spoken[key] for key in buddies])
    return np.asarray(~shared & np.array([bool(codes) for codes in asked], dtype=bool)[None, :])


def _incidence(theirs: Sequence[Iterable[Any]], ours: Sequence[Iterable[Any]]) -> Mask:
    """Return for each of ours (row) and theirs (column) whether they share a word."""
    words = {word: i for i, word in enumerate(sorted({w for each in theirs for w in each}))}

    def rows(sets: Sequence[Iterable[Any]]) -> NDArray[np.float32]:
        held = np.zeros((len(sets), len(words)), dtype=np.float32)
        for i, each in enumerate(sets):
            held[i, [words[w] for w in each if w in words]] = 1
        return held

    return np.asarray(rows(ours) @ rows(theirs).T > 0)
