"""Kinds of change about companies and their care."""

from random import Random
from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import override

from data.base.ids import CompanyId, DistrictKey, HostKey, LanguageCode
from data.base.message import message
from data.model.problem import Care, Company, Point, Problem, SpecialistGroup
from data.model.vocabulary import CareMode, WeekWindows
from data.scenario.change import Change, Fields, Of
from data.scenario.groups import UNLESS_EMPTY, OfCompanies
from data.scenario.rows import (
    WrongChange,
    by_id,
    known,
    new_ids,
    with_companies,
    with_fields,
    without,
)

SPREAD_DEGREES = 0.03
"""Invented companies are placed within about three kilometres of an existing one."""


class AddCompanies(Change):
    """New companies near those of a district, each with care and specialists; `id`-1, `id`-2 and so on.

    They are drawn with `seed`, so that they are the same every time.
    """

    kind: Literal["add_companies"] = "add_companies"
    id: Annotated[str, Field(min_length=1)]
    count: Annotated[int, Field(ge=1, le=2000)] = 1
    district: DistrictKey
    sector: str = ""
    host: HostKey = ""
    languages: tuple[LanguageCode, ...] = ()
    specialists: Annotated[int, Field(ge=0, le=1000)] = 2
    every_weeks: Annotated[int, Field(ge=1, le=26)] = 4
    minutes: Annotated[int, Field(ge=1, le=600)] = 75
    seed: Annotated[int, Field(ge=0, lt=2**31)] = 0

    @override
    def apply(self, problem: Problem) -> Problem:
        known("district", self.district, {each.ags for each in problem.programme.districts})
        if self.host:
            known("host", self.host, problem.host)
        inside = [company for company in problem.companies if company.district == self.district]
        if not inside:
            raise WrongChange("district", self.district, message("no_company_near"), message("name_another"))
        ids = new_ids(self.id, self.count, problem)
        rng = Random(f"{self.seed} {self.id} {self.district}")
        made = []
        for key in ids:
            near = rng.choice(inside)
            lat, lon = (
                round(v + rng.uniform(-1, 1) * SPREAD_DEGREES, 5) for v in (near.point.lat, near.point.lon)
            )
            fields = {"id": key, "point": Point(lat=lat, lon=lon), "host": self.host, "enterprise": ""}
            made.append(near.replace(**fields, sector=self.sector or near.sector, tags=(), employees=0))
        care = [Care(company=key, every_weeks=self.every_weeks, minutes=self.minutes) for key in ids]
        groups = [
            SpecialistGroup(company=key, languages=self.languages, count=self.specialists)
            for key in ids
            if self.specialists and self.languages
        ]
        return problem.replace(
            companies=by_id((*problem.companies, *made)),
            care=tuple(sorted((*problem.care, *care), key=lambda row: row.company)),
            specialists=tuple(sorted((*problem.specialists, *groups), key=lambda row: row.company)),
        )


class RemoveCompanies(OfCompanies):
    """Companies to remove, with their care and specialists: by id, or all of a district, sector or host."""

    kind: Literal["remove_companies"] = "remove_companies"

    @override
    def apply(self, problem: Problem) -> Problem:
        return without(problem, companies=self.some_wanted(problem))


class ChangeCompanies(OfCompanies):
    """Companies, by id or by group, with changed fields, by their names in `problem.json`."""

    kind: Literal["change_companies"] = "change_companies"
    fields: Annotated[Fields, Of(Company, ("priority", "state", "host", "sector"))]

    @override
    def apply(self, problem: Problem) -> Problem:
        wanted = self.some_wanted(problem)
        return with_companies(problem, wanted, lambda company: with_fields(company, self.fields))


class Opening(OfCompanies):
    """Opening hours from Monday to Sunday, in minutes after midnight, for all companies or for some."""

    kind: Literal["opening"] = "opening"
    hours: WeekWindows

    @override
    def apply(self, problem: Problem) -> Problem:
        wanted = self.wanted_or_all(problem)
        return with_companies(problem, wanted, lambda company: company.replace(opening=self.hours))


class CareNeed(OfCompanies):
    """Care minutes scaled to a percentage, such as 125 or 75, for all companies or for some."""

    kind: Literal["care_need"] = "care_need"
    companies: tuple[CompanyId, ...] = UNLESS_EMPTY
    percent: Annotated[int, Field(ge=1, le=1000)]

    @override
    def apply(self, problem: Problem) -> Problem:
        wanted = self.wanted_or_all(problem)

        def scaled(care: Care) -> Care:
            if care.company not in wanted:
                return care
            return care.replace(minutes=min(600, max(1, (care.minutes * self.percent + 50) // 100)))

        return problem.replace(care=tuple(map(scaled, problem.care)))


class CallShare(Change):
    """A percentage of the regular visits turned into calls, spread evenly over the companies."""

    kind: Literal["call_share"] = "call_share"
    percent: Annotated[int, Field(ge=0, le=100)]

    @override
    def apply(self, problem: Problem) -> Problem:
        rows, seen = [], 0
        for care in problem.care:
            if care.mode is CareMode.VISIT:
                seen += 1
                if seen * self.percent // 100 > (seen - 1) * self.percent // 100:
                    care = care.replace(mode=CareMode.CALL)  # noqa: PLW2901
            rows.append(care)
        return problem.replace(care=tuple(rows))
