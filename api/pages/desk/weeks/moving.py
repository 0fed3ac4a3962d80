"""Moving or fitting in a visit of a published week: every start that keeps all promises, with its price."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import date

from nicegui import ui

from api.http.frame.job_answers import JobAccepted
from api.http.planning.plans import ReplanRequest
from api.http.planning.slots import FitInAnswer, OfferAnswer, SlotAnswer
from api.pages.desk.frame.client import Refused
from api.pages.desk.frame.elements import button, focus, heading, part
from api.pages.desk.frame.job_progress import follow
from api.pages.desk.frame.page import Desk
from api.pages.desk.frame.refusals import cause_words
from api.pages.desk.frame.who_is_who import People
from api.pages.desk.weeks.publishing import Changes, show_affected
from data.results.replanning import Moved

Window = tuple[date, int, int]
"""A day, and the first and the last minute of it at which a visit may start."""
Redraw = Callable[[str, Changes], Awaitable[None]]


@dataclass(frozen=True)
class VisitToMove:
    """A visit of a week in force; `day` is where it was dropped, `new` says that it has no time yet."""

    plan: str
    week: str
    buddy: str
    visit: str
    place: str
    day: str = ""
    new: bool = False


class Moving:
    """The panel for moves: it shows slots, and the chosen one becomes a draft that shows who is affected.

    `places` says at which company or place each visit of the plan is.
    """

    def __init__(
        self, desk: Desk, people: People, places: Mapping[str, str], place: ui.element, redraw: Redraw
    ) -> None:
        self.desk, self.people, self.place, self.redraw = desk, people, place, redraw
        self.places = places

    async def show(self, asked: VisitToMove) -> None:
        """Fetch the slots, and show them by day; those of the day of the drop come first."""
        say, name = self.desk.say, self.people.name(asked.place)
        self.place.clear()
        with self.place, part("div", classes="card"):
            title = heading(say.t("desk_fit_title" if asked.new else "desk_move_title", name=name), 3)
            body = part("div")
            with body:
                part("p", say.t("desk_loading"), "muted")
            button(say.t("desk_close"), self.place.clear)
        focus(title)
        try:
            found = await self.desk.api.get(
                OfferAnswer, "/slots", at=asked.place, week=asked.week, buddy=asked.buddy, visit=asked.visit
            )
        except Refused as refused:
            cause = cause_words(refused, say)
            if not cause or body.is_deleted:
                raise
            body.clear()
            with body:
                part("p", cause, "wrong")
            return
        if body.is_deleted:
            return
        body.clear()
        with body:
            self._offers(asked, found.slots)
            if found.fit_in:
                self._forced(asked, found.fit_in)

    def _offers(self, asked: VisitToMove, slots: list[SlotAnswer]) -> None:
        say = self.desk.say
        if slots:
            part("p", say.t("desk_move_text"), "muted")
        day = date.fromisoformat(asked.day) if asked.day else None
        there = [slot for slot in slots if slot.day == day]
        others = [slot for slot in slots if slot.day != day]
        if day:
            dropped = say.full_date(day)
            if there:
                self._list(say.t("desk_move_there", day=dropped), asked, there)
            else:
                part("p", say.t("desk_move_not_there", day=dropped), "wrong")
        if others:
            self._list(say.t("desk_move_others" if day else "desk_move_all"), asked, others)
        elif not there:
            part("p", say.t("desk_move_none"))

    def _list(self, title: str, asked: VisitToMove, slots: list[SlotAnswer]) -> None:
        heading(title, 4)
        with part("ul", classes="slots"):
            for slot in slots:
                with part("li"):
                    self._offer(asked, slot)

    def _offer(self, asked: VisitToMove, slot: SlotAnswer) -> None:
        say = self.desk.say
        when = f"{say.day(slot.day)}, {say.times(slot.from_min, slot.to_min)}"
        price = self._price(slot.added_travel_min)
        part("span", when)
        part("span", price, "muted")
        text = say.t("desk_fit_here" if asked.new else "desk_move_here")
        window = slot.day, slot.from_min, slot.to_min
        self._act(asked, window, text, f"{text}: {when}, {price}")

    def _price(self, added: int) -> str:
        key = "desk_move_same" if not added else ("desk_move_more" if added > 0 else "desk_move_less")
        return self.desk.say.t(key, time=self.desk.say.minutes(abs(added)))

    def _act(self, asked: VisitToMove, window: Window, text: str, says: str) -> None:
        if not self.desk.decides:
            return
        day, first, last = window
        wish = Moved(visit=asked.visit, date=day, from_min=first, to_min=last)

        async def move() -> None:
            body = ReplanRequest(disruptions=[wish])
            taken = await self.desk.api.post(JobAccepted, f"/plans/{asked.plan}/replan", body)
            await follow(self.desk, self.place, taken.job, self._planned)

        button(text, self.desk.act(move), "small", says)

    async def _planned(self, draft: str) -> None:
        await show_affected(self.desk, self.people, self.place, draft, self.redraw)

    def _forced(self, asked: VisitToMove, cost: FitInAnswer) -> None:
        """Show the least harm of planning the visit anyway, with a button that proposes it."""
        say = self.desk.say
        if cost.day is None or cost.start_min is None:
            part("p", say.t("desk_fit_never"))
            return
        when = f"{say.day(cost.day)}, {say.time(cost.start_min)}"
        part("p", say.t("desk_fit_forced", when=when, price=self._price(cost.added_travel_min)))
        with part("ul", classes="harm"):
            moved = [each for each in cost.broken if each not in cost.left_out]
            for key, visits in (("desk_fit_broken", moved), ("desk_fit_left_out", cost.left_out)):
                if visits:
                    names = (self.people.name(self.places.get(each, each)) for each in visits)
                    part("li", say.t(key, names=", ".join(names)))
        text = say.t("desk_fit_anyway")
        self._act(asked, (cost.day, cost.start_min, cost.start_min), text, f"{text}: {when}")
