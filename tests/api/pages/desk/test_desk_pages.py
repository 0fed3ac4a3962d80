"""Every page of the desk: axe-core in both languages, no request to other sites, and who may see it."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.api.pages.axe import violations, with_axe
from tests.api.pages.browsing import sign_in
from tests.api.pages.conftest import Opener, Site
from tests.api.pages.desk.conftest import SCREEN, ready
from tests.api.pages.every_page import DESK, LISTS, ROWS
from tests.api.pages.test_accessibility import LOCALES, TARGET_PX, WIDER

PHONE = {"width": 390, "height": 844}
SMALL = """least => [...document.querySelectorAll(
    "button, .button, summary, nav a, .tick, .choice, input, select")]
  .filter(each => !["hidden", "radio", "checkbox"].includes(each.type) && each.checkVisibility())
  .filter(each => each.getBoundingClientRect().height < least)
  .map(each => each.outerHTML)"""


@pytest.mark.parametrize("locale", LOCALES)
def test_axe_finds_nothing_and_nothing_is_fetched_from_elsewhere(by: Opener, site: Site, locale: str) -> None:
    context = by.context("coordinator", locale=locale, viewport=SCREEN, bypass_csp=True)
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    page, found, scheme = with_axe(context), {}, "light" if locale == LOCALES[0] else "dark"
    page.emulate_media(reduced_motion="reduce", color_scheme=scheme)
    for name in (*DESK, *ROWS):
        ready(page, name)
        if name == "matching":
            page.locator('[data-act="why"]').first.click()
            page.locator(".why .offer").first.wait_for()
        if name in ROWS:
            open_every_form(page)
        if name in LISTS and page.locator("tbody .tick").count():
            page.locator("tbody .tick").first.click()
            page.locator(".at-once-form").wait_for()
        if told := violations(page):
            found[name] = told
        page.set_viewport_size(PHONE)
        assert not page.evaluate(WIDER), name
        if name in (*ROWS, *LISTS):
            assert page.evaluate(SMALL, TARGET_PX) == [], name
            # Letters of twice the size, on a screen of twice the width.
            page.set_viewport_size({"width": 2 * PHONE["width"], "height": PHONE["height"]})
            page.evaluate("document.documentElement.style.fontSize = '200%'")
            assert not page.evaluate(WIDER), name
        page.set_viewport_size(SCREEN)
    assert found == {}
    assert all(url.startswith((f"{site.url}/", "data:")) for url in asked)


def open_every_form(page: Page) -> None:
    """Unfold what is folded, and open the forms of what belongs to a row."""
    for folded in page.locator("main details").all():
        folded.evaluate("each => each.open = true")
    for number, add in enumerate(page.locator(".belongs .row-of button").all()):
        add.click()
        expect(page.locator(".belongs form.entry")).to_have_count(number + 1)


@pytest.mark.parametrize("role", ["buddy", "viewer", "planner"])
def test_the_desk_is_for_coordinators(by: Opener, role: str) -> None:
    own = by.context(role).request
    for name in DESK:
        answer = own.get(f"/desk/{name}")
        assert answer.status == 403
        assert "desk-body" not in answer.text()


def test_a_coordinator_of_one_host_sees_own_rows_alone(by: Opener) -> None:
    page = by("host", viewport=SCREEN)
    for name in ("overview", "matching", "weeks", "messages", *LISTS):
        ready(page, name)
        text = page.locator("main").inner_text()
        assert [who for who in ("Kruste", "Metallbau", "Hotel", "Klinik") if who in text] == [], name
        assert page.locator(".status .wrong").count() == 0
    assert page.get_by_role("button", name="Zuordnung starten").count() == 0
    for name in ("import", "scenarios", "positions", "users"):
        answer = page.goto(f"/desk/{name}")
        assert answer and answer.status == 403


def test_who_is_not_signed_in_is_sent_to_sign_in(by: Opener) -> None:
    page = by("nobody")
    page.goto("/desk/weeks")
    assert page.url.endswith("/sign-in?back=/desk/weeks")


def test_an_open_page_can_do_nothing_once_the_session_has_ended(by: Opener) -> None:
    page = by("nobody", viewport=SCREEN)
    sign_in(page, "koordination")
    ready(page, "invitations")
    ended = page.request.delete("/api/v1/session", headers={"X-Requested-With": "test"})
    assert ended.status == 204
    page.get_by_label("Anmeldename").fill("neu@example.org")
    page.get_by_role("button", name="Einladen", exact=True).click()
    expect(page).to_have_url(re.compile("/sign-in"))


def test_the_desk_has_its_own_policy(by: Opener) -> None:
    answer = by.context("coordinator").request.get("/desk/overview")
    assert answer.status == 200 and "desk-body" in answer.text()
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy
    other = by.context("buddy").request.get("/me/today").headers["content-security-policy"]
    assert "unsafe-eval" not in other
