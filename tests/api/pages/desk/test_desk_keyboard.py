"""The coordinator's workflow on the sample by keyboard alone, to an accepted replan; by day on a part of it.

Only the files are set by the test, as their dialog belongs to the system; the buddy uses a phone.
"""

from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.api.pages.browsing import sign_in
from tests.api.pages.desk.conftest import JOB_MS, OFFICE, at_desk, ready, told
from tests.api.pages.desk.keys import enter_at, tab_to
from tests.api.pages.desk.sample_way import (
    BUDDY,
    call_off_as_buddy,
    company_with_a_buddy,
    counts,
    files,
    next_week,
)
from tests.api.pages.small_office import PASSWORD
from tests.part_of_sample import sample_of_this_run


def go_to(page: Page, name: str) -> None:
    """Go back to the navigation, and follow one of its links, in a menu or in front."""
    link = f"nav a[href^='/desk/{name}']"
    if page.locator(f"details.menu:has(a[href^='/desk/{name}'])").count():
        tab_to(page, f"details.menu:has(a[href^='/desk/{name}']) summary", "Shift+Tab")
        page.keyboard.press("Enter")
        tab_to(page, link)
    else:
        tab_to(page, link, "Shift+Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/desk/{name}*")
    ready(page)


def test_by_keyboard_alone(browser: Browser, empty: str, tmp_path: Path) -> None:
    with at_desk(browser, empty) as office, at_desk(browser, empty) as phone:
        page = office.new_page()
        sign_in_by_keys(page)
        import_by_keys(page, sample_of_this_run(tmp_path / "sample"))
        match_by_keys(page)
        plan_by_keys(page)
        enter_the_buddy(office, empty)
        reader = phone.new_page()
        sign_in(reader, BUDDY)
        name = call_off_as_buddy(reader, next_week())
        accept_by_keys(page, name)


def sign_in_by_keys(page: Page) -> None:
    page.goto("/sign-in")
    tab_to(page, "[name=login]")
    page.keyboard.type(OFFICE)
    tab_to(page, "[name=password]")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    ready(page)


def import_by_keys(page: Page, folder: Path) -> None:
    go_to(page, "import")
    tab_to(page, "input[type=file]")
    page.locator("input[type=file]").set_input_files(files(folder))
    enter_at(page, "button.primary + button")
    expect(page.get_by_text(f"Übernommen: {counts(folder)}.")).to_be_visible(timeout=JOB_MS)
    enter_at(page, "a.button[href^='/desk/matching']")
    page.wait_for_url("**/desk/matching*")
    ready(page)


def match_by_keys(page: Page) -> None:
    """Match, find a company by its name, ask why, pin its buddy, and match again."""
    enter_at(page, ".run button")
    told(page, "Die neue Zuordnung ist da.", JOB_MS)
    key, name = company_with_a_buddy(page)
    tab_to(page, "input[type=search]")
    page.keyboard.type(name)
    expect(page.locator(".list tbody tr")).to_have_count(1)
    enter_at(page, f'[data-act="why"][data-id="{key}"]')
    page.locator(".why .offer").first.wait_for()
    assert page.evaluate("document.activeElement.textContent") == name
    enter_at(page, ".why .offer button")
    told(page, "Fest zugeordnet.")
    go_to(page, "matching")
    enter_at(page, ".run button")
    told(page, "Die neue Zuordnung ist da.", JOB_MS)
    expect(page.locator(f'tr[data-row="{key}"]')).to_contain_text("fest")


def plan_by_keys(page: Page) -> None:
    """Plan, publish, and see to which times the first visit could move."""
    go_to(page, "weeks")
    enter_at(page, ".run button")
    told(page, "Der Entwurf ist da.", JOB_MS)
    enter_at(page, ".card > button.primary")
    told(page, "Veröffentlicht.")
    enter_at(page, ".lanes button.block")
    expect(page.locator(".slots li").first).to_be_visible()


def enter_the_buddy(office: BrowserContext, url: str) -> None:
    programme = office.request.get("/api/v1/programmes").json()[0]["id"]
    asked = {"login": BUDDY, "role": "buddy", "buddy": BUDDY, "programme": programme, "password": PASSWORD}
    assert office.request.post("/api/v1/users", data=asked, headers={"Origin": url}).status == 201


def accept_by_keys(page: Page, name: str) -> None:
    go_to(page, "messages")
    expect(page.get_by_role("row").filter(has_text=name).first).to_contain_text("vom Betrieb abgesagt")
    enter_at(page, ".desk-body button.primary")
    change = page.get_by_role("row").filter(has_text="entfällt")
    expect(change.filter(has_text=name)).to_be_visible(timeout=JOB_MS)
    enter_at(page, ".card > button.primary")
    told(page, "Veröffentlicht.")
    expect(page.get_by_text("Nichts gemeldet.")).to_be_visible()
