"""Kinds of change about buddies and their hosts."""

from datetime import timedelta
from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import override

from data.base.dates import days_of, weeks_from
from data.base.ids import BuddyId, DistrictKey, HostKey, LanguageCode
from data.base.message import message
from data.geo.distance import km_between
from data.model.dated import LIMITS, Availability, Term, saying
from data.model.policy import Key
from data.model.problem import Buddy, Company, Problem, Spoken
from data.model.vocabulary import IsoWeek, LanguageLevel
from data.scenario.change import Change, Fields, Of, Percent
from data.scenario.groups import OfBuddies
from data.scenario.rows import (
    WrongChange,
    by_id,
    known,
    new_ids,
    with_buddies,
    with_companies,
    with_fields,
    without,
)

FIELDS_OF_BUDDY = (
    "max_companies", "week_work_min", "max_days_per_week", "max_care_min", "max_one_way_min", "districts",
)  # fmt: skip
SCALED = ("week_work_min", "desk_work_min", "max_companies", "min_care_min", "max_care_min")


class Absence(OfBuddies):
    """Buddies who are away for some weeks: named ones, or the first `count` of a host by id, 0 for all."""

    kind: Literal["absence"] = "absence"
    host: HostKey = ""
    count: Annotated[int, Field(ge=0, le=1000)] = 1
    first_week: IsoWeek
    weeks: Annotated[int, Field(ge=1, le=53)] = 1

    @override
    def apply(self, problem: Problem) -> Problem:
        who = sorted(self.some_wanted(problem))
        try:
            weeks = weeks_from(self.first_week, self.weeks)
        except ValueError:
            remedy = message("write_week")
            raise WrongChange("first_week", self.first_week, message("no_week"), remedy) from None
        first, last = days_of(weeks[0])[0], days_of(weeks[-1])[0] + timedelta(days=6)
        rows = tuple(Availability(who=key, first=first, last=last) for key in who)
        return problem.replace(availability=(*problem.availability, *rows))


class AddBuddies(Change):
    """New buddies like an existing one, or in a district, with some fields changed; `id`-1, `id`-2 and so on.

    Without `like` they have the defaults, their base is the middle of the district, by the way to its
    companies, and the district is their mandate.
    """

    kind: Literal["add_buddies"] = "add_buddies"
    id: Annotated[str, Field(min_length=1)]
    count: Annotated[int, Field(ge=1, le=200)] = 1
    like: BuddyId = ""
    district: DistrictKey = ""
    fields: Annotated[Fields, Of(Buddy, ("max_companies", "week_work_min"))] = Field(default_factory=dict)

    @override
    def apply(self, problem: Problem) -> Problem:
        model = problem.buddy[known("like", self.like, problem.buddy)] if self.like else None
        if model is None:
            model = _of_district(problem, self.district)
        elif self.district:
            base = _middle(problem, self.district).point
            model = model.replace(base=base, districts=(self.district,))
        ids = new_ids(self.id, self.count, problem)
        made = [with_fields(model.replace(id=key), self.fields) for key in ids]
        return problem.replace(buddies=by_id((*problem.buddies, *made)))


class RemoveBuddies(OfBuddies):
    """Buddies, by id or of a host, to remove, with the relations, pins and absences that name them."""

    kind: Literal["remove_buddies"] = "remove_buddies"

    @override
    def apply(self, problem: Problem) -> Problem:
        return without(problem, buddies=self.some_wanted(problem))


class ChangeBuddies(OfBuddies):
    """Buddies, by id or of a host, with changed fields, by their names in `problem.json`.

    What a term says of the same field is changed too.
    """

    kind: Literal["change_buddies"] = "change_buddies"
    fields: Annotated[Fields, Of(Buddy, FIELDS_OF_BUDDY)]

    @override
    def apply(self, problem: Problem) -> Problem:
        wanted = self.some_wanted(problem)
        changed = with_buddies(problem, wanted, lambda buddy: with_fields(buddy, self.fields))
        return changed.replace(terms=saying(problem.terms, wanted, self.fields))


class Learns(OfBuddies):
    """Buddies, by id or of a host, who learn a language to a level."""

    kind: Literal["learns"] = "learns"
    language: Annotated[LanguageCode, Field(pattern=r"^[a-z]{2}$")]
    level: LanguageLevel = LanguageLevel.B1

    @override
    def apply(self, problem: Problem) -> Problem:
        learned = Spoken(language=self.language, level=self.level)
        wanted = self.some_wanted(problem)
        return with_buddies(problem, wanted, lambda buddy: buddy.speaking(learned))


class ContractHours(OfBuddies):
    """Contract hours and caseload limits scaled to a percentage, for all buddies or for some."""

    kind: Literal["contract_hours"] = "contract_hours"
    host: HostKey = ""
    percent: Percent

    @override
    def apply(self, problem: Problem) -> Problem:
        wanted = self.wanted_or_all(problem)

        def scaled(buddy: Buddy) -> Buddy:
            return buddy.replace(**{name: getattr(buddy, name) * self.percent // 100 for name in SCALED})

        def lasting(term: Term) -> Term:
            said = {name: value for name in LIMITS if (value := getattr(term, name)) is not None}
            return term.replace(**{name: value * self.percent // 100 for name, value in said.items()})

        terms = tuple(lasting(term) if term.buddy in wanted else term for term in problem.terms)
        return with_buddies(problem, wanted, scaled).replace(terms=terms)


class HostLeaves(Change):
    """A host, or its grant, drops out: its buddies are removed, its companies belong to no host."""

    kind: Literal["host_leaves"] = "host_leaves"
    host: HostKey

    @override
    def apply(self, problem: Problem) -> Problem:
        host = known("host", self.host, problem.host)
        left = without(problem, {buddy.id for buddy in problem.buddies if buddy.host == host})
        theirs = {company.id for company in left.companies if company.host == host}
        left = with_companies(left, theirs, lambda company: company.replace(host=""))
        return left.replace(hosts=tuple(each for each in left.hosts if each.id != host))


class Budget(Change):
    """A yearly budget for all buddies together; who serves most is paid, the others look after nobody."""

    kind: Literal["budget"] = "budget"
    cents_per_year: Annotated[int, Field(ge=0, le=100_000_000_000), Key("cents", 100_000_000_000)]

    @override
    def apply(self, problem: Problem) -> Problem:
        return problem.replace(policy=problem.policy.replace(budget_cents_per_year=self.cents_per_year))


def _of_district(problem: Problem, district: str) -> Buddy:
    shifts = problem.buddies[0].shifts if problem.buddies else ((),) * 7
    return Buddy(id="", base=_middle(problem, district).point, districts=(district,), shifts=shifts)


def _middle(problem: Problem, district: str) -> Company:
    """Return the most central company of a district: the shortest total way from all others."""
    known("district", district, {each.ags for each in problem.programme.districts})
    inside = tuple(company for company in problem.companies if company.district == district)
    if not inside:
        raise WrongChange("district", district, message("no_company_there"), message("name_like"))
    return min(inside, key=lambda one: (sum(km_between(one.point, each.point) for each in inside), one.id))
