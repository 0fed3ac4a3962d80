"""Integer needs and weights of companies, and their current relations."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from fractions import Fraction
from math import lcm

from data.base.dates import days_of, parse_week, weeks_from
from data.model.calendar import Calendar
from data.model.covers import Covers
from data.model.policy import CoverageWeight
from data.model.problem import Care, Problem, SpecialistGroup
from data.model.relation import Relation
from data.model.vocabulary import CareMode, LanguageLevel, RelationRole

MOST_MONTHS = 12
"""Months of a relation beyond this do not increase its weight."""


def half_up(value: Fraction) -> int:
    """Round to the nearest integer, halves up."""
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)


def active_companies(problem: Problem) -> tuple[str, ...]:
    """Return the ids of the companies that are active on a day of the horizon, in order of `Problem.rank`."""
    return tuple(sorted(problem.active, key=problem.rank.__getitem__))


def care_min(care: Iterable[Care]) -> int:
    """Return the care minutes per four weeks, all modes: Σ times × minutes × 4 / every_weeks, halves up."""
    return half_up(_per_four_weeks((c.times * c.minutes, c.every_weeks) for c in care))


def visits(care: Iterable[Care]) -> Fraction:
    """Return the visits per four weeks; calls and videos are none."""
    return _per_four_weeks((c.times, c.every_weeks) for c in care if c.mode is CareMode.VISIT)


def _per_four_weeks(amounts: Iterable[tuple[int, int]]) -> Fraction:
    """Return the sum of amounts, each in so many weeks; one division is much faster than one an amount."""
    parts = tuple(amounts)
    weeks = lcm(*(every for _, every in parts))
    return Fraction(4 * sum(amount * (weeks // every) for amount, every in parts), weeks)


def coverage_weight(problem: Problem, company: str) -> int:
    """Return a company's weight in coverage: 1, its specialists, or its care minutes, as the policy says.

    At least 1: otherwise a company without specialists or care rows could be left out at no cost.
    """
    match problem.policy.coverage_weight:
        case CoverageWeight.COMPANIES:
            return 1
        case CoverageWeight.SPECIALISTS:
            return max(1, sum(group.count for group in problem.specialists_of[company]))
        case CoverageWeight.CARE_HOURS:
            return max(1, care_min(problem.busiest_care_of[company]))


def present_relations(problem: Problem, role: RelationRole) -> dict[str, list[Relation]]:
    """Return, by active company, the relations on the first day of the horizon, the latest begun first."""
    day = parse_week(problem.horizon.first_week)
    found: dict[str, list[Relation]] = {company: [] for company in active_companies(problem)}
    for relation in problem.relations:
        begun = relation.since is None or relation.since <= day
        lasting = relation.until is None or relation.until >= day
        if relation.role is role and relation.company in found and begun and lasting:
            found[relation.company].append(relation)
    for relations in found.values():
        relations.sort(key=lambda relation: (-(relation.since or date.min).toordinal(), relation.buddy))
    return found


def present_main(problem: Problem) -> dict[str, Relation]:
    """Return each company's current main relation; if there are several, the one begun last."""
    found = present_relations(problem, RelationRole.MAIN)
    return {company: relations[0] for company, relations in found.items() if relations}


def relation_weight(problem: Problem, relation: Relation) -> int:
    """Return 1 + the full months together on the first day of the horizon, at most 12 of them."""
    if relation.since is None:
        return 1
    day = parse_week(problem.horizon.first_week)
    months = 12 * (day.year - relation.since.year) + day.month - relation.since.month
    return 1 + min(MOST_MONTHS, months - (day.day < relation.since.day))


def absent_buddies(problem: Problem) -> frozenset[str]:
    """Return the buddies who do not work on any day of the horizon."""
    weeks = weeks_from(problem.horizon.first_week, problem.horizon.weeks)
    calendar, days = Calendar(problem), [day for week in weeks for day in days_of(week)]
    return frozenset(buddy.id for buddy in problem.buddies if calendar.absent_for(buddy.id, days))


def covered_relations(problem: Problem) -> frozenset[tuple[str, str]]:
    """Return the current main relations (buddy, company) that a colleague covers in the horizon.

    They last although the buddy is away for all of it.
    """
    weeks = weeks_from(problem.horizon.first_week, problem.horizon.weeks)
    covers, calendar = Covers(problem), Calendar(problem)
    found = set[tuple[str, str]]()
    for company, relation in present_main(problem).items():
        days = [day for week in weeks for day in days_of(week)] if covers.of(company) else []
        for day in days:
            visitor = covers.on(company, day)
            if visitor not in (None, relation.buddy) and calendar.shift(visitor, day):
                found.add((relation.buddy, company))
    return frozenset(found)


def spoken_at_level(problem: Problem, level: LanguageLevel) -> dict[str, frozenset[str]]:
    """Return, by buddy, the languages spoken at `level` or better."""
    return {
        buddy.id: frozenset(s.language for s in buddy.languages if s.level.rank >= level.rank)
        for buddy in problem.buddies
    }


def helper_languages(problem: Problem, unpaid: Collection[str] = ()) -> dict[str, frozenset[str]]:
    """Return, by active company, the languages that its current language helpers speak well enough.

    Buddies who are absent for the whole horizon, or `unpaid`, do not count.
    """
    spoken = spoken_at_level(problem, problem.policy.language_level)
    absent = absent_buddies(problem) | set(unpaid)
    return {
        company: frozenset(
            code for r in relations if r.buddy not in absent for code in spoken.get(r.buddy, ())
        )
        for company, relations in present_relations(problem, RelationRole.LANGUAGE).items()
    }


def unheard_groups(
    problem: Problem, buddy_of: Mapping[str, str], unpaid: Collection[str] = ()
) -> dict[str, tuple[SpecialistGroup, ...]]:
    """Return, by active company, the groups that share no language with main buddy or language helpers.

    `buddy_of` gives the main buddy of each company that has one. A group without known languages needs none.
    Buddies who are `unpaid` do not count.
    """
    spoken, found = spoken_at_level(problem, problem.policy.language_level), {}
    for company, helped in helper_languages(problem, unpaid).items():
        known = helped | (spoken[buddy_of[company]] if company in buddy_of else frozenset())
        groups = problem.specialists_of[company]
        found[company] = tuple(g for g in groups if g.languages and not known & set(g.languages))
    return found
