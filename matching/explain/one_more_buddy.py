"""Where one more buddy helps most: places and profiles ranked by dual prices, the best of them solved."""

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from dataclasses import dataclass
from statistics import median_low

import numpy as np

from data.model.policy import ObjectiveName
from data.model.problem import Buddy, Problem
from data.model.vocabulary import Mandate, Spoken, WeekWindows
from data.results.explanation import Hire
from matching.eligibility.needs import coverage_weight, unheard_groups
from matching.eligibility.rules import mandate_broken
from matching.explain.resolve import Case, Question
from matching.levels.lexicographic import base_draft
from matching.levels.objectives import terms_of
from matching.levels.pairs import Pairs
from matching.program.highs import relax

NEW = "+1"
"""The id of the potential buddy."""
SECTIONS = 3
LANGUAGES = 3
"""Number of economic sections and of languages tried in a district: the most needed ones."""
MIDDLE = ("week_work_min", "max_days_per_week", "desk_work_min", "max_companies", "max_care_min")
"""Fields that a new buddy takes from the present ones: the median of each."""
USUAL: WeekWindows = (((480, 990),),) * 5 + ((),) * 2
"""The working week if there are no buddies yet: Monday to Friday, 08:00 to 16:30."""


@dataclass(frozen=True)
class Candidate:
    """A buddy who might be hired: the buddy, and the company at whose location the base is."""

    buddy: Buddy
    base_at: str


def where_one_more_helps(
    case: Case,
    most: int = 5,
    executor: Executor | None = None,
    progress: Callable[[float], None] = lambda share: None,
) -> tuple[Hire, ...]:
    """Return the best places for one more buddy, each solved, best first.

    Candidates are a district, languages and a sector; the base is at the most central company of the
    district. `most` of them, one per district, are solved again: those with the highest estimate, which is
    the companies' weights minus their dual prices in the relaxation of `unserved`, then the number of
    specialists whom nobody speaks to. `executor` solves them in parallel, with the same result. `progress`
    gets the share that is solved.
    """
    case = case.over(executor)
    pairs = case.pairs
    gain, want = _gains(pairs, case), _want(pairs, case)
    ranked = sorted(_candidates(pairs, case, gain, want), key=lambda each: each[0], reverse=True)
    best: dict[str, Candidate] = {}
    for _, candidate in ranked:
        if len(best) < most:
            best.setdefault(candidate.buddy.districts[0], candidate)
    asked = ((candidate, _question(case, candidate)) for candidate in best.values())
    hires = []
    for candidate, answer in list(asked) if executor else asked:
        case.go_on()
        hires.append(_hire(case, candidate, answer))
        progress(len(hires) / len(best))
    return tuple(sorted(hires, key=lambda hire: [amount.value for amount in hire.resolved.price]))


def _gains(pairs: Pairs, case: Case) -> dict[str, float]:
    """Return an upper bound on the gain of one more possible buddy per company, in units of `unserved`."""
    problem = case.problem
    weight = {key: problem.company[key].priority * coverage_weight(problem, key) for key in pairs.companies}
    cost = terms_of(ObjectiveName.UNSERVED, pairs).pair_cost
    duals = relax(base_draft(pairs).program(cost), case.options.limits).duals if len(cost) else None
    if duals is None:
        return {key: float(worth) * (key not in case.matching.buddy_of) for key, worth in weight.items()}
    settled = pairs.kept.keys() | pairs.pinned.keys()
    return {
        key: 0.0 if key in settled else max(0.0, weight[key] - abs(float(dual)))
        for key, dual in zip(pairs.companies, duals, strict=False)
    }


def _want(pairs: Pairs, case: Case) -> dict[str, Counter[str]]:
    """Return for each company the specialists whom nobody speaks to, by the languages that would help."""
    unheard, found = unheard_groups(case.problem, case.matching.buddy_of, pairs.absent), {}
    for key in pairs.companies:
        found[key] = Counter({code: 0 for group in unheard[key] for code in group.languages})
        for group in unheard[key]:
            found[key].update(dict.fromkeys(group.languages, group.count))
    return found


