"""A user's own account in the browser, and what the office sees of it at the desk."""

from playwright.sync_api import expect

from tests.api.pages.conftest import Opener, Site
from tests.api.pages.desk.conftest import SCREEN, ready, told


def test_a_key_is_made_shown_once_and_revoked(by: Opener, site: Site) -> None:
    page = by("planner")
    page.goto("/account")
    keys = page.locator("#keys")
    keys.get_by_label("Wofür").fill("Auswertung")
    keys.get_by_label("Darf").select_option("nur lesen")
    keys.get_by_label("Gültig").select_option("30 Tage")
    keys.get_by_role("button", name="Schlüssel erstellen").click()
    secret = page.get_by_label("Ihr Schlüssel").input_value()
    asked = page.request.get("/api/v1/me", headers={"Authorization": f"Bearer {secret}", "Cookie": ""})
    assert asked.json()["login"] == "planung"
    page.goto("/account")
    assert secret not in page.content()
    line = keys.locator(".link").filter(has_text="Auswertung, nur lesen, gültig bis")
    line.get_by_role("button", name="Widerrufen").click()
    expect(page.get_by_text("Der Schlüssel ist widerrufen")).to_be_visible()
    expect(keys.get_by_text("Es gibt keinen Schlüssel.")).to_be_visible()
    assert page.request.get("/api/v1/me", headers={"Authorization": f"Bearer {secret}"}).status == 401


def test_the_office_revokes_a_key_at_the_desk(by: Opener, site: Site) -> None:
    page = by("viewer")
    page.goto("/account")
    page.locator("#keys").get_by_label("Wofür").fill("Bericht")
    page.get_by_role("button", name="Schlüssel erstellen").click()
    secret = page.get_by_label("Ihr Schlüssel").input_value()
    office = by("coordinator", viewport=SCREEN)
    ready(office, "users")
    row = office.get_by_role("region", name="Schlüssel und Kalender-Links").get_by_role("row")
    row = row.filter(has_text="auswertung")
    for cell in ("Schlüssel", "Bericht", "nur lesen"):
        expect(row).to_contain_text(cell)
    row.get_by_role("button", name="Schlüssel Bericht von auswertung widerrufen").click()
    told(office, "Der Zugang von auswertung ist widerrufen.")
    expect(row).to_have_count(0)
    assert office.request.get("/api/v1/me", headers={"Authorization": f"Bearer {secret}"}).status == 401
