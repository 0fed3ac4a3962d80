"""Studies: their results as data, drawings and workbooks, and scenarios compared side by side.

A study is of one kind: a scenario that was run, the coverage frontier, where one more buddy helps most, or
plans under stress; `api.http.studies.study_jobs` submits them. Coordinators of all hosts see everything; all
others who may read studies see their own, reduced to what `api.studies.planners.reduced` leaves.
"""

from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Any

from fastapi import Query, Response
from pydantic import Field
from sqlalchemy import Connection

from api.export.one_file import format_of
from api.http.frame.auth import ByCoordinatorOfAll, ByPlanning, InProgramme, Personal
from api.http.frame.errors import problems
from api.http.frame.files import file_content
from api.http.frame.languages import InLanguage
from api.http.frame.schemas import Key, Page, PageTurn, Schema, SinceShown
from api.http.frame.state import AppState, InAppState
from api.http.frame.writes.router import Router
from api.run.aggregated.aggregates import Aggregates
from api.run.stored_sources import sources_of_problem
from api.studies.compare.comparison import Comparison, compared
from api.studies.hire.result import HireStudy
from api.studies.outcome.outcome import ScenarioOutcome
from api.studies.planners.reduced import shared_frontier, shared_hire, shared_stress
from api.studies.report.study_files import Drawable
from api.studies.stress.result import Stress
from data.access import Coordinator, Planner, answers_for, in_programme, sees_all
from data.base.errors import BuddyplanError
from data.base.message import message
from data.results.frontier import Frontier
from data.store.database.record import NotThere
from data.store.register.since import changes_since
from data.store.studies.outcomes import StoredOutcome, StudyKind, outcome_of, outcomes_of
from data.store.studies.scenarios import scenario_of
from data.store.work.programmes import identities_of

router = Router(prefix="/studies", tags=["studies"], responses=problems(401, 403, 404, 422, 500))
WORKBOOK = format_of("xlsx").media
Others = Annotated[
    list[str],
    Query(alias="with", min_length=1, max_length=8, description="Ids of studies.", examples=[["5a2d1f"]]),
]
Result = ScenarioOutcome | Frontier | HireStudy | Stress
RESULTS: dict[StudyKind, type[Result]] = {
    StudyKind.SCENARIO: ScenarioOutcome,
    StudyKind.FRONTIER: Frontier,
    StudyKind.HIRE: HireStudy,
    StudyKind.STRESS: Stress,
}


class StudyListed(Schema):
    """A study without its result."""

    id: str
    programme: str
    kind: StudyKind
    problem: str
    scenario: str | None
    hash: str
    created_at: datetime


class StudyAnswer(StudyListed):
    """A study with the result of its kind.

    For a scenario, `outcome` is shown to coordinators of all hosts and `shared` to everybody who may read it;
    the other results hold less for others, and are null where nothing may be shown.
    """

    weeks: tuple[str, ...]
    since: SinceShown | None = Field(default=None, description="For coordinators of all hosts")
    shared: Aggregates | None = None
    outcome: ScenarioOutcome | None = None
    frontier: Frontier | None = None
    hire: HireStudy | None = None
    stress: Stress | None = None


def _listed(stored: StoredOutcome) -> StudyListed:
    return StudyListed(**{name: getattr(stored, name) for name in StudyListed.model_fields})


def theirs(by: Coordinator | Planner, programme: str, by_user: str) -> bool:
    """Return whether a reader sees what a user of a programme asked for."""
    return in_programme(by, programme) and answers_for(by, by_user)


def _visible(c: Connection, key: str, by: Coordinator | Planner) -> StoredOutcome:
    stored = outcome_of(c, key)
    if not theirs(by, stored.programme, stored.by_user):
        raise NotThere(message("no_study", study=key))
    return stored


def _result(
    c: Connection, app_state: AppState, stored: StoredOutcome, by: Coordinator | Planner
) -> Result | None:
    """Return a study's result as far as the reader sees it; a scenario's is whole, and reduced elsewhere."""
    found = RESULTS[stored.kind].model_validate_json(stored.body)
    if sees_all(by) or isinstance(found, ScenarioOutcome):
        return found
    problem = app_state.problem(c, stored.problem)
    match found:
        case Frontier():
            return shared_frontier(found, problem)
        case HireStudy():
            return shared_hire(found, problem)
        case Stress():
            return shared_stress(found, problem)


@router.get("")
def list_studies(
    by: ByPlanning,
    programme: InProgramme,
    app_state: InAppState,
    turn: PageTurn,
    kind: Annotated[StudyKind | None, Query(description="Only studies of this kind.")] = None,
) -> Page[StudyListed]:
    """List your own studies; a coordinator of all hosts sees those of all users."""
    with app_state.service.store.reading() as c:
        found = [
            each
            for each in outcomes_of(c, programme)
            if kind in (None, each.kind) and theirs(by, each.programme, each.by_user)
        ]
    rows = sorted((_listed(each) for each in found if each.id > turn.after), key=lambda row: row.id)
    return turn.page(rows, lambda row: row.id)


