"""The page of one row: its form, what belongs to it, changed in place, and what was changed last."""

import json
from collections.abc import Awaitable, Callable
from datetime import date
from types import SimpleNamespace

from nicegui import ui

from api.pages.desk.frame.elements import heading, html, link, part
from api.pages.desk.frame.page import Desk
from api.pages.desk.register.editing import Editing
from api.pages.desk.register.entities import page_of
from api.pages.desk.register.form import facts, form_of
from api.pages.desk.register.journal import list_sets
from api.pages.desk.register.lists.page import NEW, may_enter
from api.pages.desk.register.registry import Registry
from api.pages.desk.register.rows.absence import WouldBeAway
from api.pages.desk.register.rows.belongings import Belongs, rows_of
from api.pages.desk.register.rows.candidates import WhoCanTake
from api.pages.desk.register.rows.glance import show_buddy, show_company, show_next_visits
from api.pages.desk.register.rows.open_row import OpenRow, story_of
from api.pages.desk.register.rows.possible import show_possible
from api.pages.desk.register.shown import Shown
from api.pages.desk.register.telling import tell_saved
from api.pages.desk.register.wording import Wording
from data.base.dates import minute_of
from data.model.dated import active_on
from data.register.changes.enter import Entered
from data.register.changes.operations import Operation
from data.register.rows.row import RegisterRow
from data.store.tables.utc import now

SETS_SHOWN = 8


Asking = Callable[[], Awaitable[None]]


def _looked_after(company: RegisterRow, day: date) -> bool:
    """Return whether the row of a company says that it is looked after on a day."""
    return active_on(SimpleNamespace(**company.parsed), day)


def _beside_company(opened: OpenRow) -> Asking | None:
    """Show what a company's page has above its form; one without a buddy asks of itself who can take it."""
    show_company(opened)
    if not _looked_after(opened.row, minute_of(now())[0]):
        return None
    asked = WhoCanTake(opened)
    if opened.words.main_buddies.get(opened.row.id):
        return None
    return lambda: opened.desk.guarded(asked.ask(of_itself=True))


def _beside_buddy(opened: OpenRow) -> Asking | None:
    show_buddy(opened)
    WouldBeAway(opened)
    return None


BESIDE = {"companies": _beside_company, "buddies": _beside_buddy}


