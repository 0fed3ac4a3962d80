"""Aggregates: figures of the published plan, without names, ids or small cells."""

from api.http.frame.auth import ByCounting, InProgramme
from api.http.frame.errors import problems
from api.http.frame.state import InAppState
from api.http.frame.writes.router import Router
from api.run.aggregated.aggregates import Aggregates, aggregates
from data.base.message import message
from data.store.database.record import NotThere
from data.store.work.plans import published_plans

router = Router(prefix="/aggregates", tags=["aggregates"], responses=problems(401, 403, 404, 422, 500))


@router.get("")
def show_aggregates(by: ByCounting, programme: InProgramme, app_state: InAppState) -> Aggregates:
    """Count companies, specialists, care and visits of the latest published plan."""
    with app_state.service.store.reading() as c:
        published = published_plans(c, programme)
        if not published:
            raise NotThere(message("nothing_published"))
        return aggregates(app_state.runs.of_plan(c, published[0].id))
