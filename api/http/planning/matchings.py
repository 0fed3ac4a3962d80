"""Matchings: computed by a job, read with pairs, gaps and reasons, and explained pair by pair."""

from dataclasses import asdict
from datetime import datetime
from functools import partial
from typing import Annotated

from fastapi import Query, Response
from pydantic import Field
from sqlalchemy import Connection

from api.export.map.features import MapLayer
from api.http.frame.auth import ByCoordinator, ByCoordinatorOfAll, Idempotent, InProgramme
from api.http.frame.computing import computes
from api.http.frame.errors import problems
from api.http.frame.job_answers import JobAccepted, accepted
from api.http.frame.schemas import AskedWeek, Key, Page, PageTurn, Schema, SinceShown
from api.http.frame.state import AppState, InAppState
from api.http.frame.writes.router import Router
from api.jobs.inputs import MatchInput
from api.jobs.queue import submit
from api.planning.answers import CompanyExplained, Sentences
from api.run.run import Run
from api.run.visible import visible_run
from data.access import Coordinator, in_programme, visible_to
from data.base.message import message
from data.model.problem import Horizon
from data.register.pair_rules import RuleKind
from data.results.explanation import Explanations, PairPrice
from data.results.refinement import Refinement
from data.results.solution import Matching
from data.store.database.record import NotThere
from data.store.register.since import changes_since
from data.store.work.jobs import JobKind, NewJob
from data.store.work.listings import ListedMatching, matchings_before
from data.store.work.matchings import (
    MatchingState,
    adopted_matching,
    matching_of,
    matching_state,
)

router = Router(prefix="/matchings", tags=["matchings"], responses=problems(401, 403, 404, 422, 500))


class MatchRequest(Schema):
    """How to match; by default four weeks, from the first one that has no published plan."""

    first_week: AskedWeek | None = Field(default=None, examples=["2026-W48"])
    weeks: int | None = Field(default=None, ge=1, le=53)
    seed: int = Field(default=0, ge=0, lt=2**31)
    refine_seconds: Annotated[float, Field(gt=0, le=3600)] | None = Field(
        default=None, description="Spend so long on refining by routed weeks."
    )
    explain: int = Field(default=3, ge=0, le=50)


class MatchingListed(Schema):
    """A matching in a list, and the weeks that it was computed for."""

    id: str
    programme: str
    problem: str
    first_week: str = Field(examples=["2026-W48"])
    weeks: int
    created_at: datetime
    state: MatchingState


class MatchingAnswer(MatchingListed):
    """A matching with its value, bound and reasons; `since` is null where it is not known."""

    matching: Matching
    explanations: Explanations | None
    refinement: Refinement | None
    since: SinceShown | None


def _listed(found: ListedMatching, adopted: str | None) -> MatchingListed:
    fields = asdict(found)
    state = matching_state(found.id, fields.pop("adopted_at"), adopted)
    return MatchingListed(**fields, state=state)


@router.post("", status_code=202, dependencies=[Idempotent], responses=problems(409))
def ask_for_matching(
    by: ByCoordinatorOfAll,
    programme: InProgramme,
    app_state: InAppState,
    asked: MatchRequest,
    response: Response,
) -> JobAccepted:
    """Match the register as it is now."""
    with app_state.service.store.reading() as c:
        usual = app_state.programmes.horizon(c, programme)
        first = asked.first_week or usual.first_week
        horizon = Horizon(first_week=first, weeks=asked.weeks or usual.weeks)
        current = app_state.programmes.problem(c, programme, horizon)
        number = app_state.programmes.register(c, programme).number
    problem = app_state.stored(current, number)
    wanted = MatchInput(
        problem=problem, seed=asked.seed, refine_seconds=asked.refine_seconds, explain=asked.explain
    )
    new = NewJob(programme, JobKind.MATCH, first, horizon.weeks, wanted.model_dump(mode="json"), by.user)
    return accepted(submit(app_state.service, new), response)


@router.get("")
def list_matchings(
    by: ByCoordinator, programme: InProgramme, app_state: InAppState, turn: PageTurn
) -> Page[MatchingListed]:
    """List matchings, the newest first."""
    with app_state.service.store.reading() as c:
        found = matchings_before(c, programme, turn.limit + 1, turn.after)
        adopted = adopted_matching(c, programme)
    return turn.page([_listed(each, adopted) for each in found], lambda each: each.id)