class RowPage:
    """One row of an entity, or the form for a new one."""

    def __init__(self, desk: Desk, shown: Shown, key: str) -> None:
        self.desk, self.shown, self.key = desk, shown, key
        self.registry = Registry(desk.api)
        self.words: Wording
        self._body = part("div", classes="row-page")
        self._asking: Asking | None = None

    async def draw(self) -> None:
        """Read the register and show the row as it is now."""
        self._asking = None
        self.words = Wording(self.desk.say, await self.registry.read(), self.desk.sources)
        self._body.clear()
        with self._body:
            with part("p", classes="crumb"):
                link(self.desk.say.t(self.shown.title), f"{page_of(self.shown.entity)}{self.desk.query}")
            if self.key == NEW:
                self._draw_new()
                return
            seen = self.words.seen
            row = seen.register.row(self.shown.entity, self.key)
            if row is None or not seen.sees(row):
                self._draw_gone()
            else:
                await self._draw_row(row)

    def _draw_new(self) -> None:
        say = self.desk.say
        heading(say.t("entry_new", kind=self.words.kind(self.shown.entity)), 1)
        if not may_enter(self.words, self.shown):
            part("p", say.t("entry_not_yours"), "notice")
            return
        host = self.words.seen.by.host
        fixed = {"host": host} if host and "host" in self.shown.kind.column else {}
        form = form_of(self.words, self.shown.entity, None, fixed)
        Editing(self.desk, self.registry, form, self._entered, self._to_list).focus()

    def _draw_gone(self) -> None:
        heading(self.desk.say.t(self.shown.title), 1)
        part("p", self.desk.say.t("entry_gone", key=self.key), "empty")

    async def _draw_row(self, row: RegisterRow) -> None:
        words, beside = self.words, BESIDE.get(row.entity)
        with part("div", classes="row-head"):
            heading(words.title(row), 1)
            part("p", self._about(row), "muted")
            if row.entity == "buddies" and words.seen.keeps(row):
                link(
                    self.desk.say.t("desk_leaving_link"),
                    f"{page_of('buddies', row.id)}/leaving{self.desk.query}",
                    "button",
                )
        self.desk.client.run_javascript(f"document.title = {json.dumps(words.title(row) + ' · buddyplan')}")
        opened = None
        if beside:
            story = await story_of(self.desk, row)
            opened = OpenRow(self.desk, self.registry, words, row, story, self.draw, self.ask)
            self._asking = beside(opened)
        with part("div", classes="row-body" if self.shown.belongings else ""):
            with part("div", classes="row-form"):
                self._draw_form(row)
            if self.shown.belongings:
                with part("div", classes="belongings"):
                    if opened:
                        show_next_visits(opened)
                    for each in self.shown.belongings:
                        Belongs(self.desk, self.registry, words, row, each, self._saved)
        await self._draw_changes(row)

    def _draw_form(self, row: RegisterRow) -> None:
        words = self.words
        if words.seen.keeps(row):
            form = form_of(words, row.entity, row)
            Editing(self.desk, self.registry, form, self._saved, self.draw, self._weigh)
        else:
            part("p", self.desk.say.t("entry_not_yours"), "muted")
            html(facts(words, row, self.shown.sections))

    async def _weigh(self, place: ui.element, change: Operation) -> None:
        await show_possible(self.desk, self.registry, place, change, self.words)

    def _about(self, row: RegisterRow) -> str:
        """Return in a line what tells a row from others: town, district, id."""
        words, say = self.words, self.desk.say
        town = "" if words.hides(row, "town") else row.values.get("town", "")
        told = [town, words.cell(row, "district") if "district" not in row.kind.column else "", row.id]
        return " · ".join(each for each in dict.fromkeys(told) if each) or say.t("nobody_known")

    async def _draw_changes(self, row: RegisterRow) -> None:
        own = [(row.entity, row.id)]
        for each in self.shown.belongings:
            if not page_of(each.entity) or each.entity not in ("companies", "buddies"):
                own += [(found.entity, found.id) for found in rows_of(self.words, row, each)]
        sets = await self.registry.changes_about(own, row.id, SETS_SHOWN)
        with part("section", classes="card changes-of"):
            heading(self.desk.say.t("rows_changes"))
            shown, parts = [each for each, _ in sets], {each.id for each, more in sets if more}
            await list_sets(self.desk, self.registry, self.words, shown, self.draw, parts)

    async def _saved(self, entered: Entered, before: Wording) -> None:
        await self.draw()
        tell_saved(self.desk, self.registry, before, entered, self.draw)
        await self.ask()

    async def ask(self) -> None:
        """Ask what the page asks of itself, once all else is there."""
        if self._asking:
            await self._asking()

    async def _entered(self, entered: Entered, before: Wording) -> None:
        """Go on with the page of the row that was entered."""
        (_, self.key), *_ = entered.draft.keys
        address = json.dumps(f"{page_of(self.shown.entity, self.key)}{self.desk.query}")
        self.desk.client.run_javascript(f"history.replaceState(null, '', {address})")
        await self._saved(entered, before)

    async def _to_list(self) -> None:
        address = json.dumps(f"{page_of(self.shown.entity)}{self.desk.query}")
        self.desk.client.run_javascript(f"location.href = {address}")


async def show_row(desk: Desk, shown: Shown) -> None:
    """Show the page of a row; the address says which."""
    page = RowPage(desk, shown, desk.key)
    await page.draw()
    await page.ask()
