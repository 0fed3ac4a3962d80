"""One absence before it counts: what it hits and who covers; then confirmed with its covers at once."""

from collections.abc import Awaitable, Callable
from datetime import date

from nicegui import ui

from api.http.register.absence_effects import AbsenceAnswer
from api.pages.desk.frame.elements import Choice, Field, button, focus, heading, part
from api.pages.desk.frame.page import Desk
from api.pages.desk.register.registry import Registry
from api.pages.desk.register.wording import Wording
from api.words.findings import finding_sentence
from data.base.errors import BuddyplanError
from data.base.message import message
from data.model.vocabulary import AbsenceState, RelationRole
from data.register.changes.leaving import companies_left
from data.register.changes.operations import Act, Operation


class Settling:
    """The form of one absence; `row` is what was asked for, empty for a new one."""

    def __init__(
        self,
        desk: Desk,
        registry: Registry,
        words: Wording,
        buddy: str,
        row: str,
        done: Callable[[], Awaitable[None]],
    ) -> None:
        self.desk, self.registry, self.words = desk, registry, words
        self.buddy, self.row, self.done = buddy, row, done
        self.first: Field
        self.last: Field
        self.for_all: Choice
        self.place: ui.element
        self.choices: ui.element
        self.covers: dict[str, Choice] = {}

    async def show(self, first: date, last: date) -> None:
        """Show the days and what they hit."""
        say = self.desk.say
        with part("div", classes="card settling"):
            title = heading(say.t("desk_absence_of", buddy=self.words.name(self.buddy)))
            with part("div", classes="row"):
                changed = self.desk.act(self._changed)
                self.first = Field(say.t("desk_absence_first"), first.isoformat(), changed, type="date")
                self.last = Field(say.t("desk_absence_last"), last.isoformat(), changed, type="date")
            self.place = part("div").props('aria-live="polite"')
            await self._effects()
            self.choices = part("div")
            with self.choices:
                self._choose_covers(first)
            with part("div", classes="links"):
                key = "desk_absence_confirm" if self.row else "desk_absence_enter"
                button(say.t(key), self.desk.act(self._confirm), "primary")
                if self.row:
                    button(say.t("desk_absence_decline"), self.desk.act(self._decline), "danger")
        focus(title)

    async def _changed(self) -> None:
        """Other days hit other visits, and other companies need a cover."""
        await self._effects()
        left = companies_left(self.words.register, self.buddy, date.fromisoformat(self.first.value))
        if set(left) == set(self.covers):
            return
        self.choices.clear()
        with self.choices:
            self._choose_covers(date.fromisoformat(self.first.value), self.for_all.value)

    async def _effects(self) -> None:
        """Show what the absence hits, in sentences."""
        path = f"/register/buddies/{self.buddy}/absence-effects"
        found = await self.desk.api.get(AbsenceAnswer, path, first=self.first.value, last=self.last.value)
        self.place.clear()
        with self.place, part("ul", classes="effects"):
            for each in found.sentences[self.desk.say.language]:
                part("li", each)

    def _choose_covers(self, day: date, chosen: str = "") -> None:
        say, words = self.desk.say, self.words
        self.covers = {}
        companies = companies_left(words.register, self.buddy, day)
        options = words.by_name(row.id for row in words.rows("buddies") if row.id != self.buddy)
        deputies = words.seen.row("buddies", self.buddy).values.get("deputies", "")
        named = ", ".join(words.name(key) for key in deputies.split())
        by_list = say.t("desk_absence_deputies", names=named) if named else say.t("desk_absence_no_cover")
        with part("div", classes="row"):
            self.for_all = Choice(say.t("desk_absence_for_all"), [("", by_list), *options], chosen)
        if len(companies) > 1:
            with part("details"):
                part("summary", say.t("desk_absence_each", count=len(companies)))
                for company in companies:
                    as_all = ("", say.t("desk_absence_as_all"))
                    self.covers[company] = Choice(words.name(company), [as_all, *options])
        else:
            self.covers = dict.fromkeys(companies, self.for_all)

    async def _confirm(self) -> None:
        first, last = _days(self.first.value, self.last.value)
        state = {"state": AbsenceState.CONFIRMED.value}
        span = {"from": first.isoformat(), "to": last.isoformat()}
        steps = [self._step(span | state)]
        for company, chosen in self.covers.items():
            cover = chosen.value or self.for_all.value
            if cover:
                values = {"company": company, "buddy": cover, "role": RelationRole.COVER.value} | span
                steps.append(Operation(Act.ENTER, "relations", values=values))
        findings = (await self.registry.enter(steps)).draft.findings
        await self.done()
        told = [self.desk.say.t("desk_absence_confirmed", buddy=self.words.name(self.buddy))]
        told += [finding_sentence(each, self.desk.say.language) for each in findings]
        self.desk.tell(" ".join(told))

    async def _decline(self) -> None:
        await self.registry.enter([self._step({"state": AbsenceState.DECLINED.value})])
        await self.done()
        self.desk.tell(self.desk.say.t("desk_absence_declined", buddy=self.words.name(self.buddy)))

    def _step(self, values: dict[str, str]) -> Operation:
        if not self.row:
            return Operation(Act.ENTER, "availability", values={"who": self.buddy} | values)
        version = self.words.seen.row("availability", self.row).version
        return Operation(Act.CHANGE, "availability", self.row, values, version)


def _days(first: str, last: str) -> tuple[date, date]:
    """Return two days in order; raises `BuddyplanError`."""
    days = date.fromisoformat(first), date.fromisoformat(last)
    if days[1] < days[0]:
        raise BuddyplanError(message("last_before_first", first=days[0], last=days[1]))
    return days
