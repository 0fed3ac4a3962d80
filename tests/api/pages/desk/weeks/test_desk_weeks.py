"""The weeks at the desk: past visits, a drag that only asks, a visit without a time, and restoring."""

import re

from playwright.sync_api import Page, expect

from data.base.dates import days_of
from tests.api.pages.conftest import Opener, Site
from tests.api.pages.desk.conftest import SCREEN, ready, told


def weeks_page(by: Opener, site: Site, week: str) -> Page:
    page = by("coordinator", viewport=SCREEN)
    ready(page, "weeks")
    page.locator(".filters select").nth(1).select_option(week)
    page.locator(f'.lanes td[data-day="{days_of(week)[0]}"]').first.wait_for()
    return page


def test_a_week_that_is_over_has_nothing_to_press(by: Opener, site: Site) -> None:
    page = weeks_page(by, site, site.office.before)
    expect(page.locator(".lanes .block.over").first).to_contain_text("vorbei")
    assert page.locator(".lanes button.block").count() == 0


def test_an_appointment_tells_its_place_by_name_and_stays(by: Opener, site: Site) -> None:
    page = weeks_page(by, site, site.office.after)
    meeting = page.locator(".lanes .block.settled").first
    expect(meeting).to_contain_text("Koordinationsbüro")
    expect(meeting).to_contain_text("fester Termin")


def test_dropping_a_visit_asks_and_changes_nothing(by: Opener, site: Site) -> None:
    """The slots of the day of the drop come first; the plan in force does not change."""
    page = weeks_page(by, site, site.office.after)
    block = page.locator(".lanes tr:has(button.block) button.block").first
    before = page.locator(".lanes").inner_text()
    lane = page.locator(".lanes tr:has(button.block)").first
    target = lane.locator("td", has_not=page.locator(f'[data-id="{block.get_attribute("data-id")}"]')).last
    # Scrolling with the button held down is not a drag.
    target.scroll_into_view_if_needed()
    block.drag_to(target)
    panel = page.locator("section[aria-live] .card")
    expect(panel.locator("h3")).to_contain_text("verschieben")
    expect(panel.get_by_text(re.compile(r"^Am .+"))).to_be_visible()
    assert page.locator(".lanes").inner_text() == before
    assert page.locator(".lanes .aim").count() == 0


def test_dropping_on_another_lane_asks_nothing(by: Opener, site: Site) -> None:
    page = weeks_page(by, site, site.office.after)
    lanes = page.locator(".lanes tbody tr")
    lanes.nth(0).locator("button.block").first.drag_to(lanes.nth(1).locator("td").nth(3))
    lanes.nth(0).locator("button.block").first.click()
    expect(page.locator(".slots").first).to_be_visible()
    assert page.get_by_text("An anderen Tagen").count() == 0


def test_a_visit_is_moved_and_the_version_before_comes_back(by: Opener, site: Site) -> None:
    """Companies with another promised time stay listed until somebody confirms that they know."""
    page = weeks_page(by, site, site.office.after)
    lanes = page.locator(".lanes")
    before = lanes.inner_text()
    block = page.locator(".lanes button.block").first
    name = block.evaluate("block => block.lastChild.textContent.trim()")
    here = block.evaluate("block => block.parentElement.cellIndex")
    day = page.locator(".lanes th").nth(here).inner_text()
    block.click()
    page.locator(".slots li").filter(has_not_text=day).get_by_role("button").first.click()
    expect(page.get_by_role("heading", name="Wer betroffen ist")).to_be_focused()
    assert page.locator(".status .wrong").count() == 0
    page.get_by_role("button", name="Veröffentlichen").click()
    told(page, "Veröffentlicht.")
    expect(page.get_by_text("Noch zu benachrichtigen: ")).to_be_visible()
    expect(page.get_by_role("region", name="Wer benachrichtigt werden muss")).to_contain_text(name)
    expect(page.locator(".filters select").nth(1)).to_have_value(site.office.after)
    assert lanes.inner_text() != before
    page.get_by_role("button", name="Alle wissen Bescheid").click()
    page.locator(".filters select").first.select_option(index=1)
    page.get_by_role("button", name="Zurück zu Stand").click()
    told(page, "ist wieder ein Entwurf")
    page.get_by_role("button", name="Veröffentlichen").click()
    told(page, "Veröffentlicht.")
    assert lanes.inner_text() == before
