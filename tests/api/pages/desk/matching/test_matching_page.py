"""The matching page: a pair's price before the decision, by mouse or keyboard; gaps and remedies."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.api.pages.desk.conftest import ready, told
from tests.api.pages.desk.keys import enter_at, tab_to

NOTHING_ENTERED = "Hier wurde nichts festgelegt."


@pytest.fixture
def page(desk: Page) -> Page:
    ready(desk, "matching")
    return desk


def panel(page: Page) -> Locator:
    return page.locator(".why")


def take_back(page: Page) -> None:
    page.locator('[data-act="remove"]').click()
    told(page, "Aufgehoben.")


def test_a_company_dropped_on_a_buddy_shows_the_price_and_enters_nothing(page: Page) -> None:
    page.locator('tr[data-row="hotel"]').drag_to(page.locator('[data-drop="anna"]'))
    expect(panel(page).get_by_role("heading")).to_have_text("Hotel zum Dom zuordnen")
    expect(panel(page)).to_contain_text("Das wäre eine Ausnahme: Weder Branche noch Kreis passen")
    expect(panel(page)).to_contain_text("Preis: ")
    # Anna is full, so one of her companies would lose her.
    expect(panel(page)).to_contain_text("Verliert den Buddy: ")
    expect(page.get_by_text(NOTHING_ENTERED)).to_be_visible()
    panel(page).get_by_role("button", name="Anna Ahorn fest zuordnen").click()
    told(page, "Fest zugeordnet.")
    take_back(page)


def test_an_unassigned_company_is_dragged_from_its_tray(page: Page) -> None:
    expect(page.get_by_role("heading", name="Ohne Job-Buddy: 3")).to_be_visible()
    entry = page.locator(".tray li").first
    expect(entry).to_contain_text("ausgelastet")
    name = entry.locator("b").inner_text()
    entry.drag_to(page.locator('[data-drop="bert"]'))
    expect(panel(page).get_by_role("heading")).to_have_text(f"{name} zuordnen")
    expect(panel(page).get_by_role("button", name="Bert Birke fest zuordnen")).to_be_visible()


def test_by_keyboard_the_same_price_is_asked_and_the_pair_pinned(page: Page) -> None:
    enter_at(page, '[data-act="assign"][data-id="hotel"]')
    field = panel(page).get_by_label("Job-Buddy")
    expect(field).to_be_focused()
    expect(field.locator("option", has_text="Bert Birke")).to_have_text("Bert Birke (hat ihn jetzt)")
    page.keyboard.press("A")
    expect(field).to_have_value("anna")
    enter_at(page, ".why button")
    expect(panel(page)).to_contain_text("Das wäre eine Ausnahme: Weder Branche noch Kreis passen")
    expect(page.get_by_text(NOTHING_ENTERED)).to_be_visible()
    enter_at(page, ".price button")
    told(page, "Fest zugeordnet.")
    expect(page.get_by_text(NOTHING_ENTERED)).to_have_count(0)
    tab_to(page, '[data-act="remove"]')
    page.keyboard.press("Enter")
    told(page, "Aufgehoben.")


def test_banning_the_present_buddy_tells_first_who_has_the_company_then(page: Page) -> None:
    page.get_by_role("button", name="Warum? Hotel zum Dom").click()
    panel(page).get_by_role("button", name="Bert Birke ausschließen: Preis zeigen").click()
    expect(panel(page)).to_contain_text("Der Betrieb hätte niemanden.")
    expect(page.get_by_text(NOTHING_ENTERED)).to_be_visible()
    panel(page).get_by_role("button", name="Bert Birke ausschließen", exact=True).click()
    told(page, "Ausgeschlossen.")
    page.get_by_role("button", name="Zuordnen: Klinik am Saaleufer").click()
    panel(page).get_by_label("Job-Buddy").select_option("anna")
    panel(page).get_by_role("button", name="Preis zeigen").click()
    expect(panel(page)).to_contain_text("Seither wurde anderes festgelegt.")
    take_back(page)


def test_a_price_does_not_stay_beside_another_choice(page: Page) -> None:
    page.get_by_role("button", name="Zuordnen: Hotel zum Dom").click()
    field = panel(page).get_by_label("Job-Buddy")
    field.select_option("anna")
    panel(page).get_by_role("button", name="Preis zeigen").click()
    expect(panel(page).locator(".price p").first).to_contain_text("Ausnahme")
    field.select_option("bert")
    expect(panel(page).locator(".price p")).to_have_count(0)


def test_a_remedy_is_kept_as_a_scenario_with_a_link_to_it(page: Page) -> None:
    page.locator('.tray [data-act="why"]').first.click()
    offer = panel(page).locator(".offer").filter(has_text="9 statt 7 Betriebe")
    expect(offer).to_contain_text("Dann betreut Anna Ahorn den Betrieb")
    offer.get_by_role("button", name="Als Szenario festhalten").click()
    expect(offer.get_by_role("link", name="Zu den Szenarien")).to_have_attribute("href", "/desk/scenarios")
    listed = page.request.get("/api/v1/scenarios").json()["items"]
    (kept,) = (each for each in listed if "Anna Ahorn: 9 statt 7 Betriebe" in each["name"])
    assert kept["changes"][0]["fields"] == {"max_companies": 9}


def test_a_remedy_is_entered_by_its_button_says_what_is_next_and_is_taken_back(page: Page) -> None:
    page.locator('.tray [data-act="why"]').first.click()
    offer = panel(page).locator(".offer").filter(has_text="9 statt 7 Betriebe")
    take = offer.get_by_role("button", name="Übernehmen: Anna Ahorn: 9 statt 7 Betriebe")
    take.focus()
    page.keyboard.press("Enter")
    expect(offer.locator(".taken")).to_be_focused()
    expect(offer).to_contain_text("Wirksam wird es mit der nächsten Zuordnung.")
    expect(offer.get_by_role("button", name="Neu zuordnen")).to_be_visible()
    anna = page.request.get("/api/v1/register/buddies/anna").json()["values"]
    assert anna["max_companies"] == 9
    offer.get_by_role("button", name="Rückgängig").click()
    told(page, "Rückgängig gemacht")
    expect(offer.get_by_role("button", name="Übernehmen")).to_be_visible()
    anna = page.request.get("/api/v1/register/buddies/anna").json()["values"]
    assert anna["max_companies"] == 7


def test_the_board_tells_caseloads_beside_their_limits_and_narrows_the_list(page: Page) -> None:
    anna = page.locator('[data-drop="anna"]')
    expect(anna).to_contain_text("7 von 7 Betrieben")
    expect(page.locator('[data-drop="bert"]')).to_contain_text("4 von 25 Betrieben")
    anna.get_by_role("button").click()
    expect(page.locator(".list tbody tr")).to_have_count(7)
