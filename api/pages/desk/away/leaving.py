"""A buddy leaves on a day: successors company by company, joint visits, all adopted with one button."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from nicegui import ui

from api.http.register.leaving import FollowerSent, FollowersSent, LeavingEntered, SuccessionsAnswer
from api.pages.desk.frame.elements import Choice, Field, button, focus, heading, link, part
from api.pages.desk.frame.page import Desk
from api.pages.desk.register.entities import page_of
from api.pages.desk.register.registry import Registry
from api.pages.desk.register.wording import Wording
from api.words.findings import problem_and_remedy
from api.words.levels import price_words
from api.words.reasons import reason_words
from data.base.dates import ZONE, minute_of
from data.register.rows.row import RegisterRow
from data.results.questions import JointVisit, Successions
from data.store.tables.utc import now

PATH, TITLE = "/buddies/{key}/leaving", "desk_leaving"
DAYS_AHEAD = 30


@dataclass(frozen=True)
class Line:
    """What is chosen for one company."""

    company: str
    buddy: Choice
    visit: Field


class LeavingPage:
    """The page of one buddy who leaves."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.key = desk, desk.key
        self.registry = Registry(desk.api)
        self.words: Wording
        self.row: RegisterRow
        self.lines: list[Line] = []
        self.place: ui.element
        self.day: Field

    async def draw(self) -> None:
        """Ask for the day, and propose as soon as there is one."""
        desk, say = self.desk, self.desk.say
        await self._read()
        with part("p", classes="crumb"):
            link(self.words.title(self.row), f"{page_of('buddies', self.key)}{desk.query}")
        heading(say.t("desk_leaving_of", buddy=self.words.title(self.row)), 1)
        part("p", say.t("desk_leaving_text"), "muted")
        with part("div", classes="row"):
            first = self.row.values.get("employed_to") or desk.asked.get("on") or _usual()
            self.day = Field(say.t("desk_leaving_day"), first, type="date")
            button(say.t("desk_leaving_propose"), desk.act(self._propose), "primary")
        self.place = part("div", classes="leaving").props('aria-live="polite"')
        if self.row.values.get("employed_to"):
            self._links()

    async def _read(self) -> None:
        self.words = Wording(self.desk.say, await self.registry.read(), self.desk.sources)
        self.row = self.words.seen.row("buddies", self.key)

    async def _propose(self) -> None:
        desk, say = self.desk, self.desk.say
        self.place.clear()
        with self.place:
            part("p", say.t("desk_leaving_solving"), "muted")
        path = f"/register/buddies/{self.key}/leaving"
        found = (await desk.api.get(SuccessionsAnswer, path, on=self.day.value)).answer
        await self._read()
        self.place.clear()
        with self.place:
            self._show(found)

    def _show(self, found: Successions) -> None:
        desk, say = self.desk, self.desk.say
        title = heading(say.t("desk_leaving_successors", count=len(found.successors) + len(found.without)))
        if not (found.successors or found.without):
            part("p", say.t("leaving_no_company"), "empty")
        elif not found.proved:
            part("p", say.t("desk_leaving_not_proved"), "muted")
        visits = {each.company: each for each in found.visits}
        self.lines = []
        for each in found.successors:
            about = say.t("desk_leaving_price", price=price_words(each.price, say), minutes=each.one_way_min)
            self._line(each.company, each.buddy, about, visits.get(each.company))
        for left in found.without:
            reason = reason_words(left.reason, self.words.name, say.language)
            self._line(left.company, "", say.t("desk_leaving_nobody", reason=reason), None)
        if desk.decides or self.words.seen.keeps(self.row):
            part("p", say.t("desk_leaving_access", day=say.day(found.day)))
            button(say.t("desk_leaving_adopt"), desk.act(self._adopt), "primary")
        self._links()
        focus(title)

    def _line(self, company: str, buddy: str, about: str, visit: JointVisit | None) -> None:
        say, words = self.desk.say, self.words
        others = [key for key in (row.id for row in words.rows("buddies")) if key != self.key]
        options = [("", say.t("desk_leaving_vacant")), *words.by_name(others)]
        with part("fieldset", classes="card successor"):
            part("legend", words.name(company))
            part("p", about, "muted")
            with part("div", classes="row"):
                chosen = Choice(say.t("desk_leaving_successor"), options, buddy)
                start = f"{visit.day.isoformat()}T{_clock(visit.start_min)}" if visit else ""
                moment = Field(say.t("desk_leaving_visit"), start, type="datetime-local")
            if visit is None and buddy:
                part("p", say.t("leaving_no_visit"), "muted")
        self.lines.append(Line(company, chosen, moment))

    async def _adopt(self) -> None:
        desk, say = self.desk, self.desk.say
        sent = FollowersSent(successors=[_sent(line) for line in self.lines if line.buddy.value])
        made = await desk.api.post(
            LeavingEntered,
            f"/register/buddies/{self.key}/leaving",
            sent,
            if_match=f'"{self.row.version}"',
            on=self.day.value,
        )
        await self._read()
        self.place.clear()
        with self.place:
            told = heading(say.t("desk_leaving_done", day=say.day(date.fromisoformat(self.day.value))))
            if made.without:
                names = ", ".join(self.words.name(key) for key in made.without)
                part("p", say.t("desk_leaving_without", companies=names), "wrong")
            if made.appointments:
                part("p", say.t("desk_leaving_appointments", count=len(made.appointments)), "wrong")
            for finding in made.findings:
                part("p", "; ".join(problem_and_remedy(finding, say.language)), "muted")
            self._links()
        focus(told)

    def _links(self) -> None:
        with part("div", classes="links"):
            at = f"/desk/buddies/{self.key}/handover?on={self.day.value}"
            program = f"&programme={self.desk.api.programme}" if self.desk.query else ""
            link(self.desk.say.t("desk_handover_sheets"), f"{at}{program}", "button")
            link(self.desk.say.t("rows_changes"), f"/desk/changes{self.desk.query}", "button")


def _sent(line: Line) -> FollowerSent:
    moment = None
    if line.visit.value:
        moment = datetime.fromisoformat(line.visit.value).replace(tzinfo=ZoneInfo(ZONE))
    return FollowerSent(company=line.company, buddy=line.buddy.value, joint_visit=moment)


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def _usual() -> str:
    return (minute_of(now())[0] + timedelta(days=DAYS_AHEAD)).isoformat()


async def show(desk: Desk) -> None:
    """Show the page of a buddy who leaves."""
    await LeavingPage(desk).draw()
