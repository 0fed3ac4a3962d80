"""The nightly run: files into the store, a matching, a draft for the coming weeks, and the files of a run.

Results already computed from the same input are taken from the store, so that it may run any number of times.
"""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from sqlalchemy import Connection

from api.export.run_folder.write import write_run
from api.jobs.lock import NIGHTLY, alone
from api.jobs.solver import solve
from api.planning.engines import Progress
from api.planning.week_input import next_week
from api.run.registered.programmes import Programmes, ready
from api.run.registered.taken_files import Files, take_files
from api.run.run import Run
from api.run.stored import StoredRuns
from api.service.wiring import Service
from api.words.language import Language
from data.base.dates import minute_of, parse_week
from data.base.errors import BuddyplanError
from data.base.message import Message, message
from data.model.problem import Horizon
from data.reference.sources import Sources
from data.register.changes.adopting import adopt_additions
from data.register.changes.enter import By
from data.register.lists.proposal import Proposal
from data.store.people.audit import AuditRow, audit_moment, keep_audit
from data.store.register.change_sets import Source
from data.store.tables.utc import now
from data.store.work.bases import first_week_without_plan
from data.store.work.jobs import JobKind, JobState, NewJob, StoredJob, claim, done_before, job_of, keep_job
from data.store.work.matchings import matching_of
from data.store.work.problems import keep_problem
from data.tables.read import Reading

BY = "nightly"
"""The user recorded in the store."""


class NotDone(BuddyplanError):
    """A job of the nightly run failed; the text says why."""

    exit_status = 3


@dataclass(frozen=True)
class Night:
    """What to do: for which programme, weeks from `first_week` on, and the folder for the files and their
    language."""

    programme: str
    first_week: str
    weeks: int
    seed: int
    explain: int
    out: Path
    language: Language


@dataclass(frozen=True)
class Done:
    """The result of a night, and what the files proposed.

    `new`: the draft was made now, not by an earlier run of the same input.
    """

    run: Run
    proposal: Proposal
    matching: str
    plan: str
    new: bool


def run_night(service: Service, reading: Reading, asked: Night, sources: Sources, progress: Progress) -> Done:
    """Import files without errors, match and plan them, and write the files of the run to a folder.

    Raises `AtWork` if another nightly run is at work, `Conflict` if a job for the same weeks is under way,
    `NotDone` if one fails, and what `api.export.run_folder.write_run` raises.
    """
    with alone(service.settings.data_dir, NIGHTLY):
        with service.store.writing() as c:
            proposal, problem = _entered(c, reading, asked, sources)
        match = {"problem": problem, "seed": asked.seed, "explain": asked.explain}
        matched, _ = _done(service, asked, JobKind.MATCH, match, progress)
        weeks = {"first_week": asked.first_week, "weeks": asked.weeks}
        plan = {"matching": matched.result, "seed": asked.seed, **weeks}
        planned, new = _done(service, asked, JobKind.PLAN, plan, progress)
        with service.store.writing() as c:
            _adopted(c, asked, matched.result)
    with service.store.reading() as c:
        run = StoredRuns().of_plan(c, planned.result)
    write_run(run, asked.out, asked.language)
    return Done(run, proposal, matched.result, planned.result, new)


def _entered(c: Connection, reading: Reading, asked: Night, sources: Sources) -> tuple[Proposal, str]:
    """Take the files into the register; return what they proposed, and the hash of the register's problem.

    The matching starts from the relations of the register, which publishing a plan keeps up to date.
    """
    assert reading.problem is not None and reading.rows is not None
    programmes, read = Programmes(), reading.problem
    programme = read.programme.replace(id=asked.programme)
    files = Files(reading.rows, reading.findings, sources, reading.identities.invented)
    horizon = Horizon(first_week=asked.first_week, weeks=read.horizon.weeks)
    taken = take_files(c, programmes, programme, files, horizon, By(BY, Source.NIGHTLY))
    problem = programmes.problem(c, asked.programme, horizon)
    done = AuditRow(audit_moment(False), BY, BY, "nightly", problem.hash, 201)
    keep_audit(c, [done])
    number = programmes.register(c, asked.programme).number
    return taken.proposal, keep_problem(c, ready(c, problem, sources), number)


def _adopted(c: Connection, asked: Night, matching: str) -> None:
    """Adopt the additions of a matching, if the policy says so (`nightly_adopts`)."""
    programmes, stored = Programmes(), matching_of(c, matching)
    day = max(parse_week(asked.first_week), minute_of(now())[0])
    area = programmes.area(c, asked.programme)
    adopt_additions(c, programmes.registers, area, stored, day, BY)


def coming_week(service: Service, programme: str) -> str:
    """Return the week of a night that names none: the first without a published plan, the next or later."""
    with service.store.reading() as c:
        return first_week_without_plan(c, programme, next_week())


def _done(
    service: Service, asked: Night, kind: JobKind, what: dict[str, object], progress: Progress
) -> tuple[StoredJob, bool]:
    """Return a finished job with this input, and whether it was computed now."""
    new = NewJob(asked.programme, kind, asked.first_week, asked.weeks, what, BY)
    lease = timedelta(seconds=service.settings.lease_seconds)
    with service.store.writing() as c:
        before = done_before(c, new)
        # Taken at once, so that no worker takes it first.
        job = None if before else claim(c, keep_job(c, new), lease)
    if before:
        return before, False
    assert job is not None, "what was kept in this transaction waits"
    solve(service.store, job, service.settings, progress)
    with service.store.reading() as c:
        job = job_of(c, job.id)
    if job.state is not JobState.DONE:
        raise NotDone(_why_not_done(job))
    return job, True


def _why_not_done(job: StoredJob) -> Message:
    kind, state = message(f"job_kind_{job.kind}"), message(f"job_state_{job.state}")
    if job.error is None:
        return message("job_not_done", kind=kind, state=state)
    return message("job_failed", kind=kind, state=state, error=job.error)
