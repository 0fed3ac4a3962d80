"""A buddy leaves at the desk: proposed, adopted, sheets to print; by keyboard and in German."""

from playwright.sync_api import Page, expect

from tests.api.pages.desk.conftest import ready

DAY = "2027-01-29"


def test_a_buddy_leaves_and_hands_over(desk: Page) -> None:
    page = desk
    ready(page, "buddies/anna")
    shop = {"name": "Laden", "postcode": "39104", "town": "Magdeburg", "buddy": "anna"}
    made = page.request.post("/api/v1/register/companies", data=shop, headers={"X-Requested-With": "test"})
    assert made.ok, made.text()
    page.get_by_role("link", name="Verlässt uns am …").click()
    page.wait_for_url("**/desk/buddies/anna/leaving*")
    ready(page)
    page.locator("input[type=date]").fill(DAY)
    page.get_by_role("button", name="Nachfolge vorschlagen").press("Enter")
    expect(page.locator(".leaving h2")).to_contain_text("zu übergeben")
    page.get_by_role("button", name="Alles zusammen übernehmen").press("Enter")
    expect(page.locator(".leaving h2")).to_contain_text("Übernommen: letzter Arbeitstag")
    page.get_by_role("link", name="Übergabeblätter").first.click()
    ready(page)
    with page.expect_download() as got:
        page.get_by_role("button", name="Als PDF").press("Enter")
    assert got.value.path().read_bytes().startswith(b"%PDF")
