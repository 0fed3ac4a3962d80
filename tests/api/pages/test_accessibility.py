"""Every page, in both languages, light and dark: no axe-core violation, nothing wider than the screen."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.api.pages.conftest import Opener, Site
from tests.api.pages.every_page import Sights, every_page_of
from tests.api.pages.small_office import Office

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
"""The only rules that a dark screen can affect."""
LOCALES = ("de-DE", "en-GB")
TARGET_PX = 44
WIDER = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
SMALL = """least => [...document.querySelectorAll("button, .button, summary, nav a, input, select")]
  .filter(each => each.type !== "hidden" && each.type !== "radio" && each.checkVisibility())
  .filter(each => each.getBoundingClientRect().height < least)
  .map(each => each.outerHTML)"""


def every_page(office: Office) -> dict[str, dict[str, str]]:
    """The pages of the small office, with visits that no other test moves."""
    visit, before = office.visits(office.after)[3][1], office.visits(office.before)[3][1]
    return every_page_of(Sights(office.after, visit, office.before, before))


@pytest.mark.parametrize("locale", LOCALES)
def test_axe_finds_nothing(by: Opener, site: Site, locale: str) -> None:
    axe, found = Axe(), {}
    for role, paths in every_page(site.office).items():
        # The pages' policy forbids inserted scripts, even this one.
        context = by.context(role, bypass_csp=True, locale=locale, service_workers="block")
        page = context.new_page()
        for name, path in paths.items():
            page.goto(path)
            assert page.locator("html").get_attribute("lang") == locale[:2]
            # Colours are the same on German and English pages.
            for scheme in ("light", "dark") if locale == LOCALES[0] else ("light",):
                page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
                results = axe.run(page, options=RULES if scheme == "light" else COLOURS)
                if results.violations_count:
                    found[role, name, scheme] = results.generate_report()
    assert found == {}


@pytest.mark.parametrize("locale", LOCALES)
def test_narrow_or_enlarged_nothing_is_cut_off_or_too_small(by: Opener, site: Site, locale: str) -> None:
    for role, paths in every_page(site.office).items():
        page = by(role, locale=locale, viewport={"width": 320, "height": 568}, service_workers="block")
        for path in paths.values():
            page.goto(path)
            expect_room(page, path)
            # Letters of twice the size, on a screen of twice the width.
            page.set_viewport_size({"width": 640, "height": 568})
            page.evaluate("document.documentElement.style.fontSize = '200%'")
            expect_room(page, path)
            page.set_viewport_size({"width": 320, "height": 568})


def expect_room(page: Page, path: str) -> None:
    for details in page.locator("details").all():
        details.evaluate("each => each.open = true")
    assert not page.evaluate(WIDER), path
    assert page.evaluate(SMALL, TARGET_PX) == [], path
