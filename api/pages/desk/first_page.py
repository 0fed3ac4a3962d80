"""Where a coordinator begins: the programmes, and what buddies reported that asks for planning again."""

from dataclasses import dataclass
from datetime import timedelta

from fastapi.responses import Response
from sqlalchemy import Connection

from api.called_off import Upset, upsets
from api.http.auth import ByCoordinator, Personal
from api.http.programmes import ProgrammeShown, list_programmes
from api.http.state import InMemory, Kept
from api.own_week import names_of
from api.pages.page_route import pages
from api.pages.shell import ForUser
from data.access import Coordinator
from data.calendar import iso_week, minute_of
from data.identity import Identities
from data.store.moment import now
from data.store.plans import plan_in_force
from data.store.record import NotThere

router = pages()


@dataclass(frozen=True)
class ProgrammeView:
    """A programme, what was reported in it from this week on, and who is who in that."""

    programme: ProgrammeShown
    upsets: tuple[Upset, ...]
    names: Identities


@router.get("/desk", dependencies=[Personal])
def show_desk(shell: ForUser, by: ByCoordinator, kept: InMemory) -> Response:
    """Show the programmes of a coordinator, and the visits that were called off."""
    listed = list_programmes(by, kept.service)
    with kept.service.store.reading() as c:
        shown = [_view(c, kept, by, each) for each in listed]
    return shell.page("desk", {"programmes": shown})


def _view(c: Connection, kept: Kept, by: Coordinator, programme: ProgrammeShown) -> ProgrammeView:
    hidden = kept.sight(c, by, programme.id).hidden
    found = [
        each
        for each in _reported(c, programme.id)
        if not {each.report.contact.buddy, each.report.contact.company} & hidden
    ]
    people = {who for each in found for who in (each.report.contact.buddy, each.report.contact.company)}
    return ProgrammeView(programme, tuple(found), names_of(c, programme.id, people))


def _reported(c: Connection, programme: str) -> tuple[Upset, ...]:
    """Return the upsets of the plans in force in this week and the next."""
    today = minute_of(now())[0]
    found: dict[str, Upset] = {}
    for day in (today, today + timedelta(weeks=1)):
        try:
            plan = plan_in_force(c, programme, iso_week(day))
        except NotThere:
            continue
        found |= {each.report.visit: each for each in upsets(c, plan, today)}
    return tuple(found.values())
