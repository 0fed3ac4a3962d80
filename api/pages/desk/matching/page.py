"""Matching: run it, read it as list and map, ask why, pin and ban, run it again, and see who changes."""

import re

from api.http.frame.job_answers import JobAccepted
from api.http.planning.matchings import MatchingAnswer, MatchingListed, MatchRequest
from api.http.register.pins import PinAnswer
from api.pages.desk.frame.elements import Choice, button, part, reveal, week_field
from api.pages.desk.frame.job_progress import follow
from api.pages.desk.frame.page import Desk, without_programme
from api.pages.desk.frame.since import show_since, usual_week
from api.pages.desk.frame.who_is_who import People, people_of
from api.pages.desk.matching.adopting import show_adoption
from api.pages.desk.matching.board import show_board
from api.pages.desk.matching.list import MatchingList, rows_of
from api.pages.desk.matching.map import Map
from api.pages.desk.matching.pair_price import Asking
from api.pages.desk.matching.pins import show_pins
from api.pages.desk.matching.result import show_changes, show_result
from api.pages.desk.matching.tray import Tray
from api.pages.desk.matching.why import show_pair, show_why

PATH, TITLE = "/matching", "desk_matching"
WEEK = re.compile("[0-9]{4}-W[0-9]{2}")


async def show(desk: Desk) -> None:
    """Show the latest matching, or how to get the first one."""
    if without_programme(desk):
        return
    await _Page(desk, await people_of(desk)).draw()


class _Page:
    """The state of an open page: what is shown, and where."""

    def __init__(self, desk: Desk, people: People) -> None:
        self.desk, self.people = desk, people
        self.run_place = part("section", classes="run")
        self.body = part("section")

    async def draw(self) -> None:
        if self.desk.decides:
            asked = self.desk.asked.get("week", "")
            self._start_form(asked if WEEK.fullmatch(asked) else await usual_week(self.desk))
        listed = await self.desk.api.some(MatchingListed, "/matchings", limit=50)
        self.body.clear()
        with self.body:
            if not listed:
                with part("div", classes="empty"):
                    part("p", self.desk.say.t("desk_no_matching"))
                return
            await self._matching(listed)

    def _start_form(self, first: str) -> None:
        say = self.desk.say
        self.run_place.clear()
        with self.run_place, part("div", classes="card row"):
            week = week_field(say.t("desk_from_week"), first)
            effort = Choice(
                say.t("desk_effort"),
                [
                    ("", say.t("desk_effort_usual")),
                    ("20", say.t("desk_effort_20")),
                    ("120", say.t("desk_effort_120")),
                ],
            )

            async def start() -> None:
                asked = MatchRequest(
                    first_week=week.value or None,
                    refine_seconds=float(effort.value) if effort.value else None,
                )
                await self._match(asked)

            button(say.t("desk_match_start"), self.desk.act(start), "primary")

    async def _match(self, asked: MatchRequest | None = None) -> None:
        taken = await self.desk.api.post(JobAccepted, "/matchings", asked or MatchRequest())
        reveal(self.run_place)
        await follow(self.desk, self.run_place, taken.job, self._ran)

    async def _ran(self, _: str) -> None:
        await self.draw()
        self.desk.tell(self.desk.say.t("desk_match_done"))

    async def _matching(self, listed: list[MatchingListed]) -> None:
        api, key = self.desk.api, listed[0].id
        shown = await api.get(MatchingAnswer, f"/matchings/{key}")
        self.pins, rows = await api.every(PinAnswer, "/pins"), rows_of(self.desk, self.people, shown.matching)
        self.asking = Asking(
            self.desk, self.people, key, shown.matching.buddy_of, self._pins_again,
            lambda: any(pin.created_at > shown.created_at for pin in self.pins), self._match,
        )  # fmt: skip
        show_since(self.desk, shown.since)
        show_result(self.desk, shown.matching)
        with part("div", classes="two"):
            with part("div"):
                Tray(self.desk, self.people, rows, self._clicked)
                found = MatchingList(self.desk, self.people, rows, self._clicked)
            with part("div", classes="beside"):
                self.panel = part("section", classes="card why").props('aria-live="polite"')
                with self.panel:
                    part("p", self.desk.say.t("desk_why_hint"), "muted")
                show_board(self.desk, self.people, shown.matching, self._clicked)
                drawn = Map(self.desk, self.people, self._clicked)
        self.list, self.map = found, drawn
        found.on_choice = drawn.choose_buddy
        await show_adoption(self.desk, self.people, listed[0])
        self.pins_place = part("section")
        self._draw_pins()
        await show_changes(self.desk, self.people, listed, shown)
        await drawn.load(key)

    def _draw_pins(self) -> None:
        self.pins_place.clear()
        with self.pins_place:
            show_pins(self.desk, self.people, self.pins, self._pins_again)

    async def _pins_again(self) -> None:
        self.pins = await self.desk.api.every(PinAnswer, "/pins")
        self._draw_pins()

    async def _clicked(self, given: dict[str, str]) -> None:
        """Handle a click: a company shows its reasons or another buddy's price, a buddy the companies."""
        await self.desk.act(self._react)(given)

    async def _react(self, given: dict[str, str]) -> None:
        if given["act"] == "buddy":
            await self.list.choose_buddy(given["id"])
            return
        self.map.choose_company(given["id"])
        self.list.mark(given["id"])
        if given["act"] == "why":
            await show_why(self.asking, self.panel, given["id"])
        else:
            await show_pair(self.asking, self.panel, given["id"], given["at"])
