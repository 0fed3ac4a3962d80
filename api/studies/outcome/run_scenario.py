"""Runs a scenario: the base as it is today, with the changes applied, matched, planned and counted.

The question is who changes compared with today, so the scenario starts from the base matching: its pairs are
the present relations. If the policy's `rematch` is off, they stay as far as they are still possible, and only
open companies are assigned; if it is on, they may change where an earlier level improves.
"""

from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from typing import ClassVar

from api.planning.engines import Progress
from api.planning.replanning import check_planned
from api.run.run import Run
from api.studies.outcome.figures import counted
from api.studies.outcome.outcome import ScenarioOutcome
from api.studies.outcome.some_weeks import planned_some, with_horizon
from data.base.dates import weeks_from
from data.base.errors import BuddyplanError
from data.base.message import message
from data.model.findings import Finding, Severity, finding_message
from data.model.identity import Identities
from data.model.problem import Problem
from data.reference.sources import Sources
from data.results.matched_relations import with_relations
from data.results.solution import Matching
from data.scenario.apply import applied
from data.scenario.kinds import Scenario
from data.scenario.people import Absence
from data.travel.provider import times_of
from matching.judge.matching import check_matching
from matching.solve import MatchOptions, match


class WrongScenario(BuddyplanError):
    """A scenario that cannot be applied; `findings` hold all its errors."""

    kind: ClassVar[str] = "wrong_scenario"

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__(message("scenario_findings", findings=tuple(map(finding_message, self.findings))))

    def __reduce__(self) -> tuple[type["WrongScenario"], tuple[tuple[Finding, ...]]]:
        """Pickle an error with its findings, so that it passes between processes."""
        return type(self), (self.findings,)


class RefusedOutcome(BuddyplanError):
    """The judge rejects a result; it is not shown."""

    exit_status = 4


@dataclass(frozen=True)
class StudyOptions:
    """Which ISO weeks to plan (none: match only), and the seed. Nothing depends on a clock."""

    weeks: tuple[str, ...] = ()
    seed: int = 0


def outcome_of(
    problem: Problem,
    sources: Sources,
    scenarios: Sequence[Scenario],
    options: StudyOptions,
    base: Matching | None = None,
    executor: Executor | None = None,
    progress: Progress = lambda stage, share: None,
) -> ScenarioOutcome:
    """Apply a stack of scenarios (none: the base itself), match, plan, judge and count.

    `base` is a matching of `problem` that is in force; without one the problem is matched first. All but
    `executor`, which plans weeks in parallel, and `progress` can be pickled; neither changes a figure. Raises
    `WrongScenario` with every finding, `matching.levels.lexicographic.NotSolvable`, `RefusedOutcome`, and
    `BuddyplanError` for weeks before the problem's first.
    """
    found = applied(problem, scenarios)
    if found.problem is None:
        raise WrongScenario([each for each in found.findings if each.severity is Severity.ERROR])
    changed, how = with_horizon(problem, options.weeks), MatchOptions(seed=options.seed)
    times = times_of(changed, sources.travel)
    progress("match", 0.0)
    start = base or match(changed, times, how)
    matching, due = start, with_relations(changed, start)
    if scenarios or start.problem_hash != changed.hash:
        made = applied(due, scenarios).problem
        assert made is not None, "what fits a problem fits it with other weeks and relations"
        changed, due, times = made, made, times_of(made, sources.travel)
        matching = match(changed, times, how)
    progress("match", 1.0)
    broken, run = (
        check_matching(changed, times, matching),
        Run(changed, Identities(), times, sources, matching),
    )
    if options.weeks:
        # Due visits depend on relations, so the base is planned with the relations that scenarios start from.
        on_due = Run(due, Identities(), times, sources, matching.replace(problem_hash=due.hash))
        planned = planned_some(on_due, options.weeks, options.seed, executor, progress)
        broken += check_planned(planned, complete=False)
        run = replace(run, weeks=planned.weeks)
    if broken:
        raise RefusedOutcome(message("outcome_breaks_rules", count=len(broken), first=broken[0].told))
    return counted(run, problem, scenarios, start)


def weeks_named(scenarios: Sequence[Scenario]) -> tuple[str, ...]:
    """Return the ISO weeks named in the absences of the scenarios, sorted and without duplicates."""
    absences = [change for each in scenarios for change in each.changes if isinstance(change, Absence)]
    return tuple(sorted({week for each in absences for week in weeks_from(each.first_week, each.weeks)}))
