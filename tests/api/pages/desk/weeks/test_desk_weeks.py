"""The weeks at the desk: past visits, a drag that only asks, a visit without a time, and restoring."""

import re

from playwright.sync_api import Page, expect

from data.base.dates import days_of
from tests.api.pages.conftest import Site
from tests.api.pages.desk.conftest import ready, told


def show(page: Page, week: str) -> None:
    ready(page, "weeks")
    page.locator(".filters select").nth(1).select_option(week)
    page.locator(f'.lanes td[data-day="{days_of(week)[0]}"]').first.wait_for()


def test_a_week_that_is_over_has_nothing_to_press(desk: Page, site: Site) -> None:
    show(desk, site.office.before)
    expect(desk.locator(".lanes .block.over").first).to_contain_text("vorbei")
    assert desk.locator(".lanes button.block").count() == 0


def test_an_appointment_tells_its_place_by_name_and_stays(desk: Page, site: Site) -> None:
    show(desk, site.office.after)
    meeting = desk.locator(".lanes .block.settled").first
    expect(meeting).to_contain_text("Koordinationsbüro")
    expect(meeting).to_contain_text("fester Termin")


def test_dropping_a_visit_asks_and_changes_nothing(desk: Page, site: Site) -> None:
    """The slots of the day of the drop come first; the plan in force does not change."""
    show(desk, site.office.after)
    block = desk.locator(".lanes tr:has(button.block) button.block").first
    before = desk.locator(".lanes").inner_text()
    lane = desk.locator(".lanes tr:has(button.block)").first
    target = lane.locator("td", has_not=desk.locator(f'[data-id="{block.get_attribute("data-id")}"]')).last
    # Scrolling with the button held down is not a drag.
    target.scroll_into_view_if_needed()
    block.drag_to(target)
    panel = desk.locator("section[aria-live] .card")
    expect(panel.locator("h3")).to_contain_text("verschieben")
    expect(panel.get_by_text(re.compile(r"^Am .+"))).to_be_visible()
    assert desk.locator(".lanes").inner_text() == before
    assert desk.locator(".lanes .aim").count() == 0


def test_dropping_on_another_lane_asks_nothing(desk: Page, site: Site) -> None:
    show(desk, site.office.after)
    lanes = desk.locator(".lanes tbody tr")
    lanes.nth(0).locator("button.block").first.drag_to(lanes.nth(1).locator("td").nth(3))
    lanes.nth(0).locator("button.block").first.click()
    expect(desk.locator(".slots").first).to_be_visible()
    assert desk.get_by_text("An anderen Tagen").count() == 0


def test_a_visit_is_moved_and_the_version_before_comes_back(desk: Page, site: Site) -> None:
    """Companies with another promised time stay listed until somebody confirms that they know."""
    show(desk, site.office.after)
    lanes = desk.locator(".lanes")
    before = lanes.inner_text()
    block = desk.locator(".lanes button.block").first
    name = block.evaluate("block => block.lastChild.textContent.trim()")
    here = block.evaluate("block => block.parentElement.cellIndex")
    day = desk.locator(".lanes th").nth(here).inner_text()
    block.click()
    desk.locator(".slots li").filter(has_not_text=day).get_by_role("button").first.click()
    expect(desk.get_by_role("heading", name="Wer betroffen ist")).to_be_focused()
    assert desk.locator(".status .wrong").count() == 0
    desk.get_by_role("button", name="Veröffentlichen").click()
    told(desk, "Veröffentlicht.")
    expect(desk.get_by_text("Noch zu benachrichtigen: ")).to_be_visible()
    expect(desk.get_by_role("region", name="Wer benachrichtigt werden muss")).to_contain_text(name)
    expect(desk.locator(".filters select").nth(1)).to_have_value(site.office.after)
    assert lanes.inner_text() != before
    desk.get_by_role("button", name="Alle wissen Bescheid").click()
    desk.locator(".filters select").first.select_option(index=1)
    desk.get_by_role("button", name="Zurück zu Stand").click()
    told(desk, "ist wieder ein Entwurf")
    desk.get_by_role("button", name="Veröffentlichen").click()
    told(desk, "Veröffentlicht.")
    assert lanes.inner_text() == before
