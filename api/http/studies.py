"""Studies: a stored scenario run as a job, what came of it, and several side by side.

Coordinators of all hosts see figures, parts and who moves; to all others only aggregates are shown, in which
small cells are merged.
"""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import Field
from sqlalchemy import Connection

from api.aggregates import Aggregates
from api.export.one_file import FileKind
from api.http.auth import ByCoordinatorOfAll, ByPlanning, InProgramme, Once, Personal
from api.http.errors import problems
from api.http.job_answers import JobAccepted, accepted
from api.http.shown import Key, Page, PageAsked, Shown
from api.http.state import InMemory, Kept
from api.jobs.inputs import StudyInput
from api.jobs.queue import submit
from api.own_files import MEDIA
from api.studies.comparison import Comparison, compared
from api.studies.outcome import Outcome
from api.weeks import week_that_is
from data.access import Coordinator, Planner, in_programme
from data.calendar import weeks_from
from data.problem import Problem
from data.scenario import Scenario
from data.store.jobs import JobKind, NewJob
from data.store.outcomes import StoredOutcome, outcome_of, outcomes_of
from data.store.overlay import matching_in_force
from data.store.programmes import identities_of
from data.store.record import NotThere
from data.store.scenarios import scenario_of, stacked

router = APIRouter(prefix="/studies", tags=["studies"], responses=problems(401, 403, 404, 422, 500))
Others = Annotated[
    list[str],
    Query(alias="with", min_length=1, max_length=8, description="Ids of studies.", examples=[["5a2d1f"]]),
]


class StudyAsked(Shown):
    """A scenario to run (null: the programme as it is), and which weeks to plan: by default those that
    absences name, else none.
    """

    scenario: str | None = Field(default=None, max_length=80, examples=["4f1c0f6f6f0e4a53a7ad3b2e2f0a9d11"])
    first_week: str | None = Field(default=None, max_length=8, examples=["2027-W02"])
    weeks: int | None = Field(default=None, ge=0, le=8)
    seed: int = Field(default=0, ge=0, lt=2**31)


class StudyListed(Shown):
    """A study without what came of it."""

    id: str
    programme: str
    problem: str
    scenario: str | None
    hash: str
    created_at: datetime


class StudyShown(StudyListed):
    """A study; `outcome` is shown to coordinators of all hosts, `shared` to everybody who may read it."""

    weeks: list[str]
    shared: Aggregates
    outcome: Outcome | None


def _listed(stored: StoredOutcome) -> StudyListed:
    return StudyListed(**{name: getattr(stored, name) for name in StudyListed.model_fields})


def _theirs(by: Coordinator | Planner, programme: str, by_user: str) -> bool:
    of_all = isinstance(by, Coordinator) and not by.host
    return in_programme(by, programme) and (of_all or by_user == by.user)


def _visible(c: Connection, key: str, by: Coordinator | Planner) -> tuple[StoredOutcome, Outcome]:
    stored = outcome_of(c, key)
    if not _theirs(by, stored.programme, stored.by_user):
        raise NotThere(f'there is no study "{key}"')
    return stored, Outcome.model_validate_json(stored.body)


@router.post("", status_code=202, dependencies=[Once], responses=problems(409))
def ask_for_study(
    by: ByPlanning, programme: InProgramme, kept: InMemory, asked: StudyAsked, response: Response
) -> JobAccepted:
    """Run a scenario: match it beside the matching in force, plan weeks if asked for, and count."""
    from api.studies.some_weeks import with_horizon

    with kept.service.store.reading() as c:
        problem, scenarios = _asked_about(c, kept, programme, asked.scenario, by)
        force = matching_in_force(c, programme)
    first = week_that_is(asked.first_week or problem.horizon.first_week)
    weeks = _weeks(asked, scenarios, first)
    with_horizon(problem, weeks)  # raises where the weeks lie before the problem's
    wanted = StudyInput(
        problem=problem.hash,
        scenario=asked.scenario,
        matching=force.id if force and force.problem == problem.hash else None,
        weeks=weeks,
        seed=asked.seed,
    )
    # A study writes no week, so it is in no other job's way.
    new = NewJob(programme, JobKind.STUDY, first, 0, wanted.model_dump(mode="json"), by.user)
    return accepted(submit(kept.service, new), response)


