"""The desk's live connection: bound to the session and to this site, and over with the session."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import BrowserContext, expect
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from tests.api.pages.browsing import context, sign_in
from tests.api.pages.conftest import Opener, Site
from tests.api.pages.desk.conftest import SCREEN, ready

CLIENT = re.compile(r"client_id\W+?([0-9a-f]{8}-[0-9a-f-]{27})")


@pytest.fixture
def office(site: Site) -> Iterator[BrowserContext]:
    """A coordinator with a session of its own, which may end."""
    with context(site.browser, site.url, viewport=SCREEN) as opened:
        sign_in(opened.new_page(), "koordination")
        yield opened


def cookies_of(opened: BrowserContext) -> str:
    return "; ".join(f"{each['name']}={each['value']}" for each in opened.cookies())


@contextmanager
def live(site: Site, page_of: BrowserContext, cookies: str, origin: str | None) -> Iterator[ClientConnection]:
    """The live connection of a page that a context has loaded, opened with these cookies from this origin."""
    found = CLIENT.search(page_of.request.get("/desk/overview").text())
    assert found
    path = f"/desk/_nicegui_ws/socket.io/?EIO=4&transport=websocket&client_id={found[1]}"
    given = {"Cookie": cookies} if cookies else {}
    with connect(site.url.replace("http", "ws") + path, origin=origin, additional_headers=given) as socket:  # type: ignore[arg-type]
        yield socket


def test_the_own_page_opens_it(site: Site, office: BrowserContext) -> None:
    with live(site, office, cookies_of(office), site.url) as socket:
        assert str(socket.recv(10)).startswith("0{")


@pytest.mark.parametrize(
    "origin", [None, "null", "https://elsewhere.example", "http://127.0.0.1:1", "https://127.0.0.1"]
)
def test_no_other_site_opens_it(site: Site, office: BrowserContext, origin: str | None) -> None:
    with pytest.raises(InvalidStatus, match="403"), live(site, office, cookies_of(office), origin):
        pass


def test_nobody_opens_it_without_the_session_of_the_page(
    site: Site, office: BrowserContext, by: Opener
) -> None:
    another = cookies_of(by.context("host"))
    for cookies in ("", "buddyplan_session=made-up", another):
        with pytest.raises(InvalidStatus, match="403"), live(site, office, cookies, site.url):
            pass


def test_it_is_refused_by_polling(site: Site, office: BrowserContext) -> None:
    answer = office.request.get("/desk/_nicegui_ws/socket.io/?EIO=4&transport=polling")
    assert answer.status == 400


def test_it_ends_with_the_session(site: Site, office: BrowserContext) -> None:
    with live(site, office, cookies_of(office), site.url) as socket:
        socket.recv(10)
        assert office.request.delete("/api/v1/session", headers={"Origin": site.url}).status == 204
        with pytest.raises(ConnectionClosed):
            while True:
                socket.recv(20)


def test_an_open_page_leaves_when_its_session_ends(site: Site, office: BrowserContext) -> None:
    page = office.pages[0]
    ready(page, "users")
    assert office.request.delete("/api/v1/session", headers={"Origin": site.url}).status == 204
    expect(page).to_have_url(f"{site.url}/sign-in?back=%2Fdesk%2Fusers")
