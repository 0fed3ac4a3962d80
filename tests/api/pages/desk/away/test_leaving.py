"""A buddy leaves at the desk: proposed, adopted, sheets to print; by keyboard and in German."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.api.pages.desk.conftest import ready

DAY, PROOF = "2027-01-29", {"X-Requested-With": "test"}


@pytest.fixture(autouse=True)
def as_before(desk: Page) -> Iterator[None]:
    """Take back what was entered, the last first: all pages share one office."""
    known = {each["id"] for each in changes(desk)}
    yield
    for each in [each for each in changes(desk) if each["id"] not in known]:
        undone = desk.request.post(f"/api/v1/changes/{each['id']}/undo", headers=PROOF)
        assert undone.ok, undone.text()


def changes(page: Page) -> list[dict[str, Any]]:
    """The newest change sets, the last first."""
    found: list[dict[str, Any]] = page.request.get("/api/v1/changes").json()["items"]
    return found


def test_a_buddy_leaves_and_hands_over(desk: Page) -> None:
    page = desk
    ready(page, "buddies/anna")
    shop = {"name": "Laden", "postcode": "39104", "town": "Magdeburg", "buddy": "anna"}
    made = page.request.post("/api/v1/register/companies", data=shop, headers=PROOF)
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
