"""The list of an entity: search box, filters, count, table, pages; what is chosen stands in the address."""

import json
from collections.abc import Mapping
from urllib.parse import parse_qsl

from nicegui import ui

from api.pages.desk.frame.elements import data, hear, html, link, part
from api.pages.desk.frame.page import Desk
from api.pages.desk.register.lists.at_once import AtOnce
from api.pages.desk.register.lists.found import filter_options, rows_found
from api.pages.desk.register.lists.place import place_of
from api.pages.desk.register.lists.table import pages, table_of
from api.pages.desk.register.registry import Registry
from api.pages.desk.register.shown import Shown
from api.pages.desk.register.wording import Wording
from data.register.rows.rights import SHARED
from data.register.rows.row import RegisterRow

STEP = 50
NEW = "~new"
"""The id of a row that is not there yet; no row can have it."""
FILTERED = """e => { e.preventDefault(); const form = e.target.closest("form"); clearTimeout(form.settling);
  const typed = e.type === "input" && e.target.type === "search";
  const told = () => emit({asked: Object.fromEntries(new FormData(form)), typed});
  form.settling = setTimeout(told, typed ? 150 : 0); }"""
WENT = """e => { const to = e.target.closest("a[data-go]");
  if (!to || e.ctrlKey || e.metaKey || e.shiftKey || e.button) return;
  e.preventDefault(); emit(to.search || to.getAttribute("href")); }"""
TICKED = """e => { const box = e.target.closest("input[type=checkbox]");
  if (box) emit({id: box.value, on: box.checked}); }"""


class RowList:
    """The list of one entity, open for one user."""

    def __init__(self, desk: Desk, registry: Registry, shown: Shown, seen_words: Wording) -> None:
        self.desk, self.registry, self.shown, self.words = desk, registry, shown, seen_words
        self.place = place_of(shown, desk.asked, self._programme)
        self.chosen: list[str] = []
        self._build()

    @property
    def _programme(self) -> str:
        return self.desk.api.programme if len(self.desk.programmes) > 1 else ""

    def _build(self) -> None:
        say = self.desk.say
        with part("div", classes="list-head"):
            self._filters = html("", "list-filters")
            if may_enter(self.words, self.shown):
                new = link(
                    say.t("list_new"), f"/desk/{self.shown.path}/{NEW}{self.desk.query}", "button primary new"
                )
                new.props["aria-keyshortcuts"] = "n"
        self._count = part("p", " ", "muted").props('role="status"')
        self._table = html("", "rows")
        self._pages = html("", "pages")
        self.at_once = AtOnce(self.desk, self.registry, self)
        for event in ("input", "change", "submit"):
            hear(self._filters, event, self._filtered, FILTERED)
        hear(self._table, "click", self._go, WENT)
        hear(self._pages, "click", self._go, WENT)
        hear(self._table, "change", self._tick, TICKED)
        ui.on("desk_back", lambda event: self._back(event.args))
        self.draw(filters=True)

    @property
    def found(self) -> list[RegisterRow]:
        """All rows that fit, in order."""
        return rows_found(self.words, self.shown, self.place)

    def draw(self, filters: bool = False) -> None:
        """Show the rows that fit now; `filters`: also what is searched, filtered and sorted by."""
        say, found = self.desk.say, self.found
        last = max(1, -(-len(found) // STEP))
        page = min(self.place.page, last)
        rows = found[(page - 1) * STEP : page * STEP]
        told = say.t("list_count", count=len(found), all=say.number(len(self.words.rows(self.shown.entity))))
        self._count.text = told  # type: ignore[attr-defined]
        if filters:
            self._filters.content = self._filter_form()
        self._table.content = (
            table_of(self.words, self.shown, rows, self.place, self.chosen, self.desk.query)
            if rows
            else f'<p class="empty">{data(say.t("list_nothing" if self._narrowed else "list_none"))}</p>'
        )
        self._pages.content = pages(say, self.place.at(page), last)
        self.at_once.draw(len(found))

    @property
    def _narrowed(self) -> bool:
        return bool(self.place.words or self.place.filters)

    async def again(self) -> None:
        """Read the register again and show it."""
        seen = await self.registry.read()
        self.words = Wording(self.desk.say, seen, self.desk.sources)
        self.chosen = [key for key in self.chosen if seen.register.row(self.shown.entity, key)]
        self.draw(filters=True)

    async def _filtered(self, told: Mapping[str, object]) -> None:
        asked = dict(told["asked"])  # type: ignore[call-overload]
        self.place = place_of(self.shown, asked | {"sort": self.place.sort}, self._programme)
        await self._read()
        self.draw()
        self._address("replaceState" if told["typed"] else "pushState")

    async def _go(self, query: str) -> None:
        self._at(query)
        await self._read()
        self.draw()
        self._address("pushState")

    async def _back(self, query: str) -> None:
        self._at(query)
        self.draw(filters=True)

    async def _read(self) -> None:
        """Read what others have changed meanwhile."""
        seen = await self.registry.read()
        if seen.register is not self.words.register:
            self.words = Wording(self.desk.say, seen, self.desk.sources)

    def _at(self, query: str) -> None:
        self.place = place_of(self.shown, dict(parse_qsl(query.removeprefix("?"))), self._programme)

    def _address(self, how: str) -> None:
        address = json.dumps(
            self.place.address() if self.place.address() != "?" else f"/desk/{self.shown.path}"
        )
        self.desk.client.run_javascript(f"history.{how}(null, '', {address})")

    async def _tick(self, told: Mapping[str, object]) -> None:
        key, on = str(told["id"]), bool(told["on"])
        page = [row.id for row in self.found[(self.place.page - 1) * STEP : self.place.page * STEP]]
        keys = page if key == "*" else [key]
        self.chosen = [each for each in self.chosen if each not in keys] + (keys if on else [])
        self.draw()

    def choose(self, keys: list[str]) -> None:
        """Select exactly these rows."""
        self.chosen = keys
        self.draw()

    def _filter_form(self) -> str:
        say, place = self.desk.say, self.place
        fields = [
            f'<label class="search"><span>{data(say.t("desk_search"))}</span>'
            f'<input type="search" name="q" value="{data(place.words)}" autocomplete="off" maxlength="200" '
            f'aria-keyshortcuts="/" placeholder="{data(say.t("list_search_by"))}"></label>'
        ]
        for name in self.shown.filters:
            options = [("", say.t("desk_all")), *filter_options(self.words, self.shown, name)]
            chosen = place.filters.get(name, "")
            listed = "".join(
                f'<option value="{data(value)}"{" selected" if value == chosen else ""}>{data(text)}</option>'
                for value, text in options
            )
            label = data(self.words.label(self.shown.entity, name))
            fields.append(f'<label><span>{label}</span><select name="{name}">{listed}</select></label>')
        programme = (
            f'<input type="hidden" name="programme" value="{data(self._programme)}">'
            if self._programme
            else ""
        )
        return f'<form role="search" class="filters">{"".join(fields)}{programme}</form>'


def may_enter(words: Wording, shown: Shown) -> bool:
    """Return whether the reader may enter rows of an entity: a coordinator of one host no shared ones."""
    by = words.seen.by
    return not by.host or shown.entity not in ("hosts", *SHARED)


async def show_list(desk: Desk, shown: Shown) -> None:
    """Show the list of an entity."""
    registry = Registry(desk.api)
    RowList(desk, registry, shown, Wording(desk.say, await registry.read(), desk.sources))
