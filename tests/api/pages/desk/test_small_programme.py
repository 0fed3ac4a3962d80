"""A programme of two job buddies and eight companies at the desk, in which every count is known."""

from datetime import timedelta
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from api.pages.buddy.view import today
from data.base.dates import iso_week
from tests.api.pages.browsing import sign_in
from tests.api.pages.desk.conftest import JOB_MS, OFFICE, at_desk, ready, told
from tests.api.pages.desk.tables import write


def test_from_a_broken_file_to_a_published_week(browser: Browser, empty: str, tmp_path: Path) -> None:
    with at_desk(browser, empty) as office:
        page = office.new_page()
        sign_in(page, OFFICE)
        expect(page.get_by_text("Noch ist kein Programm importiert.")).to_be_visible()
        import_files(page, tmp_path, iso_week(today() + timedelta(weeks=1)))
        match_and_ask(page)
        pin_and_run_again(page)
        adopt(page)
        plan_and_publish(page)
        import_again(page, tmp_path)


def import_files(page: Page, folder: Path, week: str) -> None:
    """A broken column is told once with its rows, nothing is stored; then good files are imported."""
    ready(page, "import")
    page.get_by_label("Dateien").set_input_files(write(folder, priority="9"))
    page.get_by_label("Planung ab Woche").fill(week)
    page.get_by_role("button", name="Prüfen", exact=True).click()
    row = page.get_by_role("row").filter(has_text="priority")
    for cell in (
        "Fehler",
        "companies.csv",
        "2, 3, 4, 5, 6, 7 und 2 weitere",
        "liegt außerhalb des Erlaubten",
        "erlaubt sind 1 bis 5",
    ):
        expect(row).to_contain_text(cell)
    expect(row.locator("input.corrected")).to_have_value("9")
    page.get_by_label("Dateien").set_input_files(write(folder))
    page.get_by_role("button", name="Prüfen", exact=True).click()
    expect(page.get_by_text("Die Dateien passen: 2 Job-Buddys, 8 Betriebe.")).to_be_visible(timeout=JOB_MS)
    page.get_by_role("button", name="Übernehmen").click()
    expect(page.get_by_text("Übernommen: 2 Job-Buddys, 8 Betriebe.")).to_be_visible(timeout=JOB_MS)


def match_and_ask(page: Page) -> None:
    """Companies are listed with their buddy, or with the reason for none; another buddy's price is shown."""
    page.get_by_role("link", name="Weiter zur Zuordnung").click()
    ready(page)
    page.get_by_role("button", name="Zuordnung starten").click()
    told(page, "Die neue Zuordnung ist da.", JOB_MS)
    alone = page.get_by_role("row").filter(has_text="Salzwedeler Baumkuchen")
    expect(alone).to_contain_text("Kein Buddy kommt in Frage")
    page.get_by_role("button", name="Warum? Bäckerei Kruste").click()
    panel = page.locator(".why")
    expect(panel).to_contain_text("betreut Bäckerei Kruste")
    expect(panel).to_contain_text("Preis:")
    page.get_by_label("Suchen").fill("hotel")
    expect(page.locator(".list tbody tr")).to_have_count(1)
    page.get_by_label("Suchen").fill("")
    expect(page.locator(".list tbody tr")).to_have_count(8)


def adopt(page: Page) -> None:
    """Who changes is said first; then the matching is in force."""
    card = page.locator(".adoption")
    expect(card).to_contain_text("ist ein Entwurf")
    expect(card).to_contain_text("Dafür wechseln 0 Betriebe. Neu betreut: 7. Es bleiben: 0.")
    card.get_by_role("button", name="Übernehmen").click()
    expect(card).to_contain_text("Übernommen ab")
    ready(page, "matching")
    expect(page.locator(".adoption")).to_contain_text("Diese Zuordnung gilt.")


def pin_and_run_again(page: Page) -> None:
    """The runner-up is pinned, and has the company after the next run."""
    pin = page.locator(".why .offer button", has_text="fest zuordnen")
    other = pin.inner_text().removesuffix(" fest zuordnen")
    pin.click()
    told(page, "Fest zugeordnet.")
    page.get_by_role("button", name="Zuordnung starten").click()
    told(page, "Die neue Zuordnung ist da.", JOB_MS)
    row = page.locator('tr[data-row="baecker"]')
    expect(row).to_contain_text(other)
    expect(row).to_contain_text("fest")
    expect(page.get_by_text("Gegenüber der vorigen Zuordnung: 1 Betrieb anders.")).to_be_visible()


def plan_and_publish(page: Page) -> None:
    """A draft first shows who is affected; then it is published."""
    ready(page, "weeks")
    page.get_by_role("button", name="Planen").click()
    told(page, "Der Entwurf ist da.", JOB_MS)
    expect(page.get_by_text("2 Job-Buddys, 7 Orte, 7 Änderungen")).to_be_visible()
    page.get_by_role("button", name="Veröffentlichen").click()
    told(page, "Veröffentlicht.")
    expect(page.locator(".lanes button.block")).to_have_count(7)


def import_again(page: Page, folder: Path) -> None:
    """A list that changed says what changes, field by field, before it does."""
    ready(page, "import")
    page.get_by_label("Dateien").set_input_files(write(folder, priority="2"))
    page.get_by_role("button", name="Prüfen", exact=True).click()
    expect(page.get_by_text("0 Einträge kämen hinzu, 8 würden geändert, 0 beendet")).to_be_visible(
        timeout=JOB_MS
    )
    row = page.get_by_role("row").filter(has_text="baecker").filter(has_text="priority")
    expect(row).to_contain_text("2")
    page.get_by_role("button", name="Übernehmen").click()
    expect(page.get_by_text("0 Einträge sind hinzugekommen, 8 geändert")).to_be_visible(timeout=JOB_MS)
