"""What an absence of a buddy would hit, and who could stand in."""

from datetime import date
from functools import partial
from typing import Annotated

from fastapi import Query

from api.http.frame.auth import ByCoordinator, InProgramme
from api.http.frame.computing import computes
from api.http.frame.errors import problems
from api.http.frame.schemas import AskedDay, Schema
from api.http.frame.state import InAppState
from api.http.frame.writes.router import Router
from api.http.register.access import register_of_reader
from api.http.register.asking import asked_moment, asked_now, told_of
from api.http.register.naming import naming_of
from api.http.register.rows import RowKey
from api.planning.answers import Sentences
from data.base.dates import iso_week, minute_of, parse_week
from data.base.errors import BuddyplanError
from data.base.message import message
from data.model.problem import Horizon
from data.results.questions import AbsenceEffects

router = Router(prefix="/register/buddies", tags=["register"], responses=problems(401, 403, 404, 422, 500))
MOST_WEEKS = 53
WEEKS_AFTER = 4
"""Contacts that an absence delays are looked for so long after it."""


class AbsenceAnswer(Schema):
    """What an absence hits, in figures and in words."""

    effects: AbsenceEffects
    sentences: Sentences


@router.get("/{key}/absence-effects", responses=problems(429, 503))
@computes
def show_absence_effects(
    key: RowKey,
    by: ByCoordinator,
    programme: InProgramme,
    app_state: InAppState,
    first: Annotated[AskedDay, Query(examples=["2026-12-07"])],
    last: Annotated[AskedDay, Query(description="The last day", examples=["2026-12-11"])],
) -> AbsenceAnswer:
    """Return the visits, appointments, promises, rhythms and groups that an absence hits, with stand-ins.

    Nothing is changed.
    """
    from api.planning.questions.absence import Absence, effects_in
    from api.words.absence_effects import absence_words
    from api.words.catalogue import languages

    with app_state.service.store.reading() as c:
        seen = register_of_reader(app_state, c, by, programme)
        seen.row("buddies", key)
        begin = minute_of(asked_moment(app_state, c, programme, None))[0]
        given = asked_now(app_state, c, programme, _weeks(min(begin, first), first, last))
        named = naming_of(seen, app_state.programmes.area(c, programme))
    asked = Absence(given.problem, given.times, key, first, last, among=told_of(seen))
    plans = tuple(each.plan for each in given.plans)
    effects = seen.sight.of(app_state.answering.of_plans(plans, partial(effects_in, asked, given.plans)))
    assert effects is not None, "the buddy is visible"
    words = {language: tuple(absence_words(effects, named, language)) for language in languages()}
    return AbsenceAnswer(effects=effects, sentences=words)


def _weeks(begin: date, first: date, last: date) -> Horizon:
    """Return the weeks to look at: from `begin`, or from the absence if that is too far away."""
    if last < first:
        raise BuddyplanError(message("last_before_first", first=first, last=last))
    for start in (begin, first):
        weeks = (parse_week(iso_week(last)) - parse_week(iso_week(start))).days // 7 + 1 + WEEKS_AFTER
        if weeks <= MOST_WEEKS:
            return Horizon(first_week=iso_week(start), weeks=weeks)
    raise BuddyplanError(message("absence_too_long", most=MOST_WEEKS - WEEKS_AFTER))
