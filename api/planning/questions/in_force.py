"""Plans in force: as a question names them, and with their weeks where it is answered."""

from collections.abc import Sequence
from dataclasses import dataclass

from api.planning.replanning import published
from api.run.run import Run
from data.results.promise import Promise
from scheduling.replan.reopened_weeks import Published


@dataclass(frozen=True)
class InForce:
    """A published plan by its id, the weeks for which it is in force, and their promises."""

    plan: str
    weeks: tuple[str, ...]
    promises: tuple[Promise, ...]


@dataclass(frozen=True)
class PlanInForce:
    """A published plan, the weeks for which it is in force, and their promises."""

    published: Published
    weeks: tuple[str, ...]
    promises: tuple[Promise, ...]


def read_plans(named: Sequence[InForce], runs: Sequence[Run]) -> tuple[PlanInForce, ...]:
    """Return plans with their weeks; `runs` are theirs, in the same order."""
    return tuple(
        PlanInForce(published(run), each.weeks, each.promises) for each, run in zip(named, runs, strict=True)
    )
