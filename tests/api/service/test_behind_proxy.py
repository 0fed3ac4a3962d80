"""Behind nginx with TLS, as docs/operation says: what depends on the client's address and scheme is right."""

import os
import re
import shutil
import ssl
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx2
import oidc_provider_mock
import pytest
from websockets.sync.client import connect

from data.store.people.sign_ins import OF_ADDRESS
from tests.api.jobs.small_service import free_port
from tests.api.service import composed
from tests.api.service.test_serve import serving
from tests.folders import ROOT

PASSWORD = "correct horse battery"
TOKEN = "for the monitor"


@dataclass
class Front:
    """The address by which people reach the service, and what their browsers trust."""

    url: str
    trust: ssl.SSLContext
    code: str

    def client(self, own_address: str = "127.0.0.1", **headers: str) -> httpx2.Client:
        transport = httpx2.HTTPTransport(verify=self.trust, local_address=own_address)
        return httpx2.Client(base_url=self.url, transport=transport, headers=headers, timeout=60)

    def signed_in(self, login: str) -> httpx2.Client:
        client = self.client(Origin=self.url)
        answer = client.post("/api/v1/session", json={"login": login, "password": PASSWORD})
        assert answer.status_code == 201, answer.text
        return client


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    with oidc_provider_mock.run_server_in_thread() as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture(scope="module")
def front(postgres_server: str, provider: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    if not composed.NGINX.exists():
        pytest.fail("needs nginx") if os.environ.get("CI") else pytest.skip(
            "needs nginx: sudo apt install nginx"
        )
    folder, inner, outer = tmp_path_factory.mktemp("composed"), free_port(), free_port()
    settings = {
        "BUDDYPLAN_OIDC_ISSUER": provider,
        "BUDDYPLAN_OIDC_CLIENT_ID": "us",
        "BUDDYPLAN_OIDC_CLIENT_SECRET": "s",
        "BUDDYPLAN_METRICS_TOKEN": TOKEN,
    }
    told = composed.environment(composed.database(postgres_server), folder, inner, settings)
    with (
        composed.serving(told, folder / "log", inner),
        composed.nginx(folder / "nginx", outer, inner) as trusted,
    ):
        code = (folder / "data" / "setup-code").read_text(encoding="utf-8").strip()
        made = Front(f"https://localhost:{outer}", ssl.create_default_context(cafile=trusted), code)
        enter_people(made)
        yield made


def enter_people(front: Front) -> None:
    """An office, a buddy, and a coordinator who signs in by the provider."""
    first = {"code": front.code, "login": "office", "password": PASSWORD}
    assert front.client(Origin=front.url).post("/api/v1/setup", json=first).status_code == 201
    office = front.signed_in("office")
    for asked in (
        {"login": "anna", "role": "buddy", "programme": "test", "buddy": "anna", "password": PASSWORD},
        {"login": "ben", "role": "coordinator", "subject": "ben-at-provider"},
    ):
        assert office.post("/api/v1/users", json=asked).status_code == 201


def test_the_unit_of_systemd_is_one(tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("needs systemd-analyze")
    unit = (composed.OPERATION / "buddyplan.service").read_text(encoding="utf-8")
    assert "Environment=BUDDYPLAN_TRUSTED_PROXIES=127.0.0.1" in unit.splitlines()
    here = tmp_path / "buddyplan.service"
    here.write_text(unit.replace("/opt/buddyplan", str(ROOT)), encoding="utf-8")
    said = subprocess.run(["systemd-analyze", "verify", here], capture_output=True, text=True, check=False)
    assert (said.returncode, said.stderr) == (0, "")


def test_cookies_are_bound_to_this_host_and_to_tls(front: Front) -> None:
    client = front.signed_in("office")
    assert client.cookies.keys() and all(name.startswith("__Host-buddyplan_") for name in client.cookies)
    assert client.get("/api/v1/me").json()["login"] == "office"
    assert client.get("/healthz").headers["Strict-Transport-Security"].startswith("max-age=31536000")


def test_writes_of_other_origins_are_refused(front: Front) -> None:
    client = front.signed_in("office")
    for origin in (front.url.replace("https", "http"), "https://localhost", "https://elsewhere.example"):
        refused = client.post("/api/v1/tokens", json={}, headers={"Origin": origin})
        assert refused.status_code == 403, origin
    made = client.post("/api/v1/tokens", json={})
    assert made.status_code == 201 and made.headers["Location"] == "/api/v1/tokens"


def test_the_provider_is_told_an_address_with_tls(front: Front) -> None:
    client = front.client()
    to_provider = client.get("/auth/oidc/login").headers["Location"]
    (back,) = parse_qs(urlsplit(to_provider).query)["redirect_uri"]
    assert back == f"{front.url}/auth/oidc/callback"
    answer = httpx2.post(to_provider, data={"sub": "ben-at-provider"})
    assert answer.headers["Location"].startswith(back)
    assert client.get(answer.headers["Location"]).status_code == 303
    assert client.get("/api/v1/me").json()["login"] == "ben"


def test_the_link_of_a_feed_has_tls_and_the_name_that_people_use(front: Front) -> None:
    client = front.signed_in("anna")
    form = dict(re.findall(r'name="(form_token)" value="(\w+)"', client.get("/account").text))
    page = client.post("/account/calendar", data=form).text
    (link,) = re.findall(r'readonly value="([^"]+/feeds/[^"]+)"', page)
    assert link.startswith(f"{front.url}/api/v1/feeds/")
    assert f'href="{link.replace("https:", "webcal:")}"' in page


def test_figures_need_the_token(front: Front) -> None:
    assert front.client().get("/metrics").status_code == 403
    assert front.client(Authorization=f"Bearer {TOKEN}").get("/metrics").status_code == 200


def guess(client: httpx2.Client, number: int) -> int:
    """Guess at a login from an address of its own, as the client says."""
    made_up = {"X-Forwarded-For": f"198.51.100.{number}", "Forwarded": f"for=198.51.100.{number}"}
    wrong = {"login": f"nobody{number}", "password": "wrong donkey accumulator"}
    return client.post("/api/v1/session", json=wrong, headers=made_up).status_code


def test_without_a_trusted_proxy_this_machine_is_not_believed_either(tmp_path: Path) -> None:
    with serving(tmp_path / "data", "") as running:
        stranger = running.client()
        assert [guess(stranger, number) for number in range(OF_ADDRESS + 1)] == [401] * OF_ADDRESS + [429]


def test_the_address_is_the_clients_own_whatever_it_says(front: Front) -> None:
    stranger = front.client("127.0.0.2", Origin=front.url)
    assert [guess(stranger, number) for number in range(OF_ADDRESS + 1)] == [401] * OF_ADDRESS + [429]
    assert guess(front.client("127.0.0.3", Origin=front.url), 0) == 401
    assert front.signed_in("office").get("/api/v1/me").status_code == 200


def test_the_desk_s_live_connection_passes_the_proxy(front: Front) -> None:
    client = front.signed_in("office")
    page = client.get("/desk/overview").text
    (key,) = re.findall(r"client_id&#34;: ?&#34;([\w-]+)|[\"']client_id[\"']: ?[\"']([\w-]+)", page)[:1]
    cookies = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
    path = f"/desk/_nicegui_ws/socket.io/?EIO=4&transport=websocket&client_id={key[0] or key[1]}"
    with connect(
        front.url.replace("https", "wss") + path,
        ssl=front.trust,
        origin=front.url,
        additional_headers={"Cookie": cookies},
    ) as socket:
        assert str(socket.recv(10)).startswith("0{")
