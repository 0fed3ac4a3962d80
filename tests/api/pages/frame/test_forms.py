"""Signing in by a form, what a form must contain, and where it may redirect."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.http.app import create_app
from api.pages.frame.shell import own_path
from api.pages.site import with_pages
from api.service.settings import Settings
from api.service.wiring import wired
from tests.api.http.conftest import PASSWORD, World
from tests.api.pages.conftest import with_all_pages

HERE = {"Origin": "http://testserver"}


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    yield from with_all_pages("", tmp_path)


@pytest.fixture
def browser(world: World) -> TestClient:
    return TestClient(world.app, follow_redirects=False, raise_server_exceptions=False)


def token_on(client: TestClient, path: str) -> str:
    """The token of the forms on a page."""
    found = re.search(r'name="form_token" value="([0-9a-f]{64})"', client.get(path).text)
    assert found
    return found[1]


def sign_in(client: TestClient, login: str = "anna", **given: str) -> int:
    form = {"login": login, "password": PASSWORD, "form_token": token_on(client, "/sign-in")} | given
    answer = client.post("/sign-in", data=form, headers=HERE)
    return answer.status_code


def test_a_person_signs_in_and_out(browser: TestClient) -> None:
    assert sign_in(browser) == 303
    assert browser.get("/").headers["location"] == "/me/today"
    assert browser.get("/sign-in").headers["location"] == "/"
    out = browser.post("/sign-out", data={"form_token": token_on(browser, "/account")}, headers=HERE)
    assert (out.status_code, out.headers["clear-site-data"]) == (303, '"storage"')
    assert browser.get("/me/today").headers["location"] == "/sign-in?back=%2Fme%2Ftoday"


def test_a_wrong_password_is_told_in_words_and_counted(browser: TestClient) -> None:
    token = token_on(browser, "/sign-in")
    form = {"login": "anna", "password": "wrong", "form_token": token}
    statuses = []
    for _ in range(30):
        answer = browser.post("/sign-in", data=form, headers=HERE)
        statuses.append(answer.status_code)
        if answer.status_code == 429:
            break
        assert "Anmeldename oder Passwort stimmt nicht." in answer.text
    assert statuses[0] == 401 and statuses[-1] == 429
    assert "Zu viele Versuche" in answer.text and int(answer.headers["retry-after"]) > 0


@pytest.mark.parametrize("given", [{"form_token": ""}, {"form_token": "0" * 64}])
def test_a_form_without_the_token_of_its_page_is_refused(browser: TestClient, given: dict[str, str]) -> None:
    assert sign_in(browser, **given) == 403
    assert sign_in(browser) == 303
    stop = "/me/weeks/2026-W48/stops/bakery-1/report"
    for path in (stop, "/sign-out", "/account/calendar"):
        assert browser.post(path, data={"outcome": "done"} | given, headers=HERE).status_code == 403


def test_a_token_of_another_session_is_refused(browser: TestClient) -> None:
    before = token_on(browser, "/sign-in")
    sign_in(browser)
    sent = browser.post("/sign-out", data={"form_token": before}, headers=HERE)
    assert sent.status_code == 403


@pytest.mark.parametrize("origin", ["http://elsewhere.example", "null"])
def test_a_form_of_another_site_is_refused_even_with_the_token(browser: TestClient, origin: str) -> None:
    token = token_on(browser, "/sign-in")
    form = {"login": "anna", "password": PASSWORD, "form_token": token}
    assert browser.post("/sign-in", data=form, headers={"Origin": origin}).status_code == 403


def test_after_signing_in_it_goes_on_where_it_was(browser: TestClient) -> None:
    to_sign_in = browser.get("/me/weeks/2026-W48?note=x").headers["location"]
    assert to_sign_in == "/sign-in?back=%2Fme%2Fweeks%2F2026-W48%3Fnote%3Dx"
    form = {"login": "anna", "password": PASSWORD, "form_token": token_on(browser, to_sign_in)}
    back = {"back": "/me/weeks/2026-W48?note=x"}
    answer = browser.post("/sign-in", data=form | back, headers=HERE)
    assert answer.headers["location"] == back["back"]


@pytest.mark.parametrize(
    "text",
    ["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example", "\\\\x", "me", "",
     "/\t/elsewhere.example", "/a\r\nSet-Cookie: x", "javascript:alert(1)"],
)  # fmt: skip
def test_no_way_leads_elsewhere(text: str) -> None:
    assert own_path(text) == "/"


def test_a_language_is_kept(browser: TestClient) -> None:
    assert '<html lang="de">' in browser.get("/sign-in").text
    chosen = browser.get("/language/en?back=/sign-in")
    assert chosen.headers["location"] == "/sign-in"
    assert '<html lang="en">' in browser.get("/sign-in").text
    assert browser.get("/language/en?back=//elsewhere").headers["location"] == "/"


def test_a_calendar_link_is_made_replaced_and_ended(browser: TestClient, world: World) -> None:
    world.published()
    sign_in(browser)
    token = {"form_token": token_on(browser, "/account")}

    def sent(path: str) -> str:
        return str(browser.post(path, data=token, headers=HERE).text)

    def feed(text: str) -> str:
        found = re.search(r'value="http://testserver(/api/v1/feeds/[^"]+)"', text)
        assert found
        return found[1]

    made = sent("/account/calendar")
    first = feed(made)
    link = re.findall(r"/account/calendar/(\w+)/rotate", made)[0]
    assert browser.get(first).status_code == 200
    renewed = sent(f"/account/calendar/{link}/rotate")
    second = feed(renewed)
    assert (browser.get(first).status_code, browser.get(second).status_code) == (404, 200)
    newest = re.findall(r"/account/calendar/(\w+)/revoke", renewed)[0]
    assert "Der Link ist gelöscht" in sent(f"/account/calendar/{newest}/revoke")
    assert browser.get(second).status_code == 404


def test_a_password_is_changed(browser: TestClient) -> None:
    sign_in(browser)

    def change(old: str, new: str) -> tuple[int, str]:
        token = token_on(browser, "/account")
        form = {"old": old, "new": new, "form_token": token}
        answer = browser.post("/account/password", data=form, headers=HERE)
        return answer.status_code, answer.text

    assert change(PASSWORD, "short")[0] == 422
    status, text = change("wrong", "a new password of mine")
    assert status == 403 and "Das bisherige Passwort stimmt nicht." in text
    assert change(PASSWORD, "a new password of mine")[0] == 303
    assert browser.get("/account").status_code == 303
    assert sign_in(browser, password="a new password of mine") == 303


def test_the_first_person_is_entered(tmp_path_factory: pytest.TempPathFactory) -> None:
    service = wired(Settings(data_dir=tmp_path_factory.mktemp("first") / "data", plain_http=True))
    app = with_pages(create_app(service))
    with TestClient(app, follow_redirects=False) as client:
        assert "Hier ist noch niemand eingetragen." in client.get("/sign-in").text
        code = (service.settings.data_dir / "setup-code").read_text().strip()

        def sent(**given: str) -> tuple[int, str]:
            form = {"code": code, "login": "office", "password": PASSWORD} | given
            form["form_token"] = token_on(client, "/setup")
            answer = client.post("/setup", data=form, headers=HERE)
            return answer.status_code, answer.text

        assert sent(code="wrong")[0] == 403
        assert sent(password="short")[0] == 422
        assert sent()[0] == 303
        assert client.get("/setup").status_code == 404
        assert sign_in(client, "office") == 303
        assert client.get("/").headers["location"] == "/desk"
        assert client.get("/desk").headers["location"] == "/desk/overview"
    service.close()


def test_who_comes_from_a_provider_in_vain_is_told_on_the_page(tmp_path: Path) -> None:
    given = {"oidc_issuer": "http://provider.example", "oidc_client_id": "us"}
    service = wired(Settings(data_dir=tmp_path / "data", plain_http=True, **given))
    app = with_pages(create_app(service))
    with TestClient(app, follow_redirects=False) as client:
        assert 'href="/auth/oidc/login"' in client.get("/sign-in").text
        back = client.get("/auth/oidc/callback?state=not-ours").headers["location"]
        assert back == "/sign-in?note=sign_in_elsewhere_failed"
        assert "Anmeldung über das Haus hat nicht geklappt" in client.get(back).text
    service.close()


def test_what_nobody_expected_is_told_without_the_inside(
    browser: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: object) -> None:
        raise RuntimeError("a secret of the inside")

    sign_in(browser)
    monkeypatch.setattr("api.pages.buddy.weeks.week_view", broken)
    answer = browser.get("/me/today", headers={"Accept-Language": "en"})
    assert answer.status_code == 500 and "Something went wrong" in answer.text
    assert "secret" not in answer.text and "reference" in answer.text


def test_nothing_published_is_told_as_such(browser: TestClient) -> None:
    sign_in(browser)
    assert "noch kein Plan veröffentlicht" in browser.get("/me/weeks/2026-W48").text
    browser.post("/sign-out", data={"form_token": token_on(browser, "/account")}, headers=HERE)
    sign_in(browser, "viewer")
    assert "Noch ist kein Plan veröffentlicht." in browser.get("/coverage").text


def test_where_a_second_factor_is_compulsory_pages_lead_to_where_it_is_set_up(world: World) -> None:
    settings = world.service.settings.model_copy(update={"second_factor_for_coordinators": True})
    app = with_pages(create_app(replace(world.service, settings=settings)))
    client = TestClient(app, follow_redirects=False, raise_server_exceptions=False)
    assert sign_in(client, "coordinator") == 303
    for path in ("/", "/desk", "/coverage"):
        assert client.get(path).headers["location"] == "/account?note=account_factor_required", path
    page = client.get("/account?note=account_factor_required").text
    assert "Für die Koordination wird ein zweiter Faktor verlangt" in page
