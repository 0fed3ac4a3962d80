"""A job's work: from ids in the store to a judged result, and the transaction that stores it."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from api.jobs.inputs import MatchInput, PlanInput, ReplanInput
from api.jobs.study import studied
from api.planning.check_run import check_run
from api.planning.engines import Resources, complete, explained, matched, planned, refined
from api.planning.replanning import replanned
from api.published.moving import published_if_alone
from api.published.rebasing import weeks_replanned
from api.run.run import Run
from api.run.stored import StoredRuns
from api.run.stored_sources import sources_of_problem
from data.base.dates import weeks_from
from data.base.entity import canonical_json
from data.base.errors import BuddyplanError
from data.base.message import message
from data.model.identity import Identities
from data.store.database.record import NotThere
from data.store.database.store import Store
from data.store.studies.outcomes import keep_outcome
from data.store.work.bases import base_now
from data.store.work.jobs import JobKind, JobState, StoredJob
from data.store.work.matchings import keep_matching
from data.store.work.plans import NewPlan, keep_draft, plan_of
from data.store.work.problems import problem_of
from data.store.work.promises import promises_of_week


class RulesBroken(BuddyplanError):
    """The judge rejects a result; it is not stored."""


class OtherWeeks(BuddyplanError):
    """The requested weeks are not those of the problem."""


@dataclass(frozen=True)
class Outcome:
    """How a job ended, and a function that stores its result within a transaction and returns its id."""

    state: JobState
    keep: Callable[[Connection], str]


def work(store: Store, job: StoredJob, resources: Resources) -> Outcome:
    """Do a job's work.

    Raises `RulesBroken`, `OtherWeeks`, `data.store.database.record.NotThere` and what the engines raise;
    their messages contain ids only, no names.
    """
    does = {
        JobKind.MATCH: run_match,
        JobKind.PLAN: run_plan,
        JobKind.REPLAN: run_replan,
        JobKind.STUDY: run_study,
    }
    return does[job.kind](store, job, resources)


def run_match(store: Store, job: StoredJob, resources: Resources) -> Outcome:
    """Match a stored problem, refine and explain it as requested; if cancelled, return the best so far."""
    asked = MatchInput.model_validate_json(canonical_json(job.input))
    with store.reading() as c:
        problem, times = problem_of(c, asked.problem)
        sources = sources_of_problem(c, asked.problem)
    matching, refinement, told = matched(problem, times, resources, lambda key: key), None, None
    if asked.refine_seconds and not resources.cancel.is_set():
        matching, refinement = refined(problem, times, matching, asked.refine_seconds, resources)
    if asked.explain and not resources.cancel.is_set():
        told = explained(problem, times, matching, asked.explain, resources)
    run = Run(problem, Identities(), times, sources, matching, refinement, explanations=told)
    _judge(run, resources)
    return Outcome(
        JobState.CANCELLED if resources.cancel.is_set() else JobState.DONE,
        lambda c: keep_matching(c, job.programme, matching, told, refinement, job.by_user, job.id),
    )


def run_plan(store: Store, job: StoredJob, resources: Resources) -> Outcome:
    """Plan the first weeks of a stored matching, or of a stored problem that is matched first.

    If cancelled, return the weeks planned so far.
    """
    asked = PlanInput.model_validate_json(canonical_json(job.input))
    with store.reading() as c:
        base = base_now(c, job.programme, weeks_from(asked.first_week, asked.weeks))
        run = StoredRuns().of_matching(c, asked.matching) if asked.matching else _problem(c, asked.problem)
    if asked.matching is None:
        matching = matched(run.problem, run.times, resources, lambda key: key)
        run = replace(run, matching=matching)
    horizon = run.problem.horizon
    if horizon.first_week != asked.first_week or horizon.weeks < asked.weeks:
        about = message("weeks_from", count=horizon.weeks, first=horizon.first_week)
        raise OtherWeeks(message("matching_of_other_weeks", about=about))
    run = planned(run, asked.weeks, resources)
    whole = complete(run, asked.weeks)
    _judge(run, resources, whole)
    new = NewPlan(
        programme=job.programme,
        matching=asked.matching or "",
        first_week=asked.first_week,
        weeks=asked.weeks,
        buddies=run.weeks,
        by_user=job.by_user,
        complete=whole,
        job=job.id,
        base=base,
    )

    def keep(c: Connection) -> str:
        if asked.matching:
            return keep_draft(c, new)
        assert run.matching
        made = keep_matching(c, job.programme, run.matching, None, None, job.by_user, job.id)
        return keep_draft(c, replace(new, matching=made))

    return Outcome(JobState.DONE if whole else JobState.CANCELLED, keep)


def _problem(c: Connection, key: str | None) -> Run:
    """Return the run of a stored problem, not matched yet."""
    if key is None:
        raise NotThere(message("no_problem", problem=""))
    problem, times = problem_of(c, key)
    return Run(problem, Identities(), times, sources_of_problem(c, key))


def run_replan(store: Store, job: StoredJob, resources: Resources) -> Outcome:
    """Replan a stored plan after disruptions, as a draft that honours what companies were told.

    The draft is about the weeks that the plan is in force for.

    A buddy's own move that changes nothing else is published at once. A replan takes a moment and cannot be
    cancelled.
    """
    asked = ReplanInput.model_validate_json(canonical_json(job.input))
    with store.reading() as c:
        before, plan = StoredRuns().of_plan(c, asked.plan), plan_of(c, asked.plan)
        told = [one.promise for week in plan.covered for one in promises_of_week(c, plan.programme, week)]
        weeks, base = weeks_replanned(c, plan, asked.moment)
    promises = tuple(sorted(told, key=lambda promise: promise.visit))
    with resources.stages.stage("plan"):
        after = replanned(
            before, asked.moment, asked.disruptions, promises, resources.pool_for(before.problem)
        )
    _judge(after, resources)
    new = NewPlan(
        programme=job.programme,
        matching=plan.matching,
        first_week=weeks[0],
        weeks=len(weeks),
        buddies=after.weeks,
        by_user=job.by_user,
        parent=asked.plan,
        replanning=after.replannings[-1],
        job=job.id,
        base=base,
    )

    def keep(c: Connection) -> str:
        key = keep_draft(c, new)
        if asked.publish_if_alone:
            published_if_alone(c, key, after, job.by_user)
        return key

    return Outcome(JobState.DONE, keep)


def run_study(store: Store, job: StoredJob, resources: Resources) -> Outcome:
    """Answer a what-if question and store the result; if cancelled, nothing is stored."""
    made = studied(store, job, resources)
    if made is None:
        return Outcome(JobState.CANCELLED, lambda c: "")
    return Outcome(JobState.DONE, lambda c: keep_outcome(c, made))


def _judge(run: Run, resources: Resources, whole: bool = True) -> None:
    with resources.stages.stage("check"):
        broken = check_run(run, whole)
    if broken:
        raise RulesBroken(message("result_breaks_rules", count=len(broken), first=broken[0].told))
