"""One run of the programme: input and results together."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from data.base.dates import parse_week
from data.model.identity import Identities
from data.model.problem import Problem
from data.reference.sources import Sources
from data.results.explanation import Explanations
from data.results.refinement import Refinement
from data.results.replanning import Replanning
from data.results.solution import BuddyWeeks, Matching
from data.travel.provider import Times


@dataclass(frozen=True)
class Run:
    """A problem with its travel times and sources and, as far as the run went, its matching and weeks.

    `refinement` holds what refinement changed, if the matching was refined; `explanations` what was solved
    again to explain it. `replannings` led from the first plan to these `weeks`, the oldest first. `seconds`
    holds each stage's time by name and never enters a file that is hashed. `told_at` is the moment from which
    a stored plan is told as it is; None for a run of files.
    """

    problem: Problem
    identities: Identities
    times: Times
    sources: Sources
    matching: Matching | None = None
    refinement: Refinement | None = None
    weeks: tuple[BuddyWeeks, ...] = ()
    seconds: dict[str, float] = field(default_factory=dict)
    explanations: Explanations | None = None
    replannings: tuple[Replanning, ...] = ()
    told_at: datetime | None = None

    @property
    def publish_by(self) -> date:
        """The day by which the first week has to be published."""
        first = parse_week(self.problem.horizon.first_week)
        return first - timedelta(days=self.problem.policy.publish_days_ahead)


def of_weeks(run: Run, weeks: Collection[str]) -> Run:
    """Return a run with some of its weeks alone: a re-planning may be about fewer than the plan before."""
    kept = tuple(
        own.replace(weeks=tuple(each for each in own.weeks if each.week in weeks)) for own in run.weeks
    )
    return replace(run, weeks=kept)
