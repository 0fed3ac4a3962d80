"""A buddy's workflow in a real browser: week, stop, report, move; by touch, by keys, and offline."""

from playwright.sync_api import Page, expect

from tests.api.jobs.small_service import eventually
from tests.api.pages.browsing import sign_in
from tests.api.pages.conftest import Opener, Site

STEPS_AT_MOST = 60


def stop_path(site: Site, week: str, number: int, buddy: str = "anna") -> str:
    return f"/me/weeks/{week}/stops/{site.office.visits(week, buddy)[number][1]}"


def test_a_buddy_reads_the_week_reports_and_calls_off(by: Opener, site: Site) -> None:
    page = by("buddy")
    asked: list[str] = []
    page.context.on("request", lambda request: asked.append(request.url))
    page.goto("/")
    expect(page).to_have_url(f"{site.url}/me/today")
    page.get_by_role("link", name="Woche", exact=True).click()
    expect(page).to_have_url(f"{site.url}/me/weeks/{site.office.this}")
    page.get_by_role("link", name="Vorige Woche").click()
    page.get_by_role("link", name="Bäckerei Kruste").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bäckerei Kruste")
    expect(page.get_by_text("Am Markt 1, 39104 Magdeburg")).to_be_visible()
    maps = [link.get_attribute("href") or "" for link in page.locator("dd a").all()]
    assert [link.partition(":")[0] for link in maps] == ["geo", "https", "https", "tel", "mailto"]
    page.get_by_label("Dauer").select_option("45")
    page.get_by_label("Getroffene Fachkräfte").fill("2")
    page.get_by_role("button", name="Erledigt").click()
    expect(page.get_by_role("status").filter(has_text="Gespeichert.")).to_be_visible()
    expect(page.locator("p.outcome")).to_have_text("erledigt")
    page.locator("summary").click()
    page.get_by_label("Der Betrieb").check()
    page.get_by_role("button", name="Besuch absagen").click()
    expect(page.locator("p.outcome")).to_have_text("vom Betrieb abgesagt")
    page.get_by_role("link", name="Zurück zur Woche").click()
    entry = page.locator(".entry").filter(has_text="Bäckerei Kruste")
    expect(entry.locator(".outcome")).to_have_text(["vom Betrieb abgesagt"])
    assert asked and all(url.startswith((f"{site.url}/", "data:")) for url in asked)


def test_what_is_called_off_is_what_the_coordination_sees(by: Opener, site: Site) -> None:
    page = by("other")
    page.goto(stop_path(site, site.office.after, 1, "bert"))
    expect(page.get_by_text("melden Sie ab dem Tag des Besuchs")).to_be_visible()
    page.locator("summary").click()
    page.get_by_label("Ich").check()
    page.get_by_role("button", name="Besuch absagen").click()
    name = page.get_by_role("heading", level=1).inner_text()
    desk = by("coordinator")
    desk.goto("/desk/messages")
    row = desk.get_by_role("row").filter(has_text=name)
    expect(row).to_contain_text("vom Job-Buddy abgesagt")
    expect(row).to_contain_text("Bert Birke")


def test_a_stop_is_moved_at_the_price_shown(by: Opener, site: Site) -> None:
    page = by("buddy")
    path = stop_path(site, site.office.after, 0)
    page.goto(path)
    page.get_by_role("link", name="Anderen Beginn suchen").click()
    monday = page.locator("section.day").first
    expect(monday.locator(".price").first).to_contain_text("Fahrt")
    day = monday.get_by_role("heading").inner_text()
    monday.get_by_label("frühestens").first.fill("10:00")
    monday.get_by_label("spätestens").first.fill("10:00")
    monday.get_by_role("button").first.click()
    settled = page.get_by_role("status").filter(has_text="Verschoben. Der neue Plan ist veröffentlicht.")
    expect(settled).to_be_visible()
    page.goto(path)
    when = page.locator(".facts > div").first
    expect(when).to_contain_text(day)
    expect(when).to_contain_text("10:00–11:00")