def _asked_about(
    c: Connection, kept: Kept, programme: str, key: str | None, by: Coordinator | Planner
) -> tuple[Problem, tuple[Scenario, ...]]:
    if key is None:
        return kept.latest(c, programme), ()
    stored = scenario_of(c, key)
    if stored.programme != programme or not _theirs(by, stored.programme, stored.by_user):
        raise NotThere(f'there is no scenario "{key}"')
    return kept.problem(c, stored.problem), stacked(c, stored)


def _weeks(asked: StudyAsked, scenarios: tuple[Scenario, ...], first: str) -> tuple[str, ...]:
    from api.studies.outcome_of import weeks_named

    if asked.weeks is None and asked.first_week is None:
        return weeks_named(scenarios)
    return weeks_from(first, 1 if asked.weeks is None else asked.weeks)


@router.get("")
def list_studies(
    by: ByPlanning, programme: InProgramme, kept: InMemory, turn: PageAsked
) -> Page[StudyListed]:
    """List the reader's own studies; a coordinator of all hosts sees those of everybody."""
    with kept.service.store.reading() as c:
        found = [each for each in outcomes_of(c, programme) if _theirs(by, each.programme, each.by_user)]
    rows = sorted((_listed(each) for each in found if each.id > turn.after), key=lambda row: row.id)
    return Page(**turn.page(rows, lambda row: row.id))


@router.get("/{study}", dependencies=[Personal])
def show_study(study: Key, by: ByPlanning, kept: InMemory) -> StudyShown:
    """Show what came of a scenario."""
    with kept.service.store.reading() as c:
        stored, outcome = _visible(c, study, by)
    everything = isinstance(by, Coordinator) and not by.host
    return StudyShown(
        **_listed(stored).model_dump(),
        weeks=list(outcome.weeks),
        shared=outcome.shared,
        outcome=outcome if everything else None,
    )


def _compared(c: Connection, study: str, others: list[str], by: Coordinator) -> Comparison:
    return compared([_visible(c, key, by)[1] for key in (study, *others)])


@router.get("/{study}/comparison", dependencies=[Personal])
def compare_studies(study: Key, others: Others, by: ByCoordinatorOfAll, kept: InMemory) -> Comparison:
    """Compare studies with the first one; better is only what the bounds prove."""
    with kept.service.store.reading() as c:
        return _compared(c, study, others, by)


@router.get(
    "/{study}/comparison.xlsx",
    dependencies=[Personal],
    response_class=Response,
    responses={
        200: {
            "description": "The workbook",
            "content": {MEDIA[FileKind.XLSX]: {"schema": {"type": "string", "format": "binary"}}},
        }
    },
)
def compare_in_workbook(study: Key, others: Others, by: ByCoordinatorOfAll, kept: InMemory) -> Response:
    """Compare studies in a workbook, with names."""
    from api.studies.comparison_xlsx import comparison_workbook

    with kept.service.store.reading() as c:
        comparison = _compared(c, study, others, by)
        identities = identities_of(c, outcome_of(c, study).programme)
        titles = {key: scenario_of(c, key).name for each in comparison.outcomes for key in each.scenarios}
    named = comparison.replace(
        outcomes=tuple(
            each.replace(scenarios=tuple(titles[key] for key in each.scenarios))
            for each in comparison.outcomes
        )
    )
    gazetteer = kept.service.gazetteer

    def name(key: str) -> str:
        known = identities.name(key)
        return gazetteer.district_name(key) if known == key else known

    headers = {"Content-Disposition": 'attachment; filename="comparison.xlsx"'}
    return Response(comparison_workbook(named, name, "de"), media_type=MEDIA[FileKind.XLSX], headers=headers)
