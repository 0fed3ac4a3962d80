"""Absences at the desk: the year, what buddies asked for, and the form to enter or confirm one."""

from datetime import date

from api.pages.desk.away.settle import Settling
from api.pages.desk.away.year import GRID, absences_of, year_of
from api.pages.desk.frame.elements import button, clicks, data, heading, html, link, part, row_button, table
from api.pages.desk.frame.page import Desk, without_programme
from api.pages.desk.register.registry import Registry
from api.pages.desk.register.wording import Wording
from data.base.dates import days_of, minute_of
from data.model.vocabulary import AbsenceState
from data.store.tables.utc import now

PATH, TITLE = "/absences", "desk_absences"
ARROWS = f"""e => {{
  const step = {{ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0]}}[e.key];
  const at = e.target.closest(".{GRID} button");
  if (!step || !at) return;
  const row = Number(at.dataset.row) + step[0], column = Number(at.dataset.column) + step[1];
  const next = at.closest("table").querySelector(`[data-row="${{row}}"][data-column="${{column}}"]`);
  e.preventDefault(); e.stopPropagation();
  if (next) {{ at.tabIndex = -1; next.tabIndex = 0; next.focus(); }}
}}"""


class AbsencePage:
    """The page of one year."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.registry = desk, Registry(desk.api)
        self.year = _year(desk.asked.get("year", ""))
        self.words: Wording
        self._asked = part("section", classes="asked")
        self._grid = part("section", classes="card year")
        self._form = part("section").props('aria-live="polite"')

    async def draw(self) -> None:
        """Read the register and show the year as it is now."""
        self.words = Wording(self.desk.say, await self.registry.read(), self.desk.sources)
        self._draw_asked()
        self._draw_year()
        self._form.clear()

    def _draw_asked(self) -> None:
        say, rows = self.desk.say, absences_of(self.words, AbsenceState.ASKED)
        self._asked.clear()
        if not rows:
            return
        with self._asked, part("div", classes="card"):
            heading(say.t("desk_absences_to_confirm", count=len(rows)))
            shown = [
                (
                    data(self.words.name(row.values["who"])),
                    data(say.span(row.parsed["from"], row.parsed["to"] or row.parsed["from"])),
                    row_button(
                        say.t("desk_absences_look"),
                        "look",
                        row.id,
                        say.t("desk_absences_look_at", buddy=self.words.name(row.values["who"])),
                        "small",
                    ),
                )
                for row in rows
            ]
            titles = [say.t("desk_absences_who"), say.t("desk_absences_days"), say.t("desk_absences_act")]
            label = say.t("desk_absences_to_confirm", count=len(rows))
            clicks(html(table(label, titles, shown)), self.desk.act(self._look))

    def _draw_year(self) -> None:
        say, desk = self.desk.say, self.desk
        state = next(each.state for each in desk.programmes if each.id == desk.api.programme)
        year = year_of(self.words, self.year, state)
        self._grid.clear()
        with self._grid:
            heading(str(self.year))
            with part("div", classes="links"):
                program = f"&programme={desk.api.programme}" if desk.query else ""
                for other in (self.year - 1, self.year + 1):
                    link(str(other), f"/desk{PATH}?year={other}{program}", "button")
                button(say.t("handover_print"), lambda: desk.client.run_javascript("window.print()"))
            part("p", say.t("desk_absences_legend"), "muted legend")
            if not year.buddies:
                part("p", say.t("desk_absences_nobody"), "empty")
                return
            grid = html(year.markup(), "year-grid")
            clicks(grid, desk.act(self._week)).on("keydown", js_handler=ARROWS)

    async def _look(self, given: dict[str, str]) -> None:
        row = self.words.seen.row("availability", given["id"])
        first, last = row.parsed["from"], row.parsed["to"] or row.parsed["from"]
        await self._settle(row.values["who"], first, last, row.id)

    async def _week(self, given: dict[str, str]) -> None:
        days = days_of(given["at"])
        await self._settle(given["id"], days[0], days[4])

    async def _settle(self, buddy: str, first: date, last: date, row: str = "") -> None:
        self._form.clear()
        with self._form:
            await Settling(self.desk, self.registry, self.words, buddy, row, self.draw).show(first, last)


def _year(text: str) -> int:
    this = minute_of(now())[0].year
    return int(text) if text.isdigit() and abs(int(text) - this) <= 20 else this


async def show(desk: Desk) -> None:
    """Show the absences of a year, this one unless the address says another."""
    if not without_programme(desk):
        await AbsencePage(desk).draw()
