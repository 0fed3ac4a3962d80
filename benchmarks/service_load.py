"""How fast the service answers 50 buddies who poll their week and their calendar while a match runs.

    python benchmarks/service_load.py [--buddies 50] [--companies 1000] [--rate 200] [--seconds 60]
        [--database-url postgresql://…] [--floods]

It starts `buddyplan serve` on an empty data folder and uses only HTTP: an invented programme is imported,
matched, planned and published, every buddy signs in and creates a key and a feed. Then a match job begins,
and locust asks for `/api/v1/me/weeks/{week}` and `/api/v1/feeds/{token}.ics` in turn. With `--floods` a
planner asks for studies meanwhile and a buddy for slots, both without end. Exit status 1: an answer was an
error, more than one in a hundred took longer than 50 ms (100 ms in floods), no match was running, or one
waited for more than five seconds.
"""

import argparse
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import gevent
from locust import FastHttpUser, task  # patches sockets, so it comes before requests
from locust.env import Environment

import requests  # isort: skip

from api.service.sources import default_sources
from benchmarks.service_floods import Floods
from data.invented.generate import generate, write_programme

WEEK = "2026-W48"
MOST_P99_MS, MOST_P99_IN_FLOODS_MS, MOST_WAIT_S = 50, 100, 5.0
PASSWORD = secrets.token_urlsafe(16)
TAKEN = (".csv", ".toml")
WARM_S = 5
"""Warm-up, not counted: caches are filled, and the solver loads its engines."""


@dataclass(frozen=True)
class Answers:
    """The results for one kind of request; times in milliseconds."""

    name: str
    requests: int
    errors: int
    p50_ms: float
    p99_ms: float
    longest_ms: float
    per_second: float


@contextmanager
def serving(folder: Path, database_url: str) -> Iterator[str]:
    """Run the service on an empty folder, or an empty database, and a free port; yield its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        Path(sys.executable).with_name("buddyplan"), "serve", "--port", str(port), "--data-dir", folder
    ]  # fmt: skip
    with (folder.parent / "service.log").open("wb") as log:
        service = subprocess.Popen(
            command,
            stdout=log,
            stderr=log,
            env={
                **os.environ,
                "BUDDYPLAN_PLAIN_HTTP": "true",
                "BUDDYPLAN_WORKERS": "1",
                "BUDDYPLAN_DATABASE_URL": database_url,
            },
        )
        try:
            base = f"http://127.0.0.1:{port}"
            _wait_until_ready(base, service)
            yield base
        finally:
            service.send_signal(signal.SIGTERM)
            service.wait(60)


def _wait_until_ready(base: str, service: "subprocess.Popen[bytes]") -> None:
    for _ in range(600):
        if service.poll() is not None:
            raise SystemExit(f"the service ended with {service.returncode}; see service.log")
        try:
            if requests.get(f"{base}/readyz", timeout=5).ok:
                return
        except requests.ConnectionError:
            pass
        time.sleep(0.2)
    raise SystemExit("the service is not ready after two minutes")


class Office:
    """The coordinator, over HTTP only."""

    def __init__(self, base: str) -> None:
        self._base, self._http = f"{base}/api/v1", requests.Session()

    def ask(self, method: str, path: str, **given: Any) -> requests.Response:
        """Send a request, each with its own idempotency key; ends the benchmark on an error."""
        headers = {"Idempotency-Key": secrets.token_hex(16)} | given.pop("headers", {})
        answer = self._http.request(method, self._base + path, headers=headers, timeout=300, **given)
        if not answer.ok:
            raise SystemExit(f"{method} {path}: {answer.status_code} {answer.text}")
        return answer

    def sign_in(self, login: str) -> None:
        """Begin a session, create an API key in it, and use that from then on."""
        proof = {"X-Requested-With": "service_load"}
        self.ask("POST", "/session", json={"login": login, "password": PASSWORD}, headers=proof)
        key = self.ask("POST", "/tokens", json={"kind": "api", "scope": "write"}, headers=proof).json()[
            "secret"
        ]
        self._http.cookies.clear()
        self._http.headers["Authorization"] = f"Bearer {key}"

    def key(self) -> str:
        """Return the header with the API key."""
        return str(self._http.headers["Authorization"])

    def job(self, path: str, body: dict[str, Any], programme: str) -> str:
        """Submit a job and return its id."""
        answer = self.ask("POST", path, json=body, params={"programme": programme})
        return answer.headers["Location"].rpartition("/")[2]

    def state(self, job: str) -> dict[str, Any]:
        """Return the state of a job."""
        told: dict[str, Any] = self.ask("GET", f"/jobs/{job}").json()
        return told

    def result(self, job: str) -> str:
        """Wait for a job and return the id of its result."""
        while (told := self.state(job))["state"] in ("queued", "running"):
            time.sleep(0.5)
        if told["state"] != "done":
            raise SystemExit(f"{told['kind']}: {told['state']} {told['error']}")
        return str(told["result"])


def prepared(
    base: str, folder: Path, buddies: int, companies: int
) -> tuple[Office, str, list[tuple[str, str]]]:
    """Publish a week of an invented programme; return office, programme, and each buddy's key and feed."""
    office = Office(base)
    code = (folder / "setup-code").read_text().strip()
    office.ask("POST", "/setup", json={"code": code, "login": "office", "password": PASSWORD})
    office.sign_in("office")
    with TemporaryDirectory() as name:
        write_programme(Path(name), generate(buddies, companies, 1, WEEK, default_sources()))
        files = [
            ("files", (file.name, file.read_bytes())) for file in Path(name).iterdir() if file.suffix in TAKEN
        ]
    programme = office.ask("POST", "/imports", files=files, data={"week": WEEK}).json()["programme"]
    office.result(office.job("/matchings", {}, programme))
    plan = office.result(office.job("/plans", {"first_week": WEEK, "weeks": 1}, programme))
    tag = office.ask("GET", f"/plans/{plan}/affected").headers["ETag"]
    office.ask("POST", f"/plans/{plan}/publish", headers={"If-Match": tag})
    who = [own["buddy"] for own in office.ask("GET", f"/plans/{plan}").json()["buddies"]]
    return office, programme, [_buddy(base, office, programme, buddy) for buddy in who]


