"""What-if at the desk: build a scenario, see its errors, run it and compare it with today."""

from playwright.sync_api import Page, expect

from tests.api.pages.desk.conftest import JOB_MS, ready, told

NAME = "Anna fehlt eine Woche"


def test_a_scenario_is_built_run_and_compared(desk: Page) -> None:
    ready(desk, "scenarios")
    desk.get_by_role("button", name="Neues Szenario").click()
    desk.get_by_label("Name").fill(NAME)
    add_nobody_absent(desk)
    desk.get_by_role("button", name="Szenario speichern").click()
    row = desk.locator(".builder").get_by_role("row").filter(has_text="Abwesenheit")
    expect(row).to_contain_text("niemand ist genannt")
    desk.get_by_role("button", name="Änderung 1 herausnehmen").click()
    add_anna(desk)
    desk.get_by_role("button", name="Szenario speichern").click()
    told(desk, f"„{NAME}“ ist gespeichert.")
    listed = desk.locator(".scenarios").get_by_role("row").filter(has_text=NAME).first
    expect(listed).to_contain_text("Abwesenheit: Job-Buddys Anna Ahorn")
    desk.get_by_label(f"{NAME} vergleichen").first.check()
    desk.get_by_role("button", name="Rechnen und vergleichen").click()
    result = desk.get_by_role("heading", name="Szenarien im Vergleich")
    result.wait_for(timeout=JOB_MS)
    rows = desk.get_by_role("row").filter(has_text="Besuche geplant")
    expect(rows.first).to_be_visible()
    look_again(desk)


def add_nobody_absent(page: Page) -> None:
    """Neither buddies nor a host."""
    week(page)
    page.get_by_role("button", name="Änderung dazunehmen").click()
    expect(page.locator(".changes li")).to_have_count(1)


def add_anna(page: Page) -> None:
    """A required field is reported as missing; then the named buddy is away."""
    fields = page.locator(".change .fields")
    fields.locator(".several select").first.select_option("Anna Ahorn")
    page.get_by_role("button", name="Dazunehmen: Job-Buddys").click()
    expect(page.locator(".chosen li")).to_have_count(1)
    page.get_by_role("button", name="Änderung dazunehmen").click()
    told(page, "Es fehlt: Ab Woche.")
    week(page)
    page.get_by_role("button", name="Änderung dazunehmen").click()
    expect(page.locator(".changes li")).to_have_count(1)


def week(page: Page) -> None:
    suggested = page.locator("section.run input").last.input_value()
    page.locator(".change .fields").get_by_label("Ab Woche").fill(suggested)


def look_again(page: Page) -> None:
    """Earlier results can be compared again; a single one cannot."""
    earlier = page.locator("details").filter(has_text="Frühere Ergebnisse").first
    earlier.locator("summary").click()
    boxes = earlier.locator("input[type=checkbox]")
    boxes.nth(0).check()
    page.get_by_role("button", name="Nebeneinander ansehen").click()
    told(page, "Wählen Sie mindestens zwei an.")
    boxes.nth(1).check()
    page.get_by_role("button", name="Nebeneinander ansehen").click()
    expect(page.locator(".status p")).to_have_count(0)
    expect(page.get_by_role("heading", name="Szenarien im Vergleich")).to_be_visible()


def test_what_positions_cover_and_where_one_more_helps(desk: Page) -> None:
    ready(desk, "positions")
    desk.get_by_label("Bis zu so vielen Stellen").select_option("10")
    desk.get_by_role("button", name="Abdeckung berechnen").click()
    desk.get_by_role("heading", name="Abdeckung nach Zahl der Stellen").wait_for(timeout=JOB_MS)
    picture = desk.locator("img.picture")
    assert picture.evaluate("each => each.decode().then(() => each.naturalWidth)") > 0
    desk.get_by_label("Zahl der Stellen").last.select_option("0")
    rows = desk.locator(".beside-map tbody tr")
    expect(rows.first).to_contain_text("0,0")
    assert desk.locator(".beside-map svg path").count() == rows.count() == 3
    desk.get_by_role("button", name="Alle Kreise durchrechnen").click()
    desk.get_by_role("heading", name="Zuwachs durch einen weiteren Job-Buddy").wait_for(timeout=JOB_MS)
    expect(desk.locator(".beside-map").last.locator("tbody tr").first).to_contain_text("1")


def test_a_file_of_positions_that_is_none_is_told(desk: Page) -> None:
    ready(desk, "positions")
    wrong = {"name": "stellen.csv", "mimeType": "text/csv", "buffer": b"id,district\nnorth,99999\n"}
    desk.get_by_label("Datei mit Stellen").set_input_files(files=[wrong])  # type: ignore[list-item]
    desk.get_by_role("button", name="Abdeckung berechnen").click()
    told(desk, "Die Datei mit den Stellen hat Fehler")


def test_plans_are_drawn_under_stress(desk: Page) -> None:
    ready(desk, "scenarios")
    desk.get_by_role("button", name="Störungen ziehen").click()
    desk.locator(".told li").filter(has_text="20 Ziehungen").wait_for(timeout=JOB_MS)
    expect(desk.get_by_role("row").filter(has_text="Gebrochene Zusagen").first).to_be_visible()
