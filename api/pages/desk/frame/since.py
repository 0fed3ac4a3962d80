"""What came since something was computed, and where the next question begins."""

from api.http.frame.schemas import SinceShown
from api.http.planning.plans import PlanListed
from api.pages.desk.frame.elements import link, part
from api.pages.desk.frame.page import Desk
from api.planning.week_input import next_week
from data.base.dates import weeks_from
from data.store.work.plans import PlanState


def show_since(desk: Desk, since: SinceShown | None) -> None:
    """Say how many changes the register had since, with the way to them."""
    if since is None:
        return
    say = desk.say
    if not since.changes:
        part("p", say.t("desk_since_none"), "muted")
        return
    programme = f"&programme={desk.api.programme}" if len(desk.programmes) > 1 else ""
    with part("p", classes="notice since"):
        to = f"/desk/changes?after={since.change_set}{programme}"
        link(say.t("desk_since", count=since.changes), to)


async def usual_week(desk: Desk, earliest: str = "") -> str:
    """Return the first ISO week without a published plan that has not begun, from `earliest` on."""
    plans = await desk.api.some(PlanListed, "/plans", limit=200)
    published = [each for each in plans if each.state is PlanState.PUBLISHED]
    held = {week for each in published for week in weeks_from(each.first_week, each.weeks)}
    weeks = weeks_from(max(next_week(), earliest), len(held) + 1)
    return next(week for week in weeks if week not in held)
