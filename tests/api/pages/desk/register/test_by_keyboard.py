"""A company at the desk by keyboard alone: found, changed, wrong, corrected, saved, undone."""

from playwright.sync_api import Page, expect

from tests.api.pages.desk.conftest import ready
from tests.api.pages.desk.keys import tab_to


def typed_over(page: Page, text: str) -> None:
    """Type in place of what a field holds."""
    page.keyboard.press("Control+a")
    page.keyboard.type(text)


def focused(page: Page) -> str:
    """The name of the field that has the focus."""
    return str(page.evaluate("document.activeElement.name"))


def test_a_company_is_found_changed_corrected_and_undone(desk: Page) -> None:
    page = desk
    ready(page, "companies")
    page.keyboard.press("/")
    page.keyboard.type("BACKEREI kruste")
    expect(page.locator("tr[data-row]")).to_have_count(1)
    assert page.url.endswith("/desk/companies?q=BACKEREI+kruste")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/companies/baecker*")
    ready(page)
    tab_to(page, "[name=employees]")
    typed_over(page, "24")
    tab_to(page, "[name=postcode]")
    before = page.locator("[name=postcode]").input_value()
    typed_over(page, "391x")
    page.keyboard.press("Enter")
    wrong = page.locator("#row-postcode-wrong")
    expect(wrong).to_have_text("„391x“ ist keine deutsche Postleitzahl: fünf Ziffern schreiben, etwa 06108.")
    expect(page.locator("[name=postcode]")).to_have_attribute("aria-describedby", "row-postcode-wrong")
    expect(page.locator("[name=postcode]")).to_be_focused()
    assert page.locator("[name=employees]").input_value() == "24"
    typed_over(page, before)
    page.keyboard.press("Enter")
    saved = page.locator(".saved")
    expect(saved).to_contain_text("Gespeichert: Betrieb Bäckerei Kruste.")
    expect(saved).to_contain_text("→ 24")
    expect(saved).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".saved")).to_contain_text("Rückgängig gemacht")
    assert page.locator("[name=employees]").input_value() != "24"


def test_keys_move_in_a_list_and_begin_a_new_row(desk: Page) -> None:
    page = desk
    ready(page, "companies")
    page.keyboard.press("/")
    assert focused(page) == "q"
    page.keyboard.type("hotel")
    expect(page.locator("tr[data-row]")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(page.locator("tr[data-row]")).to_have_count(14)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    second = page.locator("tr[data-row]").nth(1).get_attribute("data-row")
    assert page.evaluate("document.activeElement.closest('tr').dataset.row") == second
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert focused(page) == "q"
    page.keyboard.press("Tab")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("n")
    page.wait_for_url("**/desk/companies/~new*")
    ready(page)
    expect(page.locator("[name=name]")).to_be_focused()


def test_menus_open_and_close_by_keyboard(desk: Page) -> None:
    page = desk
    ready(page, "companies")
    tab_to(page, "details.menu summary")
    page.keyboard.press("Enter")
    tab_to(page, "nav a[href^='/desk/hosts']")
    page.keyboard.press("Escape")
    expect(page.locator("details.menu[open]")).to_have_count(0)
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
