"""Plans under stress: what illness, arrivals and cancellations make of the plan of each scenario."""

import pickle
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from importlib.metadata import version
from itertools import combinations
from pathlib import Path
from typing import Any

from api.engines import Means, matched, planned
from api.run import Run
from api.studies.batch import Part, open_batch, result_of, run_batch
from api.studies.executors import Where
from api.studies.stress_figures import Difference, Spread, differences, spreads
from api.studies.stress_rates import Arrivals, Cancellations, Illness, Rates
from api.studies.stress_replay import DrawOutcome, Stressed, outcome_of_draw
from data.entity import Entity, content_hash
from data.errors import BuddyplanError
from data.identity import Identities
from data.problem import Problem
from data.travel.estimate import Estimate
from data.travel.provider import times_of

CALM = Rates(
    illness=Illness(rate_per_week=0),
    arrivals=Arrivals(rate_per_week=0),
    cancellations=Cancellations(rate_per_visit=0),
)
"""Nothing happens."""


@dataclass(frozen=True)
class StressOptions:
    """How many draws of which seed, over how many weeks of the plan, at which rates."""

    draws: int = 100
    seed: int = 1
    weeks: int = 4
    rates: Rates = Rates()

    def __post_init__(self) -> None:
        if self.draws < 1:
            raise BuddyplanError(f"draws must be at least 1, not {self.draws}")


class Case(Entity):
    """A scenario by its name (empty: the programme as it is) with its problem."""

    name: str
    problem: Problem


class OfScenario(Entity):
    """One scenario: its plan if nothing happened, and what the draws made of it."""

    name: str
    problem_hash: str
    plan: DrawOutcome
    draws: tuple[DrawOutcome, ...]
    spreads: tuple[Spread, ...]


class Stress(Entity):
    """All scenarios under the same draws; `failed` names draws that could not be planned, with the reason."""

    seed: int
    draws: int
    weeks: int
    rates: Rates
    scenarios: tuple[OfScenario, ...]
    differences: tuple[Difference, ...]
    failed: dict[str, str]

    @property
    def faults(self) -> list[str]:
        """What the judge found in any draw."""
        return [
            f"{each.name or 'as it is'}, draw {draw.draw}: {fault}"
            for each in self.scenarios
            for draw in each.draws
            for fault in draw.faults
        ]


def stress(folder: Path, cases: Sequence[Case], options: StressOptions, where: Where, means: Means) -> Stress:
    """Draw, plan again and count; draws that the folder has already are not repeated.

    Raises what `api.studies.batch.run_batch` and the engines raise.
    """
    with where.executor() as executor:
        runs = [_planned(case, options.weeks, means) for case in cases]
        parts = [_parts(run, case.name, options) for run, case in zip(runs, cases, strict=True)]
        shared = content_hash([options.rates.model_dump(mode="json"), options.weeks, version("buddyplan")])
        open_batch(folder, "stress", shared, [part for own in parts for part in own])
        found, failed = [], dict[str, str]()
        for case, run, own in zip(cases, runs, parts, strict=True):
            stressed = Stressed(run, options.rates, options.seed, options.weeks)
            with means.stages.timed(f"draws {case.name}".strip()) as told:
                work = partial(draw_outcome, packed(stressed))
                done = run_batch(folder, own, work, executor, lambda done, of: told(done / of))
            names = {part.key: part.name for part in own}
            failed |= {names[key]: reason for key, reason in done.failed.items()}
            outcomes = [result_of(file, DrawOutcome) for file in done.files.values()]
            calm = outcome_of_draw(Stressed(run, CALM, options.seed, options.weeks), 0)
            found.append(_of_scenario(case, calm, outcomes))
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
    """Return what all draws of a scenario share, small enough to be sent with each of them."""
    return zlib.compress(pickle.dumps(stressed), 1)


def draw_outcome(shared: bytes, given: dict[str, Any]) -> DrawOutcome:
    """Live through the draw that is given; the work of a batch."""
    return outcome_of_draw(_unpacked(shared), int(given["draw"]))


@lru_cache(maxsize=1)
def _unpacked(shared: bytes) -> Stressed:
    found = pickle.loads(zlib.decompress(shared))
    assert isinstance(found, Stressed)
    return found


def _planned(case: Case, weeks: int, means: Means) -> Run:
    times = times_of(case.problem, Estimate.shipped())
    matching = matched(case.problem, times, means, Identities().name)
    return planned(Run(case.problem, Identities(), times, matching), weeks, means)


def _parts(run: Run, name: str, options: StressOptions) -> list[Part]:
    assert run.matching is not None
    plan = content_hash([own.model_dump(mode="json") for own in run.weeks])
    given = {"problem": run.problem.hash, "matching": run.matching.hash, "plan": plan, "seed": options.seed}
    return [
        Part(name=f"{name or 'as it is'}, draw {draw}", given={**given, "draw": draw})
        for draw in range(options.draws)
    ]


def _of_scenario(case: Case, calm: DrawOutcome, outcomes: list[DrawOutcome]) -> OfScenario:
    if not outcomes:
        raise BuddyplanError(f"{case.name or 'as it is'}: no draw could be planned again")
    draws = sorted(outcomes, key=lambda each: each.draw)
    return OfScenario(
        name=case.name,
        problem_hash=case.problem.hash,
        plan=calm,
        draws=tuple(draws),
        spreads=spreads(draws),
    )


def _pair(a: OfScenario, b: OfScenario) -> tuple[Difference, ...]:
    """Compare two scenarios in the draws that both have."""
    both = {draw.draw for draw in a.draws} & {draw.draw for draw in b.draws}
    if not both:
        return ()
    before, after = ([draw for draw in each.draws if draw.draw in both] for each in (a, b))
    return differences(a.name, before, b.name, after)
