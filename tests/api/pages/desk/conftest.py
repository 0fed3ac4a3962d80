"""An empty service for the coordinator's workflow, and actions of a test at the desk."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page

from api.http.accounts.passwords import password_hash
from api.service.wiring import wired
from data.store.people.users import NewUser, Role, add_user
from tests.api.jobs.small_service import answers, eventually, free_port, serving
from tests.api.pages.browsing import WAIT_MS, context, need_chromium
from tests.api.pages.conftest import Site
from tests.api.pages.small_office import PASSWORD, settings_for

OFFICE = "leitung"
SCREEN = {"width": 1280, "height": 900}
JOB_MS = 240_000
"""A limit for jobs and imports on a busy machine: no test is decided by the clock."""
START_S = 120


@contextmanager
def empty_service(folder: Path, database_url: str = "") -> Iterator[str]:
    """Run a service with nothing in it but one coordinator, and yield its address."""
    settings = settings_for(folder, free_port()).model_copy(update={"database_url": database_url})
    service = wired(settings)
    with service.store.writing() as c:
        add_user(c, NewUser(OFFICE, Role.COORDINATOR, ""), password_hash(PASSWORD))
    service.close()
    with serving(settings, folder / "log"):
        eventually(lambda: answers(settings.port), START_S)
        yield f"http://127.0.0.1:{settings.port}"


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[str]:
    need_chromium()
    with empty_service(tmp_path) as url:
        yield url


@pytest.fixture(scope="module")
def desk(site: Site) -> Iterator[Page]:
    """The coordinator's page for all tests of a file, which load it anew: another browser takes a second."""
    state = site.state["coordinator"]
    with context(site.browser, site.url, viewport=SCREEN, storage_state=state) as opened:
        yield opened.new_page()


@contextmanager
def at_desk(browser: Browser, url: str, **options: object) -> Iterator[BrowserContext]:
    with context(browser, url, **{"viewport": SCREEN} | options) as opened:
        yield opened


def ready(page: Page, path: str = "") -> None:
    """Open a page of the desk, and wait until its content is there."""
    if path:
        page.goto(f"/desk/{path}")
    page.wait_for_selector(".ready", state="attached")


def told(page: Page, text: str, within: int = WAIT_MS) -> Locator:
    """Wait for a message at the top of the desk."""
    notice = page.locator(".status p", has_text=text)
    notice.wait_for(timeout=within)
    return notice
