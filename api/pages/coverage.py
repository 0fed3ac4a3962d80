"""Coverage, for users who see figures but no names."""

from fastapi.responses import Response

from api.export.map.map_svg import draw_districts
from api.http.frame.auth import ByCounting, InProgramme
from api.http.frame.state import InAppState
from api.http.programme.aggregates import show_aggregates
from api.pages.coverage_tables import SHADES, Titles, shares_of_districts, table_of, totals_of
from api.pages.frame.error_pages import pages
from api.pages.frame.shell import ForUser
from api.published.own_week import names_of
from api.run.aggregated.aggregates import Aggregates, Dimension
from api.run.stored_sources import sources_of_programme
from data.store.database.record import NotThere

router = pages()


@router.get("/coverage")
def show_coverage(shell: ForUser, by: ByCounting, programme: InProgramme, app_state: InAppState) -> Response:
    """Show who has a job buddy by district, sector, host and language, like `GET /api/v1/aggregates`."""
    with app_state.service.store.reading() as c:
        try:
            counted: Aggregates = app_state.fresh.of(
                c, ("coverage", programme), lambda: show_aggregates(by, programme, app_state)
            )
        except NotThere:
            return shell.page("coverage_none")
        problem = app_state.latest(c, programme)
        sources = sources_of_programme(c, programme)
        gazetteer, keys = sources.gazetteer, tuple(each.ags for each in problem.programme.districts)
        drawn = ("districts", programme, keys)
        drawing = app_state.fresh.of(c, drawn, lambda: draw_districts(keys, gazetteer))
        hosts = names_of(c, programme, {host.id for host in problem.hosts})
    titles = Titles(shell.speaker, hosts.name, gazetteer.district_name)
    tables = [table_of(each, titles) for each in counted.tables]
    by_district = next(each for each in tables if each.by is Dimension.DISTRICT)
    shown = {
        "counted": counted,
        "tables": tables,
        "totals": totals_of(counted.totals, titles),
        "drawing": drawing,
        "legend": (0, *SHADES),
        "attributions": sources.attributions,
        "shares": shares_of_districts(by_district, shell.speaker),
    }
    return shell.page("coverage", shown)
