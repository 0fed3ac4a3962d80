"""Every page, in both languages, light and dark: no axe-core violation, nothing wider than the screen."""

import pytest
from playwright.sync_api import Page

from tests.api.pages.axe import violations, with_axe
from tests.api.pages.conftest import Opener, Site
from tests.api.pages.every_page import Sights, every_page_of
from tests.api.pages.small_office import Office

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
    found = {}
    # The pages' policy forbids inserted scripts, even this one.
    context = by.context("nobody", bypass_csp=True, locale=locale, service_workers="block")
    page = with_axe(context)
    for role, paths in every_page(site.office).items():
        by.sign_in(context, role)
        for name, path in paths.items():
            page.goto(path)
            assert page.locator("html").get_attribute("lang") == locale[:2]
            # Colours are the same on German and English pages.
            for scheme in ("light", "dark") if locale == LOCALES[0] else ("light",):
                page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
                if told := violations(page, of_colours_alone=scheme == "dark"):
                    found[role, name, scheme] = told
    assert found == {}


@pytest.mark.parametrize("locale", LOCALES)
def test_narrow_or_enlarged_nothing_is_cut_off_or_too_small(by: Opener, site: Site, locale: str) -> None:
    context = by.context(
        "nobody", locale=locale, viewport={"width": 320, "height": 568}, service_workers="block"
    )
    page = context.new_page()
    for role, paths in every_page(site.office).items():
        by.sign_in(context, role)
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
