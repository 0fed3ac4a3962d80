"""One server and one browser for all tests of the pages."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, StorageState

from api.pages.site import with_pages
from api.run.run import Run
from api.service.settings import SETUP_CODE_FILE
from tests.api.http import conftest as of_api
from tests.api.jobs.small_service import answers, eventually, free_port, serving
from tests.api.pages.browsing import chromium, context, need_chromium
from tests.api.pages.small_office import PASSWORD, USERS, Office, open_office, settings_for


def with_all_pages(database_url: str, folder: Path, small: Run | None = None) -> Iterator[of_api.World]:
    """The small service of the API's tests, with the pages added."""
    plain = of_api.create_app
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(of_api, "create_app", lambda service: with_pages(plain(service)))
        yield from of_api.filled(database_url, folder, small)


@dataclass(frozen=True)
class Site:
    """A running service, its contents, and a signed-in browser for each role."""

    url: str
    office: Office
    browser: Browser
    state: dict[str, StorageState]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    need_chromium()
    with chromium() as opened:
        yield opened


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Site]:
    from api.pages.buddy.view import today

    settings = settings_for(tmp_path_factory.mktemp("pages"), free_port())
    office = open_office(settings, today())
    url = f"http://127.0.0.1:{settings.port}"
    with serving(settings, settings.data_dir.parent / "log"):
        eventually(lambda: answers(settings.port))
        state = {}
        with context(browser, url) as opened:
            for role, user in USERS.items():
                given = {"login": user.login, "password": PASSWORD}
                sent = opened.request.post("/api/v1/session", data=given, headers={"Origin": url})
                assert sent.status == 201
                state[role] = opened.storage_state()
                opened.clear_cookies()
        # The page for the first user is shown as long as the file with its code exists.
        (settings.data_dir / SETUP_CODE_FILE).write_text("a code", encoding="utf-8")
        yield Site(url, office, browser, state)


@pytest.fixture
def by(site: Site, request: pytest.FixtureRequest) -> "Iterator[Opener]":
    opener = Opener(site)
    yield opener
    opener.close()


class Opener:
    """Opens pages as a role, and closes them after the test."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self._open: list[object] = []

    def __call__(self, role: str, **options: object) -> Page:
        return self.context(role, **options).new_page()

    def context(self, role: str, **options: object) -> BrowserContext:
        state = {"storage_state": self.site.state[role]} if role in self.site.state else {}
        entered = context(self.site.browser, self.site.url, **state | options)
        self._open.append(entered)
        return entered.__enter__()

    def sign_in(self, opened: BrowserContext, role: str) -> None:
        """Let a context go on as somebody else: another one takes a second to open."""
        opened.clear_cookies()
        opened.add_cookies(self.site.state.get(role, {}).get("cookies", []))

    def close(self) -> None:
        for each in self._open:
            each.__exit__(None, None, None)  # type: ignore[attr-defined]
