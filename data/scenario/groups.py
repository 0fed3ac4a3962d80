"""Whom a change is about: companies and buddies by id, or whole groups of them."""

from typing import Annotated, Any

from pydantic import Field

from data.base.ids import BuddyId, CompanyId, DistrictKey, HostKey, SectorKey
from data.base.message import message
from data.model.problem import Problem
from data.scenario.change import Change
from data.scenario.rows import WrongChange, all_known, known

UNLESS_EMPTY: Any = Field(default=(), exclude_if=lambda value: not value)
"""For fields added later: left out of JSON where empty, so that hashes of stored scenarios stay the same."""


class OfCompanies(Change):
    """A change of companies by id, and of those in any of the districts, sectors and hosts named.

    Where several kinds of group are named, a company must be in a group of each. `sectors` are sections or
    longer codes of WZ 2008, `C` as well as `C10`.
    """

    companies: tuple[CompanyId, ...] = ()
    districts: tuple[DistrictKey, ...] = UNLESS_EMPTY
    sectors: tuple[SectorKey, ...] = UNLESS_EMPTY
    hosts: tuple[HostKey, ...] = UNLESS_EMPTY

    @property
    def by_group(self) -> bool:
        """Whether the change names a group."""
        return bool(self.districts or self.sectors or self.hosts)

    @property
    def names_some(self) -> bool:
        """Whether the change names companies or groups."""
        return bool(self.companies) or self.by_group

    def wanted(self, problem: Problem) -> set[str]:
        """Return the ids of the companies, possibly none; raises `WrongChange` for what does not exist."""
        named = all_known("companies", self.companies, problem.company)
        all_known("districts", self.districts, {each.ags for each in problem.programme.districts})
        all_known("hosts", self.hosts, problem.host)
        if not self.by_group:
            return named
        return named | {
            company.id
            for company in problem.companies
            if (not self.districts or company.district in self.districts)
            and (not self.sectors or company.sector.startswith(self.sectors))
            and (not self.hosts or company.host in self.hosts)
        }

    def some_wanted(self, problem: Problem) -> set[str]:
        """Return the ids of the companies; raises `WrongChange` too if the change names none."""
        if not self.names_some:
            raise WrongChange("companies", "", message("no_company_named"), message("name_companies"))
        return self.wanted(problem)

    def wanted_or_all(self, problem: Problem) -> set[str]:
        """Return the ids of the companies, all of them if the change names none."""
        return self.wanted(problem) if self.names_some else set(problem.company)


class OfBuddies(Change):
    """A change of buddies by id, or of those of a host: the first `count` of them by id, 0 for all."""

    buddies: tuple[BuddyId, ...] = ()
    host: Annotated[HostKey, Field(exclude_if=lambda host: not host)] = ""
    count: Annotated[int, Field(ge=0, le=1000, exclude_if=lambda count: not count)] = 0

    @property
    def names_some(self) -> bool:
        """Whether the change names buddies or a host."""
        return bool(self.buddies or self.host)

    def wanted(self, problem: Problem) -> set[str]:
        """Return the ids of the buddies, possibly none; raises `WrongChange` for what does not exist."""
        named = all_known("buddies", self.buddies, problem.buddy)
        if not self.host:
            return named
        known("host", self.host, problem.host)
        own = sorted(buddy.id for buddy in problem.buddies if buddy.host == self.host)
        return named | set(own[: self.count or None])

    def some_wanted(self, problem: Problem) -> set[str]:
        """Return the ids of the buddies; raises `WrongChange` too if the change names none."""
        if not self.names_some:
            raise WrongChange("buddies", "", message("nobody_named"), message("name_buddies"))
        return self.wanted(problem)

    def wanted_or_all(self, problem: Problem) -> set[str]:
        """Return the ids of the buddies, all of them if the change names none."""
        return self.wanted(problem) if self.names_some else set(problem.buddy)
