"""An office without files begins by hand: its state, then its first company."""

from playwright.sync_api import Browser, expect

from tests.api.pages.browsing import sign_in
from tests.api.pages.desk.conftest import OFFICE, at_desk, ready


def test_a_programme_and_its_first_rows_are_entered_by_hand(browser: Browser, empty: str) -> None:
    with at_desk(browser, empty) as office:
        page = office.new_page()
        sign_in(page, OFFICE)
        ready(page)
        page.get_by_role("link", name="Ohne Dateien beginnen").click()
        ready(page)
        page.get_by_label("Bundesland").select_option(label="Thüringen")
        page.get_by_role("button", name="Beginnen").click()
        page.wait_for_url("**/desk/companies/~new*")
        ready(page)
        page.get_by_label("Name").first.fill("Drechslerei Span")
        page.locator("[name=postcode]").fill("99084")
        page.locator("[name=town]").fill("Erfurt")
        page.get_by_role("button", name="Speichern").click()
        expect(page.locator(".saved")).to_contain_text("Eingetragen: Betrieb Drechslerei Span")
        expect(page.locator(".row-head")).to_contain_text("Erfurt")
        ready(page, "buddies/~new")
        page.locator("[name=name]").fill("Nora Nuss")
        page.locator("[name=town]").fill("Erfurt")
        expect(page.get_by_role("checkbox", name="Weimar", exact=True)).to_be_visible()
        page.get_by_label("1. Sprache", exact=True).select_option(label="Arabisch")
        page.get_by_role("button", name="Speichern").click()
        expect(page.locator("fieldset[data-wrong] .field-wrong")).to_contain_text("„ar:“")
        page.get_by_label("Niveau der 1. Sprache").select_option("C1")
        page.get_by_label("2. Sprache", exact=True).select_option(label="Deutsch")
        page.get_by_label("Niveau der 2. Sprache").select_option("C2")
        page.get_by_role("button", name="Speichern").click()
        expect(page.locator(".saved")).to_contain_text("Eingetragen: Buddy Nora Nuss")
        kept = page.request.get("/api/v1/register/buddies").json()["items"][0]["values"]
        assert kept["languages"] == "ar:C1 de:C2"
        ready(page, "overview")
        expect(page.locator(".totals")).to_contain_text("1")
