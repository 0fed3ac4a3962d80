"""Apply each kind of change to a problem; an impossible change reports which field is wrong, and why."""

from collections.abc import Callable
from datetime import timedelta
from random import Random
from typing import Any, TypeVar

from data.base.dates import days_of, weeks_from
from data.base.entity import Entity
from data.base.message import message
from data.geo.distance import km_between
from data.model.policy import Objective, ObjectiveName
from data.model.problem import Availability, Buddy, Care, Company, Point, Problem, SpecialistGroup, Spoken
from data.model.vocabulary import CareMode
from data.scenario import kinds
from data.scenario.rows import (
    WrongChange,
    by_id,
    known,
    refuse_used,
    with_buddies,
    with_companies,
    with_fields,
    without,
)

SPREAD_DEGREES = 0.03
"""Invented companies are placed within about three kilometres of an existing one."""
SCALED = ("week_work_min", "desk_work_min", "max_companies", "min_care_min", "max_care_min")

Kept = TypeVar("Kept", bound=Entity)


def changed(problem: Problem, change: Any) -> Problem:
    """Return the problem after one change of a scenario; raises `WrongChange`."""
    return _MAKERS[change.kind](problem, change)


def _add_buddies(problem: Problem, change: kinds.AddBuddies) -> Problem:
    model = problem.buddy[known("like", change.like, problem.buddy)] if change.like else None
    if model is None:
        model = _of_district(problem, change.district)
    elif change.district:
        base = _middle(problem, change.district).point
        model = model.replace(base=base, districts=(change.district,))
    ids = [f"{change.id}-{i}" for i in range(1, change.count + 1)]
    refuse_used("id", ids, problem)
    made = [with_fields(model.replace(id=key), change.fields) for key in ids]
    return problem.replace(buddies=by_id((*problem.buddies, *made)))


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


def _remove_buddies(problem: Problem, change: kinds.RemoveBuddies) -> Problem:
    return without(problem, {known("buddies", key, problem.buddy) for key in change.buddies}, set())


def _change_buddies(problem: Problem, change: kinds.ChangeBuddies) -> Problem:
    wanted = {known("buddies", key, problem.buddy) for key in change.buddies}
    return with_buddies(problem, wanted, lambda buddy: with_fields(buddy, change.fields))


def _add_companies(problem: Problem, change: kinds.AddCompanies) -> Problem:
    known("district", change.district, {each.ags for each in problem.programme.districts})
    if change.host:
        known("host", change.host, problem.host)
    inside = [company for company in problem.companies if company.district == change.district]
    if not inside:
        raise WrongChange("district", change.district, message("no_company_near"), message("name_another"))
    ids = [f"{change.id}-{i}" for i in range(1, change.count + 1)]
    refuse_used("id", ids, problem)
    rng = Random(f"{change.seed} {change.id} {change.district}")
    made = []
    for key in ids:
        near = rng.choice(inside)
        lat, lon = (
            round(v + rng.uniform(-1, 1) * SPREAD_DEGREES, 5) for v in (near.point.lat, near.point.lon)
        )
        fields = {"id": key, "point": Point(lat=lat, lon=lon), "host": change.host, "enterprise": ""}
        made.append(near.replace(**fields, sector=change.sector or near.sector, tags=(), employees=0))
    care = [Care(company=key, every_weeks=change.every_weeks, minutes=change.minutes) for key in ids]
    groups = [
        SpecialistGroup(company=key, languages=change.languages, count=change.specialists)
        for key in ids
        if change.specialists and change.languages
    ]
    return problem.replace(
        companies=by_id((*problem.companies, *made)),
        care=tuple(sorted((*problem.care, *care), key=lambda row: row.company)),
        specialists=tuple(sorted((*problem.specialists, *groups), key=lambda row: row.company)),
    )


def _remove_companies(problem: Problem, change: kinds.RemoveCompanies) -> Problem:
    return without(problem, set(), {known("companies", key, problem.company) for key in change.companies})


def _change_companies(problem: Problem, change: kinds.ChangeCompanies) -> Problem:
    wanted = {known("companies", key, problem.company) for key in change.companies}
    return with_companies(problem, wanted, lambda company: with_fields(company, change.fields))


def _absence(problem: Problem, change: kinds.Absence) -> Problem:
    who = [known("buddies", key, problem.buddy) for key in change.buddies] or _of_host(problem, change)
    try:
        weeks = weeks_from(change.first_week, change.weeks)
    except ValueError:
        remedy = message("write_week")
        raise WrongChange("first_week", change.first_week, message("no_week"), remedy) from None
    first, last = days_of(weeks[0])[0], days_of(weeks[-1])[0] + timedelta(days=6)
    rows = tuple(Availability(who=key, first=first, last=last) for key in who)
    return problem.replace(availability=(*problem.availability, *rows))