def _buddy(base: str, office: Office, programme: str, buddy: str) -> tuple[str, str]:
    """Enter a buddy, who signs in and creates a key and a feed."""
    user = {"login": buddy, "role": "buddy", "programme": programme, "buddy": buddy, "password": PASSWORD}
    office.ask("POST", "/users", json=user)
    own = Office(base)
    own.sign_in(buddy)
    return own.key(), own.ask("POST", "/tokens", json={"kind": "feed"}).json()["feed"]


class Matches:
    """Keeps a match with refinement running, starting the next when one is done; polls every second."""

    def __init__(self, office: Office, programme: str, seconds: int) -> None:
        self.count = self.busy = self.looked = 0
        self.longest_wait_s = 0.0
        self._ask = lambda: office.job("/matchings", {"refine_seconds": seconds + self.count}, programme)
        self._state = lambda job: office.state(job)["state"]
        self.watch = gevent.spawn(self._keep_on, self._begin())

    def _begin(self) -> str:
        """Ask for a match, and wait until it runs."""
        self.count += 1
        begun, job = time.perf_counter(), self._ask()
        while self._state(job) == "queued":
            gevent.sleep(0.2)
        self.longest_wait_s = max(self.longest_wait_s, time.perf_counter() - begun)
        return job

    def _keep_on(self, job: str) -> None:
        while True:
            gevent.sleep(1)
            state = self._state(job)
            self.looked += 1
            self.busy += state == "running"
            if state not in ("queued", "running"):
                job = self._begin()


def flooded(base: str, office: Office, programme: str, buddy: str) -> Floods:
    """Enter a planner who wants studies, and let this buddy (a header with the key) want slots."""
    user = {"login": "planner", "role": "planner", "programme": programme, "password": PASSWORD}
    office.ask("POST", "/users", json=user)
    planner = Office(base)
    planner.sign_in("planner")
    own = requests.get(f"{base}/api/v1/me/weeks/{WEEK}", headers={"Authorization": buddy}, timeout=60).json()
    at = next(stop["place"] for day in own["days"] for stop in day["stops"] if stop["promise"])
    return Floods(base, planner, programme, buddy, at, WEEK)


