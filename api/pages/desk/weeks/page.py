"""Weeks: plan, view lanes, move a visit at a shown price, publish, and find every version again."""

from dataclasses import replace

from api.http.frame.job_answers import JobAccepted
from api.http.planning.drafts import PlanRestored
from api.http.planning.matchings import MatchingListed
from api.http.planning.plans import PlanAnswer, PlanListed, PlanRequest
from api.pages.desk.frame.elements import Choice, button, clicks, heading, html, link, part, week_field
from api.pages.desk.frame.job_progress import follow
from api.pages.desk.frame.page import Desk
from api.pages.desk.frame.since import show_since, usual_week
from api.pages.desk.frame.who_is_who import People, people_of
from api.pages.desk.weeks.dragging import drops
from api.pages.desk.weeks.lanes import Lanes, left_out
from api.pages.desk.weeks.moving import Moving, VisitToMove
from api.pages.desk.weeks.publishing import Changes, show_affected, show_left_out, show_whom_to_tell
from data.base.dates import iso_week, minute_of, weeks_from
from data.results.solution import WeekPlan
from data.store.tables.utc import now
from data.store.work.plans import PlanState

PATH, TITLE = "/weeks", "desk_weeks"
MOST_WEEKS = 8


async def show(desk: Desk) -> None:
    """Show the newest plan, or how to get the first one."""
    matchings = await desk.api.some(MatchingListed, "/matchings", limit=1) if desk.programmes else []
    if not matchings:
        with part("div", classes="empty"):
            part("p", desk.say.t("desk_no_matching"))
            link(desk.say.t("desk_matching"), "/desk/matching", "button primary")
        return
    await _Page(desk, await people_of(desk)).draw("")