def test_the_path_goes_without_scripts(by: Opener, site: Site) -> None:
    page = by("nobody", java_script_enabled=False)
    page.goto(stop_path(site, site.office.before, 1))
    assert "/sign-in" in page.url
    page.get_by_label("Anmeldename").fill("anna")
    page.get_by_label("Passwort").fill("correct horse battery")
    page.get_by_role("button", name="Anmelden").click()
    page.get_by_role("button", name="Niemand angetroffen").click()
    expect(page.locator("p.outcome")).to_have_text("niemand angetroffen")
    page.get_by_role("button", name="Erledigt").click()
    expect(page.locator("p.outcome")).to_have_text("erledigt")
    page.locator("summary").click()
    page.get_by_label("Ich").check()
    page.get_by_role("button", name="Besuch absagen").click()
    expect(page.locator("p.outcome")).to_have_text("von mir abgesagt")
    page.goto(stop_path(site, site.office.after, 2) + "/move")
    assert page.get_by_role("button", name="Dorthin verschieben").count() > 0
    page.get_by_role("link", name="Konto").click()
    page.get_by_role("button", name="Link erstellen").click()
    assert page.locator("input[readonly]").first.input_value().startswith(f"{site.url}/api/v1/feeds/")
    page.get_by_role("link", name="English").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Account")
    page.get_by_role("button", name="Sign out", exact=True).click()
    expect(page.get_by_text("You are signed out.")).to_be_visible()


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the visible element has the focus."""
    for _ in range(STEPS_AT_MOST):
        page.keyboard.press("Tab")
        if page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
            outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert outline == "solid"
            return
    raise AssertionError(f"no {selector} within {STEPS_AT_MOST} steps")


def test_the_path_goes_by_keyboard_alone(by: Opener, site: Site) -> None:
    page = by("nobody")
    page.goto("/")
    tab_to(page, "[name=login]")
    page.keyboard.type("anna")
    tab_to(page, "[name=password]")
    page.keyboard.type("correct horse battery")
    with page.expect_navigation(url="**/me/today"):
        page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    page.goto("/me/week")
    tab_to(page, "a[rel=prev]")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{site.office.before}")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    tab_to(page, f"a[href$='{site.office.visits(site.office.before)[2][1]}']")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    tab_to(page, "select[name=minutes]")
    page.keyboard.press("ArrowDown")
    tab_to(page, "button.primary")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator("p.outcome")).to_have_text("erledigt")
    tab_to(page, "summary")
    page.keyboard.press("Enter")
    tab_to(page, "input[type=radio]")
    page.keyboard.press("Space")
    tab_to(page, "button.danger")
    page.keyboard.press("Enter")
    expect(page.locator("p.outcome")).to_have_text("vom Betrieb abgesagt")


def test_the_last_week_is_read_without_a_network_until_signing_out(by: Opener, site: Site) -> None:
    page = by("nobody")
    sign_in(page, "anna")
    page.goto("/me/week")
    eventually(lambda: page.evaluate("caches.match('/me/kept-as').then(found => found !== undefined)"))
    page.context.set_offline(True)
    page.goto("/me/week")
    expect(page.get_by_text("Offline. Stand:")).to_be_visible()
    page.get_by_role("link", name="Bäckerei Kruste").first.click()
    expect(page.get_by_text("Am Markt 1, 39104 Magdeburg")).to_be_visible()
    expect(page.get_by_role("button", name="Besuch absagen")).to_be_hidden()
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).fontSize") == "28px"
    page.goto("/me/weeks/2031-W05")
    expect(page.get_by_text("Diese Seite liegt nicht auf dem Gerät.")).to_be_visible()
    page.context.set_offline(False)
    page.goto("/me/today")
    page.get_by_role("button", name="Abmelden").click()
    expect(page.get_by_text("Sie sind abgemeldet.")).to_be_visible()
    assert page.evaluate("caches.keys()") == []
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then(found => found.length)") == 0
