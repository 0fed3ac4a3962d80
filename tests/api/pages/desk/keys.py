"""The keyboard in tests: move to what a selector names, and press Enter there."""

from playwright.sync_api import Page

STEPS_AT_MOST = 120


def tab_to(page: Page, selector: str, key: str = "Tab") -> None:
    """Press Tab until something has the focus."""
    for _ in range(STEPS_AT_MOST):
        page.keyboard.press(key)
        if page.evaluate("at => document.activeElement.matches(at)", selector):
            return
    raise AssertionError(f"the keyboard does not reach {selector}")


def enter_at(page: Page, selector: str) -> None:
    tab_to(page, selector)
    page.keyboard.press("Enter")
