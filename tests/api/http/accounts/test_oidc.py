"""Sign-in by an identity provider that runs during the tests."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import oidc_provider_mock
import pytest
from fastapi.testclient import TestClient

from api.http.app import create_app
from api.service.settings import Settings
from api.service.wiring import Service, wired
from data.store.people.invitations import invitation_by_code, invite
from data.store.people.users import NewUser, Role, add_user, credentials
from tests.api.http.conftest import World


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    with oidc_provider_mock.run_server_in_thread() as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture
def service(provider: str, tmp_path: Path) -> Iterator[Service]:
    given: dict[str, Any] = {"oidc_issuer": provider, "oidc_client_id": "us", "oidc_client_secret": "s"}
    opened = wired(Settings(data_dir=tmp_path, plain_http=True, **given))
    with opened.store.writing() as c:
        add_user(c, NewUser("anna@example.org", Role.COORDINATOR), "")
        add_user(c, NewUser("ben", Role.COORDINATOR, subject="ben-at-provider"), "")
    yield opened
    opened.close()


@pytest.fixture
def client(service: Service) -> Iterator[TestClient]:
    with TestClient(create_app(service), follow_redirects=False) as opened:
        yield opened


def come_back(client: TestClient, provider: str, subject: str, **claims: Any) -> str:
    """Sign in at the provider, and return where it redirects the browser."""
    httpx.put(f"{provider}/users/{subject}", json=claims).raise_for_status()
    asked = client.get("/auth/oidc/login")
    assert asked.status_code == 303
    query = parse_qs(urlsplit(asked.headers["location"]).query)
    assert query["code_challenge_method"] == ["S256"] and query["nonce"] and query["state"]
    answer = httpx.post(asked.headers["location"], data={"sub": subject})
    return answer.headers["location"].removeprefix("http://testserver")


def test_a_subject_that_a_coordinator_entered_comes_in(client: TestClient, provider: str) -> None:
    answer = client.get(come_back(client, provider, "ben-at-provider"))
    assert answer.status_code == 303, answer.text
    assert client.get("/api/v1/me").json()["login"] == "ben"


def test_a_verified_address_is_tied_to_its_subject_once(client: TestClient, provider: str) -> None:
    told = {"email": "anna@example.org", "email_verified": True}
    assert client.get(come_back(client, provider, "first", **told)).status_code == 303
    assert client.get("/api/v1/me").json()["subject"] == "first"
    assert client.get(come_back(client, provider, "second", **told)).status_code == 403


def test_who_signs_in_elsewhere_needs_the_invitation_no_longer(
    client: TestClient, service: Service, provider: str
) -> None:
    with service.store.writing() as c:
        found = credentials(c, "anna@example.org")
        assert found
        invite(c, found[0], "the code", "u")
    told = {"email": "anna@example.org", "email_verified": True}
    assert client.get(come_back(client, provider, "anna-at-provider", **told)).status_code == 303
    with service.store.reading() as c:
        assert invitation_by_code(c, "the code") is None


@pytest.mark.parametrize("told", [{}, {"email": "anna@example.org", "email_verified": False}])
def test_others_are_refused(client: TestClient, provider: str, told: dict[str, Any]) -> None:
    answer = client.get(come_back(client, provider, "somebody", **told))
    assert answer.status_code == 403 and "ask your coordinator" in answer.text
    assert client.get("/api/v1/me").status_code == 401


def test_an_answer_to_another_question_is_refused(client: TestClient, provider: str) -> None:
    path = come_back(client, provider, "ben-at-provider")
    client.get("/auth/oidc/login")  # the cookie now belongs to another sign-in
    assert client.get(path).status_code == 403
    assert client.get("/auth/oidc/callback?code=x&state=").status_code == 403


def test_a_nonce_or_code_of_somebody_else_is_refused(client: TestClient, provider: str) -> None:
    path = come_back(client, provider, "ben-at-provider")
    state, _, verifier = client.cookies["buddyplan_oidc"].split(".")
    client.cookies.delete("buddyplan_oidc")
    client.cookies.set("buddyplan_oidc", f"{state}.other.{verifier}")
    assert client.get(path).status_code == 403


def test_a_provider_that_does_not_answer_is_told(service: Service) -> None:
    away = service.settings.model_copy(update={"oidc_issuer": "http://localhost:9"})
    with TestClient(create_app(replace(service, settings=away)), follow_redirects=False) as client:
        assert client.get("/auth/oidc/login").status_code == 503


def test_without_settings_there_is_no_such_path(on_sqlite: World) -> None:
    assert on_sqlite.client.get("/auth/oidc/login").status_code == 404
