"""What the coordinator's workflow needs beside the desk: the sample's files, a broken copy, and a buddy."""

from datetime import timedelta
from pathlib import Path

from playwright.sync_api import Page

from api.pages.buddy.view import today
from data.base.dates import iso_week
from tests.part_of_sample import counted

BUDDY, BUDDY_NAME = "b08", "Greta Schilfrohr"
BROKEN_ROW = 2


def counts(folder: Path) -> str:
    """What the desk says about the size of a folder's programme."""
    buddies, companies = counted(folder)
    in_german = f"{companies:,}".replace(",", ".")
    return f"{buddies} Job-Buddys, {in_german} Betriebe"


def files(folder: Path) -> list[Path]:
    return sorted(folder.iterdir())


def broken_files(good: Path, folder: Path) -> list[Path]:
    """The good files, with an invalid priority (not 1 to 5) in the first row of companies.csv."""
    text = (good / "companies.csv").read_text(encoding="utf-8")
    head, first, rest = text.split("\n", 2)
    cells = first.split(",")
    cells[head.split(",").index("priority")] = "9"
    copy = folder / "companies.csv"
    copy.write_text("\n".join((head, ",".join(cells), rest)), encoding="utf-8")
    return [copy if path.name == copy.name else path for path in files(good)]


def next_week() -> str:
    """The week to plan: one in which every visit can still be called off."""
    return iso_week(today() + timedelta(weeks=1))


def company_with_a_buddy(page: Page) -> tuple[str, str]:
    """Return id and name of the first company in the list that has a buddy."""
    row = page.locator("tr[data-row]", has=page.locator(".swatch")).first
    name = row.locator("th").evaluate("cell => cell.firstChild.textContent")
    return str(row.get_attribute("data-row")), str(name)


def call_off_as_buddy(page: Page, week: str) -> str:
    """The buddy sees the published week and calls off its first visit to a company; return its name."""
    page.goto(f"/me/weeks/{week}")
    page.locator(".entry a").first.click()
    name = page.get_by_role("heading", level=1).inner_text()
    page.locator("summary").click()
    page.get_by_label("Der Betrieb").check()
    page.get_by_role("button", name="Besuch absagen").click()
    page.locator("p.outcome", has_text="vom Betrieb abgesagt").wait_for()
    return name
