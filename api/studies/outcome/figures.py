"""The figures of an outcome, counted from a run, each with the bound proved by a level of its matching."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from api.run.aggregated.aggregates import aggregates_of_scenario
from api.run.figures import Figures, figures
from api.run.run import Run
from api.studies.outcome.outcome import Better, Figure, FigureName, Load, Move, ScenarioOutcome
from api.studies.outcome.parts import parts_of
from data.base.dates import parse_week
from data.base.entity import content_hash
from data.base.status import ReasonCode
from data.model.cost import FULL_TIME_WEEK_MIN, yearly_cents
from data.model.policy import ObjectiveName
from data.model.problem import Buddy, Problem
from data.results.solution import Level, Matching
from data.scenario.kinds import Scenario
from data.scenario.singled_out import singled_out
from matching.eligibility.needs import absent_buddies, active_companies, coverage_weight
from matching.eligibility.rules import unfunded_buddies


def counted(run: Run, problem: Problem, scenarios: Sequence[Scenario], base: Matching) -> ScenarioOutcome:
    """Return the outcome of a judged run that `scenarios` made of `problem`, compared with `base`."""
    matching = run.matching
    assert matching is not None
    moves = moves_of(base, matching, set(active_companies(run.problem)))
    is_base = matching.hash == base.hash
    parts, absent = parts_of(run), absent_buddies(run.problem)
    positions_min = sum(buddy.week_work_min for buddy in _paid(run.problem, matching))
    return ScenarioOutcome(
        scenarios=tuple(each.name for each in scenarios),
        scenario_hash=content_hash([each.hash for each in scenarios]),
        problem_hash=problem.hash,
        base_hash=base.hash,
        matching_hash=matching.hash,
        weeks=tuple(sorted({plan.week for own in run.weeks for plan in own.weeks})),
        unit=run.problem.policy.coverage_weight,
        buddies=len(run.problem.buddies),
        full_positions_percent=100 * positions_min // FULL_TIME_WEEK_MIN,
        levels=matching.levels,
        figures=tuple(_figures(run, matching, moves, is_base)),
        districts=parts["district"],
        sectors=parts["sector"],
        languages=parts["language"],
        hosts=parts["host"],
        loads=tuple(
            Load(
                buddy=each.buddy,
                companies=each.companies,
                care_min=each.care_min,
                max_care_min=each.max_care_min,
                absent=each.buddy in absent,
            )
            for each in figures(run).buddies
        ),
        moves=moves,
        shared=aggregates_of_scenario(run, problem, singled_out(problem, scenarios)),
    )


def moves_of(base: Matching, after: Matching, active: set[str]) -> tuple[Move, ...]:
    """Return the active companies whose main buddy differs from that in the base, by id."""
    companies = sorted((base.buddy_of.keys() | after.buddy_of.keys()) & active)
    pairs = [(key, base.buddy_of.get(key), after.buddy_of.get(key)) for key in companies]
    return tuple(Move(company=key, before=old, after=new) for key, old, new in pairs if old != new)


def most_weight(
    total: int, least_unserved: int, rows: Sequence[tuple[int, int]], hopeless: Sequence[tuple[int, int]]
) -> int:
    """Return an upper bound on the weight served, given that the unserved weigh at least `least_unserved`.

    A row is a company's (weight on the level, weight here); the `hopeless` are unserved in any case. The
    weight missing to the bound is taken from the companies with the lowest cost here, the last one in part:
    no choice costs less.
    """
    missing = least_unserved - sum(level for level, _ in hopeless)
    lost, taken = sum(here for _, here in hopeless), 0
    for level, here in sorted(rows, key=lambda row: (row[1] / row[0], row)):
        if missing <= 0:
            break
        part = min(level, missing)
        taken += -(-here * part // level)
        missing -= part
    return total - lost - taken


def _figures(run: Run, matching: Matching, moves: Sequence[Move], is_base: bool) -> Iterable[Figure]:
    made = figures(run)
    yield from _served(run, matching, made)
    yield from _moved(matching, moves, is_base)
    yield from _loads(run, matching, made)
    if run.weeks:
        yield from _weeks(run, made)
    yield from _costs(run, matching)


def _level(matching: Matching, name: ObjectiveName) -> tuple[int | None, Level | None]:
    for at, level in enumerate(matching.levels):
        if level.name is name:
            return at, level
    return None, None


def _served(run: Run, matching: Matching, made: Figures) -> Iterable[Figure]:
    """Yield coverage and who is served. `unserved` weighs by priority too, so its bound is converted."""
    problem, more = run.problem, Better.MORE
    at, level = _level(matching, ObjectiveName.UNSERVED)
    hopeless = {
        each.company
        for each in matching.unassigned
        if each.reason.code is ReasonCode.NO_ELIGIBLE_BUDDY and level is not None
    }
    weight = {key: coverage_weight(problem, key) for key in active_companies(problem)}
    priority = {key: problem.company[key].priority for key in weight}

    def bound(of: dict[str, int]) -> int | None:
        rows = {key: (priority[key] * weight[key], held) for key, held in of.items()}
        can = [row for key, row in rows.items() if key not in hopeless]
        lost = [row for key, row in rows.items() if key in hopeless]
        return most_weight(sum(of.values()), level.bound, can, lost) if level else None

    coverage, ones = made.coverage, dict.fromkeys(weight, 1)
    yield Figure(
        name=FigureName.COVERAGE, value=coverage.served, whole=coverage.whole, better=more,
        bound=bound(weight), level=at,
    )  # fmt: skip
    yield Figure(
        name=FigureName.SERVED, value=made.served, whole=made.companies, better=more,
        bound=bound(ones), level=at,
    )  # fmt: skip
    yield from _of_level(FigureName.UNSERVED_WEIGHT, matching, ObjectiveName.UNSERVED)
    yield Figure(name=FigureName.SPECIALISTS, value=made.specialists, better=Better.NEITHER)
    served = _specialists_served(problem, matching)
    yield Figure(name=FigureName.SPECIALISTS_SERVED, value=served, whole=made.specialists, better=more)
    at, level = _level(matching, ObjectiveName.WITHOUT_LANGUAGE)
    groups = [group for key in weight for group in problem.specialists_of[key] if group.languages]
    yield Figure(
        name=FigureName.SPOKEN_TO,
        value=made.spoken_to,
        whole=made.specialists,
        better=more,
        bound=None if level is None else sum(group.count for group in groups) - level.bound,
        level=at,
    )


def _moved(matching: Matching, moves: Sequence[Move], is_base: bool) -> Iterable[Figure]:
    """Yield changed pairs. The base breaks none of its own relations; its level counts those before it."""
    moved = sum(move.before is not None and move.after is not None for move in moves)
    left = sum(move.after is None for move in moves)
    yield Figure(name=FigureName.MOVED, value=moved, better=Better.LESS)
    yield Figure(name=FigureName.LEFT, value=left, better=Better.LESS)
    if is_base:
        yield Figure(name=FigureName.BROKEN_WEIGHT, value=0, better=Better.LESS)
        return
    yield from _of_level(FigureName.BROKEN_WEIGHT, matching, ObjectiveName.BROKEN_RELATIONS)


def _loads(run: Run, matching: Matching, made: Figures) -> Iterable[Figure]:
    travel = _of_level(FigureName.EXPECTED_TRAVEL_MIN, matching, ObjectiveName.TRAVEL_MIN)
    unproved = Figure(name=FigureName.EXPECTED_TRAVEL_MIN, value=made.expected_travel_min, better=Better.LESS)
    yield from travel or (unproved,)
    care = sum(pair.care_min for pair in matching.pairs)
    yield Figure(name=FigureName.CARE_MIN, value=care, better=Better.MORE)
    yield from _of_level(FigureName.IMBALANCE_MIN, matching, ObjectiveName.IMBALANCE)
    absent = absent_buddies(run.problem)
    loads = sorted(each.care_min for each in made.buddies if each.buddy not in absent) or [0]
    for name, at in (
        (FigureName.CASELOAD_LEAST_MIN, 0),
        (FigureName.CASELOAD_MIDDLE_MIN, (len(loads) - 1) // 2),
        (FigureName.CASELOAD_MOST_MIN, -1),
    ):
        yield Figure(name=name, value=loads[at], better=Better.NEITHER)


def _of_level(name: FigureName, matching: Matching, objective: ObjectiveName) -> tuple[Figure, ...]:
    at, level = _level(matching, objective)
    if level is None:
        return ()
    return (Figure(name=name, value=level.final, better=Better.LESS, bound=level.bound, level=at),)


def _weeks(run: Run, made: Figures) -> Iterable[Figure]:
    """Yield what was planned; `late` contacts are in or after the planned weeks, beyond rhythm and drift."""
    plans = [plan for own in run.weeks for plan in own.weeks]
    contacts = [each for own in run.weeks if own.cadence for each in own.cadence.contacts]
    first = min(plan.week for plan in plans)
    late = sum(each.overdue_days > 0 for each in contacts if each.week >= first)
    yield Figure(name=FigureName.VISITS, value=made.weeks.visits, better=Better.MORE)
    yield Figure(name=FigureName.UNPLANNED, value=made.weeks.unplanned, better=Better.LESS)
    yield Figure(name=FigureName.LATE, value=late, better=Better.LESS)
    yield Figure(name=FigureName.ROUTED_TRAVEL_MIN, value=made.weeks.travel_min, better=Better.LESS)
    yield Figure(name=FigureName.ROUTED_TRAVEL_CENTS, value=made.weeks.travel_cents, better=Better.LESS)
    yield Figure(
        name=FigureName.WEEK_COST,
        value=sum(plan.objective for plan in plans),
        bound=sum(plan.bound for plan in plans),
        better=Better.LESS,
    )


def _costs(run: Run, matching: Matching) -> Iterable[Figure]:
    """Yield the cost of full positions, without kilometres, in total and per specialist served."""
    cents = sum(yearly_cents(buddy, run.problem.policy) for buddy in _paid(run.problem, matching))
    yield Figure(name=FigureName.COST_CENTS, value=cents, better=Better.LESS)
    served = _specialists_served(run.problem, matching)
    if served:
        each = (2 * cents + served) // (2 * served)
        yield Figure(name=FigureName.COST_PER_SPECIALIST_CENTS, value=each, better=Better.LESS)


def _specialists_served(problem: Problem, matching: Matching) -> int:
    return sum(group.count for pair in matching.pairs for group in problem.specialists_of[pair.company])


def _paid(problem: Problem, matching: Matching) -> list[Buddy]:
    """Return all buddies employed at some time in the horizon whom the budget, if there is one, pays for."""
    horizon = problem.horizon
    first = parse_week(horizon.first_week)
    last = first + timedelta(weeks=horizon.weeks, days=-1)

    def employed(buddy: Buddy) -> bool:
        begun = buddy.employed_from is None or buddy.employed_from <= last
        return begun and (buddy.employed_to is None or buddy.employed_to >= first)

    unpaid = unfunded_buddies(problem, matching.funded)
    return [buddy for buddy in problem.buddies if employed(buddy) and buddy.id not in unpaid]
