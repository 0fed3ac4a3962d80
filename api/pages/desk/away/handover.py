"""Handover sheets of a buddy who leaves: one a company, to print, and all of them as one PDF."""

import asyncio
from datetime import date

from nicegui import ui

from api.export.pdf.handover import Sheet, handover_pdf
from api.pages.desk.away.sheets import sheet_of
from api.pages.desk.frame.elements import button, heading, link, part
from api.pages.desk.frame.page import Desk
from api.pages.desk.register.entities import page_of
from api.pages.desk.register.registry import Registry
from api.pages.desk.register.wording import Wording
from data.base.dates import minute_of
from data.register.changes.leaving import companies_left
from data.store.tables.utc import now

PATH, TITLE = "/buddies/{key}/handover", "handover_title"
FILE = "buddyplan-handover.pdf"


async def show(desk: Desk) -> None:
    """Show the sheets of all companies that a buddy has on the day of leaving."""
    say = desk.say
    words = Wording(say, await Registry(desk.api).read(), desk.sources)
    row = words.seen.row("buddies", desk.key)
    day = _day(desk.asked.get("on") or row.values.get("employed_to") or "")
    sheets = []
    for key in sorted(companies_left(words.register, row.id, day), key=words.name):
        if not words.seen.has("companies", key):
            continue
        sheets.append(sheet_of(words, words.seen.row("companies", key), row.id, day))
    with part("p", classes="crumb no-print"):
        link(words.title(row), f"{page_of('buddies', row.id)}{desk.query}")
    heading(say.t("handover_of", buddy=words.title(row), day=say.day(day)), 1)
    if not sheets:
        part("p", say.t("leaving_no_company"), "empty")
        return

    async def as_pdf() -> None:
        ui.download.content(
            await asyncio.to_thread(handover_pdf, sheets, say.language), FILE, "application/pdf"
        )

    with part("div", classes="links"):
        button(say.t("handover_print"), lambda: desk.client.run_javascript("window.print()"), "primary")
        button(say.t("handover_pdf"), desk.act(as_pdf))
    for sheet in sheets:
        _draw(desk, sheet)


def _day(text: str) -> date:
    """Return a day as an address has it, today where that is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return minute_of(now())[0]


def _draw(desk: Desk, sheet: Sheet) -> None:
    with part("section", classes="card sheet"):
        heading(sheet.company)
        part("p", sheet.about, "muted")
        for each in sheet.sections:
            part("h3", each.heading)
            if not each.lines:
                part("p", desk.say.t("handover_nothing"), "muted")
                continue
            with part("ul"):
                for line in each.lines:
                    part("li", line)
