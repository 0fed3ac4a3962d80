"""Hosts: who employs buddies and looks after companies now."""

from collections import Counter

from pydantic import Field

from api.http.frame.auth import ByCoordinator, InProgramme
from api.http.frame.errors import problems
from api.http.frame.schemas import Schema
from api.http.frame.state import InAppState
from api.http.frame.writes.router import Router
from api.published.own_week import names_of

router = Router(prefix="/hosts", tags=["hosts"], responses=problems(401, 403, 404, 422, 500))


class HostAnswer(Schema):
    """A host, with how many of its buddies and companies the reader sees."""

    id: str = Field(examples=["h01"])
    name: str
    kind: str = Field(examples=["chamber"])
    buddies: int
    companies: int


@router.get("")
def list_hosts(by: ByCoordinator, programme: InProgramme, app_state: InAppState) -> list[HostAnswer]:
    """List the hosts with a buddy or a company that the coordinator sees, by id."""
    with app_state.service.store.reading() as c:
        seen, problem = app_state.sight(c, by, programme), app_state.latest(c, programme)
        names = names_of(c, programme, set(problem.host))
    buddies = Counter(each.host for each in problem.buddies if each.id in seen.buddies)
    companies = Counter(each.host for each in problem.companies if each.id in seen.companies)
    return [
        HostAnswer(
            id=host.id,
            name=names.name(host.id),
            kind=host.kind,
            buddies=buddies[host.id],
            companies=companies[host.id],
        )
        for host in sorted(problem.hosts, key=lambda host: host.id)
        if buddies[host.id] or companies[host.id]
    ]