class _Page:
    """The state of an open page: which plan is shown, which week, and where."""

    def __init__(self, desk: Desk, people: People) -> None:
        self.desk, self.people = desk, people
        self.run_place = part("section", classes="run")
        self.to_tell = part("section")
        self.body = part("section")
        self.week = iso_week(minute_of(now())[0])

    async def draw(self, chosen: str) -> None:
        """Redraw the page with a plan, the newest if none is named."""
        say = self.desk.say
        if self.desk.decides:
            latest = await self.desk.api.some(MatchingListed, "/matchings", limit=1)
            self._start_form(await usual_week(self.desk, latest[0].first_week))
        plans = await self.desk.api.some(PlanListed, "/plans", limit=200)
        self.body.clear()
        with self.body:
            if not plans:
                with part("div", classes="empty"):
                    part("p", say.t("desk_no_plan"))
                return
            listed = next((each for each in plans if each.id == chosen), plans[0])
            options = [(each.id, _title(self.desk, each)) for each in plans]
            with part("div", classes="filters long"):
                versions = Choice(say.t("desk_version"), options, listed.id)
            versions.changed = self.desk.act(lambda: self.draw(versions.value))
            await self._plan(listed)

    def _start_form(self, first: str) -> None:
        say = self.desk.say
        self.run_place.clear()
        with self.run_place, part("div", classes="card row"):
            week = week_field(say.t("desk_from_week"), first)
            count = Choice(
                say.t("desk_how_many_weeks"), [(str(n), say.number(n)) for n in range(1, MOST_WEEKS + 1)]
            )

            async def start() -> None:
                asked = PlanRequest(first_week=week.value or None, weeks=int(count.value))
                taken = await self.desk.api.post(JobAccepted, "/plans", asked)
                await follow(self.desk, self.run_place, taken.job, self._planned)

            button(say.t("desk_plan_start"), self.desk.act(start), "primary")

    async def _planned(self, plan: str) -> None:
        await self.draw(plan)
        self.desk.tell(self.desk.say.t("desk_plan_done"))

    async def _plan(self, listed: PlanListed) -> None:
        say = self.desk.say
        plan = await self.desk.api.get(PlanAnswer, f"/plans/{listed.id}")
        in_force = listed.state is PlanState.PUBLISHED
        show_since(self.desk, plan.since)
        if listed.state is PlanState.DRAFT:
            place = part("section")

            await show_affected(self.desk, self.people, place, listed.id, self._published)
        elif listed.state is PlanState.SUPERSEDED and self.desk.decides:
            self._way_back(listed)
        weeks = weeks_from(listed.first_week, listed.weeks)
        heading(say.t("desk_lanes"))
        with part("div", classes="filters"):
            week = Choice(say.t("desk_week"), [(each, each) for each in weeks], self.week)
            buddies = [("", say.t("desk_all")), *self.people.by_name()]
            buddy = Choice(say.t("desk_buddy"), buddies)
        part("p", say.t("desk_lanes_text" if in_force else "desk_lanes_draft"), "muted")
        panel = part("section").props('aria-live="polite"')
        drawn = html("", "lanes")
        trays = html("")
        drawing = Lanes(self.desk, self.people, in_force, minute_of(now()))
        whose, places = _whose(plan), _places(plan)
        moving = Moving(self.desk, self.people, places, panel, self._published)

        def draw() -> None:
            panel.clear()
            self.week = week.value
            shown = [each for each in _weeks(plan) if each.week == week.value]
            shown = [each for each in shown if buddy.value in ("", each.buddy)]
            drawn.content = drawing.week(shown, week.value)
            missing = [each for each in plan.not_planned if each.week == week.value]
            missing = [each for each in missing if buddy.value in ("", each.buddy)]
            trays.content = left_out(self.desk, self.people, missing, in_force)

        async def clicked(given: dict[str, str]) -> None:
            visit, at, day = given["id"], given["at"], given.get("day", "")
            asked = VisitToMove(listed.id, week.value, whose[visit], visit, at, day)
            await moving.show(replace(asked, new=given["act"] == "fit"))

        week.changed = buddy.changed = draw
        for place in (drawn, trays):
            clicks(place, self.desk.act(clicked))
        drops(drawn, self.desk.act(clicked))
        draw()

    async def _published(self, plan: str, broken: Changes) -> None:
        await self.draw(plan)
        show_whom_to_tell(self.desk, self.people, self.to_tell, broken)

    def _way_back(self, listed: PlanListed) -> None:
        """Offer to restore a plan that was in force: it becomes a draft that shows who is affected."""
        say = self.desk.say

        async def restore() -> None:
            draft = await self.desk.api.post(PlanRestored, f"/plans/{listed.id}/restore")
            await self.draw(draft.id)
            self.desk.tell(say.t("desk_restore_done", version=listed.version))
            show_left_out(self.desk, self.people, self.to_tell, draft.left_out)

        with part("div", classes="card"):
            part("p", say.t("desk_restore_text"))
            button(say.t("desk_restore", version=listed.version), self.desk.act(restore))


def _title(desk: Desk, plan: PlanListed) -> str:
    say = desk.say
    weeks = plan.first_week
    if plan.weeks > 1:
        weeks += f"–{weeks_from(plan.first_week, plan.weeks)[-1]}"
    state = say.t(f"desk_state_{plan.state}")
    return say.t("desk_version_title", weeks=weeks, version=plan.version, state=state)


def _whose(plan: PlanAnswer) -> dict[str, str]:
    """Return the buddy who makes each visit of a plan, or for whom it stays unplanned."""
    return {visit: week.buddy for week in _weeks(plan) for visit in _places_of(week)}


def _places(plan: PlanAnswer) -> dict[str, str]:
    """Return the company or place of each visit of a plan."""
    return {visit: place for week in _weeks(plan) for visit, place in _places_of(week).items()}


def _weeks(plan: PlanAnswer) -> list[WeekPlan]:
    return [week for own in plan.buddies for week in own.weeks]


def _places_of(week: WeekPlan) -> dict[str, str]:
    unplanned = {each.id: each.at for each in week.unplanned}
    return unplanned | {stop.id: stop.place for day in week.days if day for stop in day.stops}