def load(base: str, buddies: list[tuple[str, str]], rate: int, seconds: int) -> list[Answers]:
    """Let every buddy poll week and feed in turn, `rate` requests a second in all.

    In every period each buddy polls once, at a new random moment. Users who wait for a fixed time after the
    last answer would fall into step with the first slow one and stay so, unlike the phones of 50 people.
    """
    waiting = iter(enumerate(buddies))
    period = 2 * len(buddies) / rate
    begin = time.perf_counter()

    class Buddy(FastHttpUser):  # type: ignore[misc]
        """One buddy's phone and calendar."""

        host = base

        def on_start(self) -> None:
            number, (self.key, self.feed) = next(waiting)
            self.moments, self.periods = Random(number), 0

        def wait_time(self) -> float:
            """Return the time until the moment drawn in the next period; 0 if the last answer took longer."""
            self.periods += 1
            due = begin + period * (self.periods + self.moments.random())
            return max(0.0, due - time.perf_counter())

        @task
        def poll(self) -> None:
            self.client.get(f"/api/v1/me/weeks/{WEEK}", headers={"Authorization": self.key}, name="week")
            self.client.get(self.feed, name="feed")

    environment = Environment(user_classes=[Buddy])
    runner = environment.create_local_runner()
    runner.start(len(buddies), spawn_rate=len(buddies))
    gevent.sleep(WARM_S)
    stats = environment.stats
    longest = stats.total.max_response_time
    print(f"while answers were made for the first time, {WARM_S} s: longest {longest:.0f} ms")
    stats.reset_all()
    gevent.sleep(seconds)
    runner.quit()
    return [_answers(name, stats.get(name, "GET"), seconds) for name in ("week", "feed")] + [
        _answers("all", stats.total, seconds)
    ]


def _answers(name: str, counted: Any, seconds: int) -> Answers:
    return Answers(
        name=name,
        requests=counted.num_requests,
        errors=counted.num_failures,
        p50_ms=counted.get_response_time_percentile(0.5),
        p99_ms=counted.get_response_time_percentile(0.99),
        longest_ms=round(counted.max_response_time, 1),
        per_second=round(counted.num_requests / seconds, 1),
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--buddies", type=int, default=50)
    parser.add_argument("--companies", type=int, default=1000)
    parser.add_argument("--rate", type=int, default=200)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--database-url", default="", help="an empty PostgreSQL database instead of SQLite")
    parser.add_argument("--floods", action="store_true")
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    with TemporaryDirectory(prefix="buddyplan-load-") as name:
        folder = Path(name) / "data"
        folder.mkdir()
        with serving(folder, asked.database_url) as base:
            office, programme, buddies = prepared(base, folder, asked.buddies, asked.companies)
            floods = flooded(base, office, programme, buddies[0][0]) if asked.floods else None
            matches = Matches(office, programme, asked.seconds)
            answers = load(base, buddies, asked.rate, asked.seconds)
            matches.watch.kill()
            if floods:
                floods.stop()
                print("floods: studies", dict(floods.studies), "slots", dict(floods.slots))
    for each in answers:
        print(
            f"{each.name:<5} {each.requests:>6} answers, {each.per_second:>6.1f}/s, {each.errors} errors, "
            f"p50 {each.p50_ms:.0f} ms, p99 {each.p99_ms:.0f} ms, longest {each.longest_ms:.0f} ms"
        )
    print(
        f"a match was running in {matches.busy} of {matches.looked} looks, {matches.count} in all", end=", "
    )
    print(f"which waited for {matches.longest_wait_s:.1f} s at most")
    if asked.json:
        asked.json.write_text(json.dumps([asdict(each) for each in answers], indent=1) + "\n")
    whole = answers[-1]
    idle = matches.looked - matches.busy > matches.count + 1
    most_ms = MOST_P99_IN_FLOODS_MS if asked.floods else MOST_P99_MS
    return int(whole.errors > 0 or whole.p99_ms > most_ms or idle or matches.longest_wait_s > MOST_WAIT_S)


if __name__ == "__main__":
    sys.exit(main())
