"""A Chromium that requests nothing from other sites, and users who sign in with it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.api.pages.small_office import PASSWORD

CHROMIUM = Path("/usr/bin/chromium")
ABSENT = f"{CHROMIUM} is missing, which the tests of the pages need: sudo apt install chromium"
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--no-first-run",
)
WAIT_MS = 30_000
"""A limit for ordinary steps on a busy machine: beyond it, a page is broken. Jobs have their own limit."""
PHONE = {"width": 390, "height": 844}


def need_chromium() -> None:
    """Fail if a browser is required; skip on a machine that does not promise one."""
    if CHROMIUM.exists():
        return
    if os.environ.get("CI"):
        pytest.fail(ABSENT, pytrace=False)
    pytest.skip(ABSENT)


@contextmanager
def chromium() -> Iterator[Browser]:
    """A running browser."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def context(browser: Browser, url: str, **options: Any) -> Iterator[BrowserContext]:
    """A browser context of one user, German by default."""
    given: dict[str, Any] = {"base_url": url, "locale": "de-DE", "viewport": PHONE}
    opened = browser.new_context(**given | options)
    opened.set_default_timeout(WAIT_MS)
    expect.set_options(timeout=WAIT_MS)
    try:
        yield opened
    finally:
        opened.close()


def sign_in(page: Page, login: str, password: str = PASSWORD) -> None:
    """Sign in as a person would."""
    page.goto("/sign-in")
    page.locator("[name=login]").fill(login)
    page.locator("[name=password]").fill(password)
    page.locator("form[action='/sign-in'] button").click()
