"""The unassigned companies, the most urgent first, each with its reason and possible remedies."""

from api.pages.desk.frame.elements import Clicked, button, clicks, data, heading, html, part
from api.pages.desk.frame.page import Desk
from api.pages.desk.frame.who_is_who import People
from api.pages.desk.matching.dragging import draggable
from api.pages.desk.matching.list import Row, row_buttons

STEP = 50


class Tray:
    """The unassigned companies, drawn in portions."""

    def __init__(
        self,
        desk: Desk,
        people: People,
        rows: list[Row],
        clicked: Clicked,
    ) -> None:
        self.desk, self.shown = desk, STEP
        alone = [row for row in rows if not row.buddy_key]
        self.rows = sorted(alone, key=lambda row: (-_priority(people, row), row.name))
        say = desk.say
        heading(say.t("desk_tray", count=say.number(len(self.rows))))
        if not self.rows:
            part("p", say.t("desk_tray_none"), "muted")
            return
        part("p", say.t("desk_tray_text"), "muted")
        self.drawn = draggable(clicks(html(""), clicked))
        self.more = button(say.t("desk_more"), self._more)
        self._draw()

    def _more(self) -> None:
        self.shown += STEP
        self._draw()

    def _draw(self) -> None:
        label = data(self.desk.say.t("desk_tray", count=self.desk.say.number(len(self.rows))))
        entries = "".join(_entry(self.desk, row) for row in self.rows[: self.shown])
        self.drawn.content = (
            f'<div class="scroll tray" tabindex="0" role="region" aria-label="{label}">'
            f"<ul>{entries}</ul></div>"
        )
        self.more.set_visibility(len(self.rows) > self.shown)


def _priority(people: People, row: Row) -> int:
    known = people.companies.get(row.key)
    return known.priority if known else 0


def _entry(desk: Desk, row: Row) -> str:
    return (
        f'<li draggable="true" data-drag="{data(row.key)}"><span><b>{data(row.name)}</b>'
        f'<span class="muted">{data(row.town)}</span><span class="gap">{data(row.reason)}</span></span>'
        f"{row_buttons(desk, row)}</li>"
    )
