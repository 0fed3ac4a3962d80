"""axe-core in a page. It comes with every page of a context: handing it over takes longer than it runs."""

from pathlib import Path

import axe_playwright_python
from axe_playwright_python.base import AxeResults
from playwright.sync_api import BrowserContext, Page

SCRIPT = Path(axe_playwright_python.__file__).with_name("axe.min.js")
ALL = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
COLOURS = ("color-contrast", "link-in-text-block")
"""The only rules that a dark screen can affect."""


def with_axe(context: BrowserContext) -> Page:
    """Open a page that can be examined, with all pages that follow in it."""
    context.add_init_script(path=SCRIPT)
    return context.new_page()


def violations(page: Page, of_colours_alone: bool = False) -> str:
    """Return what axe-core finds wrong in a page; empty if nothing."""
    rules: object = {"type": "rule", "values": COLOURS} if of_colours_alone else ALL
    # What passes would be described too, node by node.
    options = {"runOnly": rules, "resultTypes": ["violations"]}
    results = AxeResults(page.evaluate("options => axe.run(options)", options))
    return str(results.generate_report()) if results.violations_count else ""
