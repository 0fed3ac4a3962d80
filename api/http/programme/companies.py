"""Companies as coordinators see them."""

from typing import Annotated

from fastapi import Query

from api.http.frame.auth import ByCoordinator, InProgramme
from api.http.frame.errors import problems
from api.http.frame.schemas import Key, Page, PageTurn
from api.http.frame.state import InAppState
from api.http.frame.writes.router import Router
from api.published.own_week import names_of
from data.base.message import message
from data.model.identity import Identities
from data.model.problem import Company
from data.model.vocabulary import CompanyState
from data.store.database.record import NotThere

router = Router(prefix="/companies", tags=["companies"], responses=problems(401, 403, 404, 422, 500))


class CompanyAnswer(Company):
    """A company with its name and town."""

    name: str
    town: str


def _shown(company: Company, names: Identities) -> CompanyAnswer:
    return CompanyAnswer(**dict(company), name=names.name(company.id), town=names.of(company.id).town)


@router.get("")
def list_companies(
    by: ByCoordinator,
    programme: InProgramme,
    app_state: InAppState,
    turn: PageTurn,
    district: Annotated[str, Query(max_length=5, examples=["15002"])] = "",
    host: Annotated[str, Query(max_length=80)] = "",
    state: CompanyState | None = None,
) -> Page[CompanyAnswer]:
    """List the companies that the coordinator sees, by id."""
    with app_state.service.store.reading() as c:
        seen = app_state.sight(c, by, programme)
        found = [
            each
            for each in sorted(app_state.latest(c, programme).companies, key=lambda company: company.id)
            if each.id in seen.companies
            and each.id > turn.after
            and district in ("", each.district)
            and host in ("", each.host)
            and state in (None, each.state)
        ]
        names = names_of(c, programme, {each.id for each in found[: turn.limit]})
    page = turn.page(found, lambda company: company.id)
    return Page(items=[_shown(each, names) for each in page.items], next=page.next)


@router.get("/{company}")
def show_company(
    company: Key, by: ByCoordinator, programme: InProgramme, app_state: InAppState
) -> CompanyAnswer:
    """Show a company."""
    with app_state.service.store.reading() as c:
        if company not in app_state.sight(c, by, programme).companies:
            raise NotThere(message("no_company", company=company))
        return _shown(app_state.latest(c, programme).company[company], names_of(c, programme, {company}))
