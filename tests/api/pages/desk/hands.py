"""The same steps at the desk by mouse or by keyboard alone."""

from typing import Protocol

from playwright.sync_api import Locator, Page

from tests.api.pages.desk.conftest import ready

STEPS_AT_MOST = 400


class Hand(Protocol):
    """How a person works a page."""

    def press(self, at: Locator) -> None:
        """Press a button or follow a link."""
        ...

    def write(self, at: Locator, text: str) -> None:
        """Write in place of what a field holds."""
        ...

    def choose(self, at: Locator, label: str) -> None:
        """Choose an option by its text."""
        ...

    def tick(self, at: Locator) -> None:
        """Tick a box."""
        ...


class Mouse:
    """By mouse; what is written is written at once."""

    def press(self, at: Locator) -> None:
        at.click()

    def write(self, at: Locator, text: str) -> None:
        at.fill(text)

    def choose(self, at: Locator, label: str) -> None:
        at.select_option(label=label)

    def tick(self, at: Locator) -> None:
        at.check()


class Keys:
    """By keyboard alone: on to a thing by Tab, then Enter, letters or Space."""

    def press(self, at: Locator) -> None:
        reach(at)
        at.page.keyboard.press("Enter")

    def write(self, at: Locator, text: str) -> None:
        reach(at)
        if at.get_attribute("type") == "date":
            year, month, day = text.split("-")
            # This Chromium speaks English, whatever the page's language.
            at.page.keyboard.type(f"{month}{day}{year}")
        else:
            at.page.keyboard.press("Control+a")
            at.page.keyboard.type(text)
            at.page.keyboard.press("Tab")

    def choose(self, at: Locator, label: str) -> None:
        reach(at)
        at.page.keyboard.type(label.split(maxsplit=1)[0])  # a blank would open the list

    def tick(self, at: Locator) -> None:
        reach(at)
        at.page.keyboard.press("Space")


def reach(at: Locator) -> None:
    """Press Tab until a thing has the focus."""
    at.wait_for()
    for _ in range(STEPS_AT_MOST):
        if at.evaluate("thing => thing === document.activeElement"):
            return
        at.page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not reach {at}")


def go_to(hand: Hand, page: Page, name: str) -> None:
    """Follow a link of the navigation, in front or in a menu."""
    menu = page.locator(f"nav details.menu:has(a[href^='/desk/{name}'])")
    if menu.count():
        hand.press(menu.locator("summary"))
    hand.press(page.locator(f"nav a[href^='/desk/{name}']").first)
    page.wait_for_url(f"**/desk/{name}*")
    ready(page)


def go_to_row(hand: Hand, page: Page, entity: str, name: str) -> None:
    """Find a row of the register by its name, and open it."""
    go_to(hand, page, entity)
    hand.write(page.locator("input[name=q]"), name)
    row = page.locator("tr[data-row] a", has_text=name)
    row.first.wait_for()
    page.wait_for_url("**q=*")
    hand.press(row.first)
    page.wait_for_url(f"**/desk/{entity}/*")
    ready(page)
