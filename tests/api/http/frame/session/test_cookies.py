"""What depends on the client's address and on TLS: cookies, the check of `Origin`, HSTS, `/metrics`."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from api.http.app import create_app
from api.service.settings import Settings
from tests.api.http.conftest import PASSWORD, World

PROXY = "10.1.2.3"
RIGHT = {"login": "anna", "password": PASSWORD}
BY_TLS = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "198.51.100.7"}


def app_with(world: World, **settings: Any) -> FastAPI:
    changed = world.service.settings.model_copy(update=settings)
    return create_app(replace(world.service, settings=changed))


@pytest.fixture
def behind_tls(on_sqlite: World) -> Iterator[TestClient]:
    app = app_with(on_sqlite, trusted_proxies=f"192.0.2.0/24,{PROXY}", metrics_token="for the monitor")
    with TestClient(app, base_url="https://testserver", client=(PROXY, 5000), headers=BY_TLS) as client:
        yield client


def test_behind_tls_cookies_are_bound_to_the_host_and_to_tls(behind_tls: TestClient) -> None:
    answer = behind_tls.post("/api/v1/session", json=RIGHT, headers={"Origin": "https://testserver"})
    cookies = answer.headers.get_list("set-cookie")
    assert len(cookies) == 2
    for each in cookies:
        assert each.startswith("__Host-buddyplan_")
        assert {"httponly", "path=/", "samesite=lax", "secure"} <= set(each.lower().split("; "))
        assert "domain" not in each.lower()
    assert behind_tls.get("/api/v1/me").json()["login"] == "anna"


def test_behind_tls_a_cookie_that_another_host_may_have_set_is_not_read(behind_tls: TestClient) -> None:
    behind_tls.post("/api/v1/session", json=RIGHT, headers={"Origin": "https://testserver"})
    secret = behind_tls.cookies["__Host-buddyplan_session"]
    behind_tls.cookies.clear()
    behind_tls.cookies.set("buddyplan_session", secret)
    assert behind_tls.get("/api/v1/me").status_code == 401


def test_on_one_machine_without_tls_the_cookie_has_its_plain_name(on_sqlite: World) -> None:
    on_sqlite.client.post("/api/v1/session", json=RIGHT)
    assert "buddyplan_session" in on_sqlite.client.cookies
    assert on_sqlite.client.get("/api/v1/me").status_code == 200


def test_without_the_setting_for_plain_http_cookies_need_tls(on_sqlite: World) -> None:
    with TestClient(app_with(on_sqlite, plain_http=False)) as client:
        cookies = client.post("/api/v1/session", json=RIGHT).headers.get_list("set-cookie")
    assert all(each.startswith("__Host-") and "Secure" in each for each in cookies)


def test_answers_behind_tls_tell_browsers_to_keep_to_it(on_sqlite: World, behind_tls: TestClient) -> None:
    told = behind_tls.get("/healthz").headers["Strict-Transport-Security"]
    assert told == "max-age=31536000; includeSubDomains"
    made_up = on_sqlite.client.get("/healthz", headers={"X-Forwarded-Proto": "https"})
    assert "Strict-Transport-Security" not in made_up.headers


@pytest.mark.parametrize(
    ("origin", "status"),
    [
        ("https://testserver", 201),
        ("https://testserver:443", 201),
        ("https://TESTSERVER", 201),
        ("http://testserver", 403),
        ("https://testserver:8443", 403),
        ("https://testserver.example", 403),
        ("https://testserver:a", 403),
        ("null", 403),
    ],
)
def test_an_origin_is_ours_by_scheme_host_and_port(behind_tls: TestClient, origin: str, status: int) -> None:
    answer = behind_tls.post("/api/v1/session", json=RIGHT, headers={"Origin": origin})
    assert answer.status_code == status


def test_figures_behind_a_proxy_need_the_token(on_sqlite: World, behind_tls: TestClient) -> None:
    assert behind_tls.get("/metrics").status_code == 403
    bearer = {"Authorization": "Bearer for the monitor"}
    assert behind_tls.get("/metrics", headers=bearer).status_code == 200
    # Also where the proxy forgets to say whom it asks for.
    with TestClient(app_with(on_sqlite, trusted_proxies="127.0.0.1"), client=("127.0.0.1", 5000)) as here:
        assert here.get("/metrics").status_code == 403


@pytest.mark.parametrize("header", ["Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Proto", "X-Real-IP"])
def test_figures_are_not_for_whom_an_unknown_proxy_asks(on_sqlite: World, header: str) -> None:
    with TestClient(on_sqlite.app, client=("127.0.0.1", 5000)) as here:
        assert here.get("/metrics").status_code == 200
        assert here.get("/metrics", headers={header: "https"}).status_code == 403


def test_trusted_proxies_are_addresses_and_networks() -> None:
    assert (
        Settings(trusted_proxies=" 10.0.0.0/8, ::1 ,127.0.0.1").trusted_proxies == "10.0.0.0/8,::1,127.0.0.1"
    )
    for wrong in ("nginx", "*", "10.0.0.1/8", "127.0.0.1;::1"):
        with pytest.raises(ValueError, match=r"does not appear|host bits"):
            Settings(trusted_proxies=wrong)