def _of_host(problem: Problem, change: kinds.Absence) -> list[str]:
    if not change.host:
        raise WrongChange("buddies", "", message("nobody_named"), message("name_buddies"))
    known("host", change.host, problem.host)
    own = sorted(buddy.id for buddy in problem.buddies if buddy.host == change.host)
    if len(own) < change.count:
        has = message("host_has", host=change.host, count=len(own))
        remedy = message("at_most_absent", count=len(own))
        raise WrongChange("count", str(change.count), has, remedy)
    return own[: change.count]


def _host_leaves(problem: Problem, change: kinds.HostLeaves) -> Problem:
    host = known("host", change.host, problem.host)
    left = without(problem, {buddy.id for buddy in problem.buddies if buddy.host == host}, set())
    theirs = {company.id for company in left.companies if company.host == host}
    left = with_companies(left, theirs, lambda company: company.replace(host=""))
    return left.replace(hosts=tuple(each for each in left.hosts if each.id != host))


def _contract_hours(problem: Problem, change: kinds.ContractHours) -> Problem:
    wanted = {known("buddies", key, problem.buddy) for key in change.buddies}
    if change.host:
        known("host", change.host, problem.host)
        wanted |= {buddy.id for buddy in problem.buddies if buddy.host == change.host}
    if not change.buddies and not change.host:
        wanted = set(problem.buddy)

    def scaled(buddy: Buddy) -> Buddy:
        return buddy.replace(**{name: getattr(buddy, name) * change.percent // 100 for name in SCALED})

    return with_buddies(problem, wanted, scaled)


def _care_need(problem: Problem, change: kinds.CareNeed) -> Problem:
    def scaled(care: Care) -> Care:
        return care.replace(minutes=min(600, max(1, (care.minutes * change.percent + 50) // 100)))

    return problem.replace(care=tuple(map(scaled, problem.care)))


def _call_share(problem: Problem, change: kinds.CallShare) -> Problem:
    """Turn visit rows into calls, spread evenly: after n rows, as many as the share of n, rounded down."""
    rows, seen = [], 0
    for care in problem.care:
        if care.mode is CareMode.VISIT:
            seen += 1
            if seen * change.percent // 100 > (seen - 1) * change.percent // 100:
                care = care.replace(mode=CareMode.CALL)  # noqa: PLW2901
        rows.append(care)
    return problem.replace(care=tuple(rows))


def _opening(problem: Problem, change: kinds.Opening) -> Problem:
    wanted = {known("companies", key, problem.company) for key in change.companies} or set(problem.company)
    return with_companies(problem, wanted, lambda company: company.replace(opening=change.hours))


def _travel(problem: Problem, change: kinds.Travel) -> Problem:
    return problem.replace(policy=problem.policy.replace(travel_percent=change.percent))


def _learns(problem: Problem, change: kinds.Learns) -> Problem:
    wanted = {known("buddies", key, problem.buddy) for key in change.buddies}

    def taught(buddy: Buddy) -> Buddy:
        others = tuple(each for each in buddy.languages if each.language != change.language)
        learned = Spoken(language=change.language, level=change.level)
        return buddy.replace(languages=tuple(sorted((*others, learned), key=lambda each: each.language)))

    return with_buddies(problem, wanted, taught)


def _budget(problem: Problem, change: kinds.Budget) -> Problem:
    return problem.replace(policy=problem.policy.replace(budget_cents_per_year=change.cents_per_year))


def _policy(problem: Problem, change: kinds.PolicyChange) -> Problem:
    fields = dict(change.fields)
    if all(isinstance(each, str) for each in fields.get("objectives", [None])):
        present = {objective.name: objective for objective in problem.policy.objectives}
        for name in fields["objectives"]:
            known("objectives", name, [each.value for each in ObjectiveName])
        ordered = [
            present.get(name, Objective(name=name)) for name in map(ObjectiveName, fields["objectives"])
        ]
        fields["objectives"] = [each.model_dump(mode="json") for each in ordered]
    return problem.replace(policy=with_fields(problem.policy, fields))


_MAKERS: dict[str, Callable[[Problem, Any], Problem]] = {
    "add_buddies": _add_buddies,
    "remove_buddies": _remove_buddies,
    "change_buddies": _change_buddies,
    "add_companies": _add_companies,
    "remove_companies": _remove_companies,
    "change_companies": _change_companies,
    "absence": _absence,
    "host_leaves": _host_leaves,
    "contract_hours": _contract_hours,
    "care_need": _care_need,
    "call_share": _call_share,
    "opening": _opening,
    "travel": _travel,
    "learns": _learns,
    "budget": _budget,
    "policy": _policy,
}
