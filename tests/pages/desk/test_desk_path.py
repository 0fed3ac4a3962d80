"""The coordinator's way, from broken files to an accepted re-plan: with a mouse, and by keyboard alone."""

from datetime import timedelta
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from api.pages.buddy.view import today
from data.calendar import iso_week
from tests.pages.browsing import sign_in
from tests.pages.desk.conftest import JOB_MS, OFFICE, at_desk, ready, told
from tests.pages.desk.tables import write
from tests.pages.small_office import PASSWORD


def test_from_a_broken_file_to_an_accepted_re_plan(browser: Browser, empty: str, tmp_path: Path) -> None:
    week = iso_week(today() + timedelta(weeks=1))
    asked: list[str] = []
    with at_desk(browser, empty) as office, at_desk(browser, empty) as phone:
        office.on("request", lambda request: asked.append(request.url))
        page = office.new_page()
        sign_in(page, OFFICE)
        expect(page.get_by_text("Noch ist kein Programm importiert.")).to_be_visible()
        import_files(page, tmp_path, week)
        match_and_ask(page)
        pin_and_run_again(page)
        plan_and_publish(page)
        enter_buddy(page)
        name = call_off(phone.new_page(), week)
        accept_re_plan(page, name)
    own = empty.removeprefix("http")
    assert asked and all(url.startswith((f"http{own}/", f"ws{own}/", "data:")) for url in asked)


def import_files(page: Page, folder: Path, week: str) -> None:
    """A broken cell is found where it is, nothing is kept; then the mended files are taken."""
    ready(page, "import")
    page.get_by_label("Dateien").set_input_files(write(folder, priority="9"))
    page.get_by_label("Planung ab Woche").fill(week)
    page.get_by_role("button", name="Prüfen").click()
    row = page.get_by_role("row").filter(has_text="priority")
    for cell in (
        "Fehler",
        "companies.csv",
        "2",
        "9",
        "liegt außerhalb des Erlaubten",
        "erlaubt sind 1 bis 5",
    ):
        expect(row).to_contain_text(cell)
    page.get_by_label("Dateien").set_input_files(write(folder))
    page.get_by_role("button", name="Prüfen").click()
    expect(page.get_by_text("Die Dateien passen: 2 Job-Buddys, 8 Betriebe.")).to_be_visible()
    page.get_by_role("button", name="Übernehmen").click()
    expect(page.get_by_text("Übernommen: 2 Job-Buddys, 8 Betriebe.")).to_be_visible()


def match_and_ask(page: Page) -> None:
    """Who has a buddy is listed, who has none with the reason; the price of another buddy is told."""
    page.get_by_role("link", name="Weiter zur Zuordnung").click()
    ready(page)
    page.get_by_role("button", name="Zuordnung starten").click()
    told(page, "Die neue Zuordnung ist da.")
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


def pin_and_run_again(page: Page) -> None:
    """The runner-up is pinned, and has the company after the next run."""
    pin = page.locator(".why .offer button", has_text="fest zuordnen")
    other = pin.inner_text().removesuffix(" fest zuordnen")
    pin.click()
    told(page, "Fest zugeordnet.")
    page.get_by_role("button", name="Zuordnung starten").click()
    told(page, "Die neue Zuordnung ist da.")
    row = page.locator('tr[data-row="baecker"]')
    expect(row).to_contain_text(other)
    expect(row).to_contain_text("fest")
    expect(page.get_by_text("Gegenüber der vorigen Zuordnung: 1 Betriebe anders.")).to_be_visible()


def plan_and_publish(page: Page) -> None:
    """A draft tells first who is affected; then it is published."""
    ready(page, "weeks")
    page.get_by_role("button", name="Planen").click()
    told(page, "Der Entwurf ist da.")
    expect(page.get_by_text("2 Job-Buddys, 7 Orte, 7 Änderungen")).to_be_visible()
    page.get_by_role("button", name="Veröffentlichen").click()
    told(page, "Veröffentlicht.")
    expect(page.locator(".lanes button.block")).to_have_count(7)


def enter_buddy(page: Page) -> None:
    ready(page, "users")
    page.get_by_label("Anmeldename").fill("anna")
    page.get_by_label("Ist der Job-Buddy").select_option("Anna Ahorn")
    page.get_by_label("Kennwort").fill(PASSWORD)
    page.get_by_role("button", name="Eintragen").click()
    told(page, "anna kann sich jetzt anmelden.")


def call_off(page: Page, week: str) -> str:
    """The buddy sees the published week, and calls off its first visit."""
    sign_in(page, "anna")
    page.goto(f"/me/weeks/{week}")
    page.locator(".entry a").first.click()
    name = page.get_by_role("heading", level=1).inner_text()
    page.locator("summary").click()
    page.get_by_label("Der Betrieb").check()
    page.get_by_role("button", name="Besuch absagen").click()
    expect(page.locator("p.outcome")).to_have_text("vom Betrieb abgesagt")
    return name


def accept_re_plan(page: Page, name: str) -> None:
    """What was called off leads to a proposal, and with publishing it is dealt with."""
    ready(page, "messages")
    expect(page.get_by_role("row").filter(has_text=name).first).to_contain_text("vom Betrieb abgesagt")
    page.get_by_role("button", name="Nachplanung vorschlagen").click()
    change = page.get_by_role("row").filter(has_text="entfällt")
    expect(change.filter(has_text=name)).to_be_visible(timeout=JOB_MS)
    page.get_by_role("button", name="Veröffentlichen").click()
    told(page, "Veröffentlicht.")
    expect(page.get_by_text("Nichts gemeldet.")).to_be_visible()


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until something has the focus."""
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("at => document.activeElement.matches(at)", selector):
            return
    raise AssertionError(f"the keyboard does not reach {selector}")


def enter_at(page: Page, selector: str) -> None:
    tab_to(page, selector)
    page.keyboard.press("Enter")


def test_by_keyboard_alone(browser: Browser, empty: str, tmp_path: Path) -> None:
    """Only the file itself is handed over by the test, as the dialog for it is the system's."""
    with at_desk(browser, empty) as office:
        page = office.new_page()
        page.goto("/sign-in")
        tab_to(page, "[name=login]")
        page.keyboard.type(OFFICE)
        tab_to(page, "[name=password]")
        page.keyboard.type(PASSWORD)
        page.keyboard.press("Enter")
        ready(page)
        enter_at(page, "nav a[href='/desk/import']")
        page.wait_for_url("**/desk/import")
        ready(page)
        tab_to(page, "input[type=file]")
        page.locator("input[type=file]").set_input_files(write(tmp_path))
        enter_at(page, "button.primary + button")
        expect(page.get_by_text("Übernommen: 2 Job-Buddys, 8 Betriebe.")).to_be_visible()
        enter_at(page, "a.button[href^='/desk/matching']")
        page.wait_for_url("**/desk/matching*")
        ready(page)
        enter_at(page, ".run button")
        told(page, "Die neue Zuordnung ist da.")
        enter_at(page, '[data-act="why"][data-id="baecker"]')
        page.locator(".why .offer").first.wait_for()
        assert page.evaluate("document.activeElement.textContent") == "Bäckerei Kruste"
        enter_at(page, ".why .offer button")
        told(page, "Fest zugeordnet.")
        page.goto("/desk/weeks")
        ready(page)
        enter_at(page, ".run button")
        told(page, "Der Entwurf ist da.")
        enter_at(page, ".card > button.primary")
        told(page, "Veröffentlicht.")
        enter_at(page, ".lanes button.block")
        expect(page.locator(".slots li").first).to_be_visible()
