"""Fills desk pages with content for screenshots: an explanation, a comparison, a curve."""

from collections.abc import Callable

import httpx2
from playwright.sync_api import Page

from tests.api.service.test_serve import result_of

SCENARIOS = (
    {
        "name": "Zwei krank im Januar",
        "changes": [
            {"kind": "absence", "host": "h25", "count": 2, "first_week": "2027-W02", "weeks": 2},
            {"kind": "travel", "percent": 120},
        ],
    },
    {
        "name": "Fünf Job-Buddys mehr",
        "note": "Wer schon betreut wird, darf wechseln.",
        "changes": [
            {"kind": "add_buddies", "id": "neu", "count": 5, "like": "b01"},
            {"kind": "policy", "fields": {"rematch": True}},
        ],
    },
)


def add_studies(office: httpx2.Client) -> None:
    """Store two scenarios, and a result of each kind of study."""
    result_of(office, office.post("/api/v1/studies", json={"weeks": 0}))
    for asked in SCENARIOS:
        kept = office.post("/api/v1/scenarios", json=asked).json()["id"]
        result_of(office, office.post("/api/v1/studies", json={"scenario": kept, "weeks": 0}))
    result_of(office, office.post("/api/v1/studies/frontier", data={"most": 50}))
    result_of(office, office.post("/api/v1/studies/hire", json={}))


def _why(page: Page) -> None:
    page.locator('[data-act="why"]').first.click()
    page.locator(".why .offer").first.wait_for()


def _compared(page: Page) -> None:
    earlier = page.locator("details").filter(has=page.locator(".studies")).first
    earlier.locator("summary").click()
    for box in reversed(earlier.locator("input[type=checkbox]").all()):
        box.check()
    earlier.locator("> button").click()
    page.locator(".told").first.wait_for()


def _curve_and_map(page: Page) -> None:
    for section in page.locator("details").filter(has=page.locator(".studies")).all():
        section.locator("summary").click()
        section.locator("[data-act=look]").first.click()
    page.locator(".beside-map").nth(1).wait_for()
    page.locator("img.picture").evaluate("each => each.decode()")


FULLEST: dict[str, Callable[[Page], None]] = {
    "matching": _why,
    "scenarios": _compared,
    "positions": _curve_and_map,
}
"""The actions on a page, by its name, before its screenshot."""
