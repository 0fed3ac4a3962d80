"""A user's own account in the browser, and what the office sees of it at the desk."""

import pyotp
from playwright.sync_api import expect

from tests.api.pages.axe import violations, with_axe
from tests.api.pages.browsing import sign_in
from tests.api.pages.conftest import Opener, Site
from tests.api.pages.desk.conftest import SCREEN, ready, told
from tests.api.pages.small_office import PASSWORD


def enter(by: Opener, site: Site, login: str, role: str, buddy: str = "") -> None:
    """Enter a user of this test's own, whose sessions may end."""
    asked = {"login": login, "role": role, "programme": "test", "buddy": buddy, "password": PASSWORD}
    office = by.context("coordinator").request
    assert office.post("/api/v1/users", data=asked, headers={"Origin": site.url}).status == 201


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


def test_another_device_is_signed_out_from_here(by: Opener, site: Site) -> None:
    enter(by, site, "auswertung-2", "viewer")
    phone, desk = by("nobody"), by("nobody", viewport=SCREEN)
    for page in (phone, desk):
        sign_in(page, "auswertung-2")
        expect(page).to_have_url(f"{site.url}/coverage")
    desk.goto("/account")
    sessions = desk.locator("#sessions")
    expect(sessions.get_by_text("dieses Gerät")).to_have_count(1)
    sessions.locator(".link").first.get_by_text("Chrome").wait_for()
    sessions.get_by_role("button", name="Gerät abmelden").click()
    expect(desk.get_by_text("Das Gerät ist abgemeldet.")).to_be_visible()
    phone.goto("/account")
    expect(phone).to_have_url(f"{site.url}/sign-in?back=%2Faccount")
    sessions.get_by_role("button", name="Überall abmelden").click()
    expect(desk.get_by_text("Sie sind abgemeldet.")).to_be_visible()
    desk.goto("/account")
    expect(desk).to_have_url(f"{site.url}/sign-in?back=%2Faccount")


def test_a_second_factor_is_set_up_asked_for_and_reset_by_the_office(by: Opener, site: Site) -> None:
    enter(by, site, "neu-2", "buddy", "nobody-yet")
    page = with_axe(by.context("nobody"))
    sign_in(page, "neu-2")
    expect(page).to_have_url(f"{site.url}/me/today")
    page.goto("/account")
    factor = page.locator("#second-factor")
    factor.get_by_label("Ihr Passwort").fill(PASSWORD)
    factor.get_by_role("button", name="Einrichten").click()
    expect(factor.get_by_role("img", name="QR-Code für die App")).to_be_visible()
    assert violations(page) == ""
    app = pyotp.TOTP(factor.get_by_label("Oder geben Sie dies in die App ein").input_value().replace(" ", ""))
    factor.get_by_label("Code aus der App").fill(app.now())
    factor.get_by_role("button", name="Einschalten").click()
    recovery = factor.locator(".codes code").all_inner_texts()
    assert len(recovery) == 10 and violations(page) == ""
    page.get_by_role("button", name="Abmelden", exact=True).first.click()
    sign_in(page, "neu-2")
    expect(page.get_by_role("heading", name="Zweiter Faktor")).to_be_visible()
    assert violations(page) == ""
    page.get_by_label("Code").fill("000000")
    page.get_by_role("button", name="Anmelden").click()
    expect(page.get_by_text("Dieser Code stimmt nicht")).to_be_visible()
    page.get_by_label("Code").fill(recovery[0])
    page.get_by_role("button", name="Anmelden").click()
    expect(page).to_have_url(f"{site.url}/me/today")
    page.goto("/account")
    expect(factor.get_by_text("Notfallcodes übrig: 9.")).to_be_visible()
    office = by("coordinator", viewport=SCREEN)
    ready(office, "users")
    office.get_by_role("button", name="neu-2 ändern").click()
    office.get_by_role("button", name="Zweiten Faktor zurücksetzen").click()
    told(office, "Der zweite Faktor von neu-2 ist zurückgesetzt.")
    sign_in(page, "neu-2")
    expect(page).to_have_url(f"{site.url}/me/today")


def test_who_did_not_give_the_password_is_asked_for_no_code(by: Opener, site: Site) -> None:
    page = by("nobody")
    page.goto("/sign-in")
    form = page.locator("[name=form_token]").input_value()
    told = {"form_token": form, "code": "000000"}
    page.context.add_cookies([{"name": "buddyplan_pending", "value": "x.9999999999.x", "url": site.url}])
    answer = page.request.post("/sign-in/code", form=told, headers={"Origin": site.url}, max_redirects=0)
    assert answer.status == 303 and answer.headers["location"].startswith("/sign-in")