@router.get("/{study}", dependencies=[Personal])
def show_study(study: Key, by: ByPlanning, app_state: InAppState) -> StudyAnswer:
    """Show a study's result."""
    with app_state.service.store.reading() as c:
        stored = _visible(c, study, by)
        found = _result(c, app_state, stored, by)
        since = changes_since(c, stored.programme, stored.problem) if sees_all(by) else None
    outcome = found if isinstance(found, ScenarioOutcome) else None
    return StudyAnswer(
        **dict(_listed(stored)),
        since=SinceShown(**asdict(since)) if since else None,
        weeks=found.weeks if isinstance(found, ScenarioOutcome | Stress) else (),
        shared=outcome.shared if outcome else None,
        outcome=outcome if sees_all(by) else None,
        frontier=found if isinstance(found, Frontier) else None,
        hire=found if isinstance(found, HireStudy) else None,
        stress=found if isinstance(found, Stress) else None,
    )


def _file(media: str, what: str) -> dict[int | str, dict[str, Any]]:
    return {200: {"description": what, "content": file_content(media)}}


def _compared(c: Connection, study: str, others: list[str], by: Coordinator) -> Comparison:
    found = [_visible(c, key, by) for key in (study, *others)]
    if any(each.kind is not StudyKind.SCENARIO for each in found):
        raise BuddyplanError(message("compare_scenarios_alone"))
    return compared([ScenarioOutcome.model_validate_json(each.body) for each in found])


@router.get("/{study}/comparison", dependencies=[Personal])
def compare_studies(study: Key, others: Others, by: ByCoordinatorOfAll, app_state: InAppState) -> Comparison:
    """Compare studies with the first one; only what the bounds prove counts as better."""
    with app_state.service.store.reading() as c:
        return _compared(c, study, others, by)


@router.get(
    "/{study}/comparison.xlsx",
    dependencies=[Personal],
    response_class=Response,
    responses=_file(WORKBOOK, "The workbook"),
)
def compare_in_workbook(
    study: Key, others: Others, by: ByCoordinatorOfAll, app_state: InAppState, language: InLanguage
) -> Response:
    """Compare studies in a workbook, with names."""
    from api.studies.compare.xlsx import comparison_workbook

    with app_state.service.store.reading() as c:
        comparison = _compared(c, study, others, by)
        own = outcome_of(c, study)
        identities, gazetteer = identities_of(c, own.programme), sources_of_problem(c, own.problem).gazetteer
        titles = {key: scenario_of(c, key).name for each in comparison.outcomes for key in each.scenarios}
    named = comparison.replace(
        outcomes=tuple(
            each.replace(scenarios=tuple(titles[key] for key in each.scenarios))
            for each in comparison.outcomes
        )
    )

    def name(key: str) -> str:
        known = identities.name(key)
        return gazetteer.district_name(key) if known == key else known

    headers = {"Content-Disposition": 'attachment; filename="comparison.xlsx"'}
    return Response(comparison_workbook(named, name, language), media_type=WORKBOOK, headers=headers)


def _named_result(c: Connection, app_state: AppState, key: str, by: Coordinator | Planner) -> Drawable:
    """Return a study to draw, with readable scenario names; raises `NotThere` where it has no drawing."""
    stored = _visible(c, key, by)
    found = _result(c, app_state, stored, by)
    if isinstance(found, ScenarioOutcome):
        raise NotThere(message("study_without_file"))
    if found is None:
        raise NotThere(message("study_too_small"))
    if isinstance(found, Stress) and stored.scenario:
        found = found.called({stored.scenario: scenario_of(c, stored.scenario).name})
    gazetteer = sources_of_problem(c, stored.problem).gazetteer
    return Drawable(found, app_state.problem(c, stored.problem), gazetteer)


@router.get(
    "/{study}/picture.svg",
    dependencies=[Personal],
    response_class=Response,
    responses=_file("image/svg+xml", "The picture"),
)
def draw_study(study: Key, by: ByPlanning, app_state: InAppState, language: InLanguage) -> Response:
    """Draw a frontier, the districts where one more buddy helps, or plans under stress."""
    with app_state.service.store.reading() as c:
        drawable = _named_result(c, app_state, study, by)
    return Response(drawable.picture(language), media_type="image/svg+xml")


@router.get(
    "/{study}/workbook.xlsx",
    dependencies=[Personal],
    response_class=Response,
    responses=_file(WORKBOOK, "The workbook"),
)
def study_in_workbook(study: Key, by: ByPlanning, app_state: InAppState, language: InLanguage) -> Response:
    """Write a frontier, the districts where one more buddy helps, or plans under stress into a workbook."""
    with app_state.service.store.reading() as c:
        drawable = _named_result(c, app_state, study, by)
    headers = {"Content-Disposition": 'attachment; filename="study.xlsx"'}
    return Response(drawable.workbook(language), media_type=WORKBOOK, headers=headers)