def visible_matching(app_state: AppState, c: Connection, key: str, by: Coordinator) -> Run:
    """Return the run of a matching as the reader sees it; raises `NotThere`."""
    run = app_state.runs.of_matching(c, key)
    if not in_programme(by, run.problem.programme.id):
        raise NotThere(message("no_matching", matching=key))
    return visible_run(run, visible_to(by, run.problem))


@router.get("/{matching}")
def show_matching(matching: Key, by: ByCoordinator, app_state: InAppState) -> MatchingAnswer:
    """Show a matching: each company's main buddy, the companies without one, and the reasons."""
    with app_state.service.store.reading() as c:
        run, stored = visible_matching(app_state, c, matching, by), matching_of(c, matching)
        adopted = adopted_matching(c, stored.programme)
        since = changes_since(c, stored.programme, stored.problem, stored.adopted_by)
    assert run.matching
    return MatchingAnswer(
        id=matching,
        programme=stored.programme,
        problem=stored.problem,
        first_week=run.problem.horizon.first_week,
        weeks=run.problem.horizon.weeks,
        created_at=stored.created_at,
        state=matching_state(stored.id, stored.adopted_at, adopted),
        matching=run.matching,
        explanations=run.explanations,
        refinement=run.refinement,
        since=SinceShown(**asdict(since)) if since else None,
    )


@router.get("/{matching}/map")
def show_map(matching: Key, by: ByCoordinator, app_state: InAppState) -> MapLayer:
    """Show a matching as a map layer (GeoJSON); each buddy is placed at the centre of their town."""
    from api.export.map.geojson import map_layer
    from api.run.names import Names

    with app_state.service.store.reading() as c:
        run = visible_matching(app_state, c, matching, by)
    assert run.matching
    return map_layer(run, Names(run), run.matching)


class WhyAnswer(Schema):
    """Why a company has this buddy or none: figures in `answers`, and the same in sentences."""

    answers: tuple[CompanyExplained, ...]
    sentences: Sentences


@router.get("/{matching}/companies/{company}", responses=problems(429, 503))
@computes
def explain_company(matching: Key, company: Key, by: ByCoordinator, app_state: InAppState) -> WhyAnswer:
    """Solve again to explain why a company has its buddy, or none, and what would change that."""
    from api.planning.explained import company_explained
    from api.planning.explaining import company_of_run
    from api.run.names import Names

    with app_state.service.store.reading() as c:
        run = app_state.runs.of_matching(c, matching)
        seen = visible_to(by, run.problem)
        if company not in seen.companies:
            raise NotThere(message("no_company", company=company))
    # The sentences name others; a coordinator of one host gets only the figures.
    named = None if seen.hidden else Names(run).name
    answer = app_state.answering.of_matching(matching, partial(company_of_run, company=company))
    shown = seen.all_of((answer,))
    answers = tuple(company_explained(each, named) for each in shown)
    words = [each.sentences for each in answers if each.sentences]
    return WhyAnswer(answers=answers, sentences=words[0] if words else {})


class PairPriceAnswer(Schema):
    """What a pin or ban would change, in figures and in words."""

    price: PairPrice
    sentences: Sentences


@router.get("/{matching}/companies/{company}/buddies/{buddy}", responses=problems(429, 503))
@computes
def price_pair(
    matching: Key,
    company: Key,
    buddy: Key,
    by: ByCoordinator,
    app_state: InAppState,
    kind: Annotated[RuleKind, Query(description="What would be entered at /pins.")] = RuleKind.PIN,
) -> PairPriceAnswer:
    """Solve again with a pair pinned or banned, to show its price before anyone decides; changes nothing."""
    from api.planning.explaining import pair_of_run
    from api.run.names import Names
    from api.words.catalogue import languages
    from api.words.pair_price import pair_price_words

    with app_state.service.store.reading() as c:
        run = app_state.runs.of_matching(c, matching)
    seen = visible_to(by, run.problem)
    if company not in seen.companies:
        raise NotThere(message("no_company", company=company))
    if buddy not in seen.buddies:
        raise NotThere(message("no_buddy", buddy=buddy))
    asked = partial(pair_of_run, pinned=kind is RuleKind.PIN, buddy=buddy, company=company)
    price = app_state.answering.of_matching(matching, asked)
    visible = seen.of(price)
    assert visible is not None, "both of the pair are visible"
    named = Names(run).name
    words = {language: tuple(pair_price_words(visible, named, language)) for language in languages()}
    return PairPriceAnswer(price=visible, sentences=words)
