"""Plans under stress: what illness, arrivals and cancellations do to the plan of each scenario."""

import pickle
import zlib
from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import lru_cache, partial
from importlib.metadata import version
from itertools import combinations
from pathlib import Path
from typing import Any

from api.planning.engines import Progress
from api.planning.replanning import check_planned
from api.run.run import Run
from api.studies.batch.batch import Part, open_batch, result_of, run_batch
from api.studies.outcome.run_scenario import RefusedOutcome, WrongScenario
from api.studies.outcome.scenario_files import Stack
from api.studies.outcome.some_weeks import planned_some, with_horizon
from api.studies.stress.draw_outcome import DrawOutcome
from api.studies.stress.figures import PairedDifference, differences, spreads
from api.studies.stress.rates import Arrivals, Cancellations, Illness, Rates
from api.studies.stress.replay import Stressed, outcome_of_draw
from api.studies.stress.result import AS_IT_IS, OfScenario, Stress
from data.base.entity import content_hash
from data.base.errors import BuddyplanError
from data.base.message import message
from data.base.stored_message import StoredMessage
from data.model.identity import Identities
from data.model.problem import Problem
from data.reference.sources import Sources
from data.results.matched_relations import with_relations
from data.results.solution import Matching
from data.scenario.apply import applied
from data.travel.provider import times_of
from matching.judge.matching import check_matching
from matching.solve import match

CALM = Rates(
    illness=Illness(rate_per_week=0),
    arrivals=Arrivals(rate_per_week=0),
    cancellations=Cancellations(rate_per_visit=0),
)
"""Nothing happens."""
USUAL = Rates()


@dataclass(frozen=True)
class StressOptions:
    """How many draws of which seed, for which ISO weeks, at which rates."""

    weeks: tuple[str, ...]
    draws: int = 100
    seed: int = 1
    rates: Rates = USUAL

    def __post_init__(self) -> None:
        if self.draws < 1 or not self.weeks:
            raise BuddyplanError(message("stress_needs_draws"))


def stress(
    folder: Path,
    problem: Problem,
    sources: Sources,
    stacks: Sequence[Stack],
    base: Matching | None,
    options: StressOptions,
    executor: Executor | None,
    progress: Progress,
) -> Stress:
    """Draw, replan and count, for the programme as it is and each stack of scenarios.

    Draws already in the folder are reused, so that adding draws is quick. Raises `WrongScenario`,
    `RefusedOutcome`, and what the engines and `api.studies.batch.batch.run_batch` raise.
    """
    runs = [
        _planned(problem, sources, stack, base, options, executor, partial(_named, progress, stack))
        for stack in ((), *stacks)
    ]
    names = ["", *(stack[-1].name for stack in stacks)]
    parts = [_parts(run, name, options) for run, name in zip(runs, names, strict=True)]
    shared = content_hash([options.rates.model_dump(mode="json"), version("buddyplan")])
    open_batch(folder, "stress", shared, [part for own in parts for part in own])
    found, failed = [], dict[str, StoredMessage]()
    for name, run, own in zip(names, runs, parts, strict=True):
        work = partial(draw_outcome, packed(Stressed(run, options.rates, options.seed)))
        told = partial(_share, progress, f"draws {name}".strip()[:20])
        done = run_batch(folder, own, work, executor, told)
        called = {part.key: part.name for part in own}
        failed |= {called[key]: reason for key, reason in done.failed.items()}
        outcomes = [result_of(file, DrawOutcome) for file in done.files.values()]
        found.append(_of_scenario(name, run, outcomes))
    return Stress(
        seed=options.seed,
        draws=options.draws,
        weeks=options.weeks,
        rates=options.rates,
        scenarios=tuple(found),
        differences=tuple(each for a, b in combinations(found, 2) for each in _pair(a, b)),
        failed=failed,
    )


def packed(stressed: Stressed) -> bytes:
    """Return what all draws of a scenario share, small enough to send with each of them."""
    return zlib.compress(pickle.dumps(stressed), 1)


def draw_outcome(shared: bytes, given: dict[str, Any]) -> DrawOutcome:
    """Simulate the given draw; the work function of a batch."""
    return outcome_of_draw(_unpacked(shared), int(given["draw"]))


@lru_cache(maxsize=1)
def _unpacked(shared: bytes) -> Stressed:
    found = pickle.loads(zlib.decompress(shared))
    assert isinstance(found, Stressed)
    return found


def _planned(
    problem: Problem,
    sources: Sources,
    stack: Stack,
    base: Matching | None,
    options: StressOptions,
    executor: Executor | None,
    progress: Progress,
) -> Run:
    """Return the plan of a scenario, which starts from the matching of the programme as it is."""
    progress("match", 0.0)
    asked = with_horizon(problem, options.weeks)
    times = times_of(asked, sources.travel)
    matching = base or match(asked, times)
    due = with_relations(asked, matching)
    if stack or matching.problem_hash != asked.hash:
        changed = applied(due, stack)
        if changed.problem is None:
            raise WrongScenario(changed.findings)
        asked = due = changed.problem
        times = times_of(asked, sources.travel)
        matching = match(asked, times)
    # Due contacts depend on relations, so the programme as it is has those that scenarios start from.
    run = Run(due, Identities(), times, sources, matching.replace(problem_hash=due.hash))
    made = planned_some(run, options.weeks, 0, executor, progress)
    if broken := check_matching(asked, times, matching) + check_planned(made, complete=False):
        raise RefusedOutcome(message("stress_plan_breaks_rules", count=len(broken), first=broken[0].told))
    return made


def _parts(run: Run, name: str, options: StressOptions) -> list[Part]:
    assert run.matching is not None
    plan = content_hash([own.model_dump(mode="json") for own in run.weeks])
    given = {"problem": run.problem.hash, "matching": run.matching.hash, "plan": plan, "seed": options.seed}
    return [
        Part(name=f"{name or AS_IT_IS}, draw {draw}", given={**given, "draw": draw})
        for draw in range(options.draws)
    ]


def _of_scenario(name: str, run: Run, outcomes: list[DrawOutcome]) -> OfScenario:
    if not outcomes:
        raise BuddyplanError(message("no_draw_planned", scenario=name or AS_IT_IS))
    draws = sorted(outcomes, key=lambda each: each.draw)
    calm = outcome_of_draw(Stressed(run, CALM, 0), 0)
    return OfScenario(
        name=name, problem_hash=run.problem.hash, plan=calm, draws=tuple(draws), spreads=spreads(draws)
    )


def _named(progress: Progress, stack: Stack, stage: str, share: float) -> None:
    progress(f"{stage} {stack[-1].name if stack else ''}".strip()[:20], share)


def _share(progress: Progress, stage: str, done: int, of: int) -> None:
    progress(stage, done / max(1, of))


def _pair(a: OfScenario, b: OfScenario) -> tuple[PairedDifference, ...]:
    """Compare two scenarios in the draws that both have."""
    both = {draw.draw for draw in a.draws} & {draw.draw for draw in b.draws}
    if not both:
        return ()
    before, after = ([draw for draw in each.draws if draw.draw in both] for each in (a, b))
    return differences(a.name, before, b.name, after)
