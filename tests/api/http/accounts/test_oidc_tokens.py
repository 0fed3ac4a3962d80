"""Trust 15, sign-in elsewhere: what a provider may say, how its clock may differ, and what it gets wrong."""

import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from fastapi.testclient import TestClient
from joserfc import jwt
from joserfc.jwk import RSAKey

from api.http.accounts import oidc
from api.http.app import create_app
from api.service.settings import Settings
from api.service.wiring import wired
from data.store.people.users import NewUser, Role, add_user

KEY = RSAKey.generate_key(2048, {"kid": "k"}, auto_kid=False)
HERE = "https://provider.example"
ENDPOINTS = {name: f"{HERE}/{name}" for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")}
WHOLE = {"issuer": HERE, **ENDPOINTS, "userinfo_endpoint": f"{HERE}/userinfo"}
ADDRESS = {"email": "anna@straße.example", "email_verified": True}


class Provider:
    """What a provider answers, as the test says."""

    def __init__(self) -> None:
        self.claims: dict[str, Any] = {}
        self.answers: dict[str, Any] = {
            f"{HERE}/.well-known/openid-configuration": WHOLE,
            f"{HERE}/jwks_uri": {"keys": [KEY.as_dict(private=False)]},
            f"{HERE}/userinfo": {"sub": "s"},
        }

    def get(self, url: str, **asked: object) -> Any:
        return SimpleNamespace(raise_for_status=lambda: SimpleNamespace(json=lambda: self.answers[url]))

    def fetch_token(self, *asked: object, **more: object) -> dict[str, str]:
        return {"id_token": jwt.encode({"alg": "RS256", "kid": "k"}, self.claims, KEY), "access_token": "a"}


@pytest.fixture
def provider(monkeypatch: pytest.MonkeyPatch) -> Provider:
    made = Provider()
    monkeypatch.setattr("httpx.get", made.get)
    monkeypatch.setattr(
        "authlib.integrations.httpx_client.OAuth2Client.fetch_token",
        lambda self, *asked, **more: made.fetch_token(),
    )
    return made


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    given: dict[str, Any] = {"oidc_issuer": HERE, "oidc_client_id": "us", "oidc_client_secret": "s"}
    service = wired(Settings(data_dir=tmp_path, plain_http=True, **given))
    with service.store.writing() as c:
        add_user(c, NewUser("anna@straße.example", Role.COORDINATOR), "")
    with TestClient(create_app(service), follow_redirects=False, raise_server_exceptions=False) as opened:
        yield opened
    service.close()


def come_back(client: TestClient, provider: Provider, **claims: Any) -> int:
    """Come back from the provider with a token of these claims, and return the status."""
    begun = client.get("/auth/oidc/login")
    if begun.status_code != 303:
        return begun.status_code
    state, nonce, _ = client.cookies[oidc.COOKIE].strip('"').split(".")
    now = int(time.time())
    provider.claims = {
        "iss": HERE,
        "aud": "us",
        "sub": "s",
        "exp": now + 60,
        "iat": now,
        "nonce": nonce,
    } | claims
    return client.get(f"/auth/oidc/callback?code=c&state={state}").status_code


@pytest.mark.parametrize(
    ("ago", "status"), [(-50, 303), (-70, 403)], ids=["within a minute", "more than a minute"]
)
def test_clocks_may_differ_by_a_minute(client: TestClient, provider: Provider, ago: int, status: int) -> None:
    now = int(time.time())
    assert come_back(client, provider, exp=now + ago, **ADDRESS) == status
    assert come_back(client, provider, iat=now - ago, nbf=now - ago, **ADDRESS) == status


def test_addresses_are_compared_as_they_are_written(client: TestClient, provider: Provider) -> None:
    assert come_back(client, provider, **ADDRESS | {"email": "anna@strasse.example"}) == 403
    assert come_back(client, provider, **ADDRESS | {"email": "Anna@Straße.example"}) == 303


@pytest.mark.parametrize(
    ("told", "status"),
    [
        ({"sub": "s", "email_verified": True}, 403),
        ({"sub": "s", **ADDRESS}, 303),
        ({"sub": "another", **ADDRESS}, 403),
        ({"sub": "s", **ADDRESS, "email": "other@straße.example"}, 403),
    ],
)
def test_an_address_may_be_verified_by_userinfo_alone(
    client: TestClient, provider: Provider, told: dict[str, Any], status: int
) -> None:
    provider.answers[f"{HERE}/userinfo"] = told
    assert come_back(client, provider, email=ADDRESS["email"]) == status


@pytest.mark.parametrize(
    ("claims", "status"),
    [
        ({"azp": "us"}, 303),
        ({"azp": "others"}, 403),
        ({"aud": ["us", "others"]}, 403),
        ({"aud": ["us", "others"], "azp": "us"}, 303),
        ({"aud": ["us"]}, 303),
    ],
)
def test_a_token_is_for_us(
    client: TestClient, provider: Provider, claims: dict[str, Any], status: int
) -> None:
    assert come_back(client, provider, **ADDRESS, **claims) == status


@pytest.mark.parametrize("answer", [[], "x", None, {}, {"keys": 3}, {"keys": [{"kty": "none"}]}])
@pytest.mark.parametrize("path", [".well-known/openid-configuration", "jwks_uri", "userinfo"])
def test_a_faulty_provider_is_no_fault_of_ours(
    client: TestClient, provider: Provider, path: str, answer: object
) -> None:
    provider.answers[f"{HERE}/{path}"] = answer
    assert come_back(client, provider) in (403, 503)


@pytest.mark.parametrize("name", [*ENDPOINTS])
def test_a_provider_that_names_no_endpoint_is_refused(
    client: TestClient, provider: Provider, name: str
) -> None:
    held = {key: value for key, value in WHOLE.items() if key != name}
    provider.answers[f"{HERE}/.well-known/openid-configuration"] = held
    assert come_back(client, provider, **ADDRESS) == 503
