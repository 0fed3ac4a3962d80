"""The parts of an outcome: the same figures by district, sector, host and language."""

from collections import Counter, defaultdict
from collections.abc import Callable

from api.run.figures import shared_languages
from api.run.planned_days import planned_days
from api.run.run import Run
from api.studies.outcome.outcome import Part
from matching.eligibility.needs import active_companies, coverage_weight


def parts_of(run: Run) -> dict[str, tuple[Part, ...]]:
    """Return the parts by district, sector (the section of its code), host and language, by key.

    A company counts for the part that it lies in or belongs to; alternative languages are one key, as
    `ru/uk`.
    """
    rows = _companies(run)
    companies = run.problem.company
    keyed: dict[str, Callable[[str], str]] = {
        "district": lambda key: companies[key].district,
        "sector": lambda key: companies[key].sector[:1],
        "host": lambda key: companies[key].host,
    }
    return {name: _summed(rows, key) for name, key in keyed.items()} | {"language": _languages(run)}


def _companies(run: Run) -> dict[str, Counter[str]]:
    """Return each active company's contribution to its part."""
    problem, matching = run.problem, run.matching
    assert matching is not None
    shared = shared_languages(problem, matching)
    visits = Counter(leg.stop.place for day in planned_days(run) for leg in day.legs if not leg.appointment)
    unplanned = Counter(each.company for own in run.weeks for plan in own.weeks for each in plan.unplanned)
    pairs = {pair.company: pair for pair in matching.pairs}
    rows = {}
    for key in active_companies(problem):
        groups, pair, weight = problem.specialists_of[key], pairs.get(key), coverage_weight(problem, key)
        rows[key] = Counter(
            companies=1,
            served=int(pair is not None),
            coverage=weight if pair else 0,
            whole=weight,
            specialists=sum(group.count for group in groups),
            spoken_to=sum(group.count for group in groups if shared[key] & set(group.languages)),
            care_min=pair.care_min if pair else 0,
            expected_travel_min=pair.travel_min if pair else 0,
            visits=visits[key],
            unplanned=unplanned[key],
        )
    return rows


def _summed(rows: dict[str, Counter[str]], key_of: Callable[[str], str]) -> tuple[Part, ...]:
    sums: dict[str, Counter[str]] = defaultdict(Counter)
    for company, row in rows.items():
        sums[key_of(company)].update(row)
    return tuple(Part(key=key, **sums[key]) for key in sorted(sums))


def _languages(run: Run) -> tuple[Part, ...]:
    assert run.matching is not None
    shared = shared_languages(run.problem, run.matching)
    sums: dict[str, Counter[str]] = defaultdict(Counter)
    for company in active_companies(run.problem):
        for group in run.problem.specialists_of[company]:
            spoken = group.count if shared[company] & set(group.languages) else 0
            row = Counter(specialists=group.count, spoken_to=spoken)
            sums["/".join(sorted(group.languages))].update(row)
    return tuple(Part(key=key, **sums[key]) for key in sorted(sums))