def _candidates(
    pairs: Pairs, case: Case, gain: dict[str, float], want: dict[str, Counter[str]]
) -> Iterator[tuple[tuple[float, int], Candidate]]:
    """Yield candidates with their estimate: weight first, then specialists spoken to."""
    problem, travel = case.problem, case.times
    asked = {key: _asked_languages(problem, key) for key in pairs.companies}
    at = np.array([travel.node[key] for key in pairs.companies], dtype=np.int64)
    for district in sorted({problem.company[key].district for key in pairs.companies} - {""}):
        inside = [key for key in pairs.companies if problem.company[key].district == district]
        nodes = [travel.node[key] for key in inside]
        central = inside[int(travel.travel_min[np.ix_(nodes, nodes)].sum(axis=1).argmin())]
        within_reach = travel.travel_min[travel.node[central], at] <= problem.policy.max_one_way_min
        near = [pairs.companies[column] for column in np.flatnonzero(within_reach)]
        for sectors in ((), *(((section,)) for section in _sections(problem, near, gain))):
            buddy = _typical(problem, central, district, sectors, _languages(inside, want))
            speaks = {spoken.language for spoken in buddy.languages}
            heard = [key for key in near if not asked[key] or asked[key] & speaks]
            within = [key for key in heard if mandate_broken(buddy, problem.company[key]) is None]
            best = sorted(within, key=lambda key: (-gain[key], -max(want[key].values(), default=0)))
            taken = best[: buddy.max_companies]
            spoken_to = sum(count for key in taken for code, count in want[key].items() if code in speaks)
            yield (sum(gain[key] for key in taken), spoken_to), Candidate(buddy, central)


def _asked_languages(problem: Problem, key: str) -> frozenset[str]:
    """Return the languages of which a buddy of the company must speak one; none: any buddy will do."""
    if not problem.policy.language_required:
        return frozenset()
    return frozenset(code for group in problem.specialists_of[key] for code in group.languages)


def _sections(problem: Problem, near: list[str], gain: dict[str, float]) -> list[str]:
    """Return the economic sections whose companies promise the largest gain."""
    total: dict[str, float] = {}
    for key in near:
        section = problem.company[key].sector[:1]
        total[section] = total.get(section, 0.0) + gain[key]
    found = [section for section, worth in total.items() if section and worth]
    return sorted(found, key=lambda section: (-total[section], section))[:SECTIONS]


def _languages(inside: list[str], want: dict[str, Counter[str]]) -> tuple[str, ...]:
    total = Counter[str]()
    for key in inside:
        total.update(want[key])
    most = sorted((code for code in total if total[code]), key=lambda code: (-total[code], code))
    return tuple(sorted(most[:LANGUAGES]))


def _typical(
    problem: Problem, at: str, district: str, sectors: tuple[str, ...], languages: tuple[str, ...]
) -> Buddy:
    """Return a buddy with the median contract and limits of the present ones."""
    known = problem.buddies
    shifts = Counter(buddy.shifts for buddy in known).most_common(1)
    middle = {name: median_low(getattr(b, name) for b in known) for name in MIDDLE} if known else {}
    level = problem.policy.language_level
    return Buddy(
        id=NEW,
        base=problem.company[at].point,
        mandate=Mandate.EITHER,
        districts=(district,),
        sectors=sectors,
        languages=tuple(Spoken(language=code, level=level) for code in languages),
        shifts=shifts[0][0] if shifts else USUAL,
        **middle,
    )


def _question(case: Case, candidate: Candidate) -> Question:
    """Have everything solved again with the candidate."""
    buddy = candidate.buddy
    problem = case.problem.replace(buddies=(*case.problem.buddies, buddy))
    return case.ask(problem, case.times.with_copy(buddy.id, candidate.base_at))


def _hire(case: Case, candidate: Candidate, asked: Question) -> Hire:
    buddy = candidate.buddy
    return Hire(
        district=buddy.districts[0],
        sectors=buddy.sectors,
        languages=tuple(spoken.language for spoken in buddy.languages),
        base_at=candidate.base_at,
        resolved=case.resolved(asked.after),
    )
