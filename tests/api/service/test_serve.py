"""The running service, used only over HTTP: from an empty data folder to a week on a buddy's phone.

By day it has a part of the sample, at night all of it.
"""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import httpx2
import pytest
from icalendar import Calendar
from pypdf import PdfReader

from tests.api.jobs.small_service import eventually, free_port
from tests.part_of_sample import counted, sample_of_this_run

WEEK = "2026-W48"
ERASED = "Xaveria Einzigname"
PASSWORD = "correct horse battery"
LONGEST_JOB_S = 300


@dataclass
class Running:
    """The address of a running service, and the code for its first user."""

    url: str
    code: str

    def signed_in(self, login: str) -> httpx2.Client:
        client = self.client()
        given = {"login": login, "password": PASSWORD}
        assert client.post("/api/v1/session", json=given).status_code == 201
        return client

    def client(self) -> httpx2.Client:
        return httpx2.Client(base_url=self.url, timeout=60, headers={"X-Requested-With": "test"})


@contextmanager
def serving(folder: Path, empty_database_url: str) -> Iterator[Running]:
    """Run `buddyplan serve` on an empty folder, and stop it, as a person would."""
    port = free_port()
    command = [
        Path(sys.executable).with_name("buddyplan"),
        "serve",
        "--port",
        str(port),
        "--data-dir",
        folder,
    ]
    environment = {**os.environ, "BUDDYPLAN_PLAIN_HTTP": "1", "BUDDYPLAN_WORKERS": "2"}
    if empty_database_url.startswith("postgresql"):
        environment["BUDDYPLAN_DATABASE_URL"] = empty_database_url
    with (folder.parent / "log").open("wb") as log:
        process = subprocess.Popen(command, env=environment, stderr=log)
    told = folder.parent / "log"
    try:
        url = f"http://127.0.0.1:{port}"
        eventually(lambda: _ready(url), 60)
        code = re.search(r"The code for the first one: (\S+)", told.read_text(encoding="utf-8"))
        assert code
        yield Running(url, code[1])
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0
    finally:
        process.kill()


def _ready(url: str) -> bool:
    try:
        return bool(httpx2.get(f"{url}/readyz").status_code == 200)
    except httpx2.HTTPError:
        return False


def result_of(client: httpx2.Client, accepted: httpx2.Response) -> str:
    """Follow a job by its events until it is done, and return the id of its result."""
    assert accepted.status_code == 202, accepted.text
    job = accepted.headers["Location"]
    with client.stream("GET", f"{job}/events", timeout=LONGEST_JOB_S) as events:
        heard = [line for line in events.iter_lines() if line.startswith("data:")]
    ended: dict[str, Any] = client.get(job).json()
    assert ended["state"] == "done", ended
    assert len(heard) > 1
    return str(ended["result"])


def test_an_office_goes_from_an_empty_folder_to_a_published_week(
    empty_database_url: str, tmp_path: Path
) -> None:
    with serving(tmp_path / "data", empty_database_url) as running:
        first = {"code": running.code, "login": "office", "password": PASSWORD}
        assert running.client().post("/api/v1/setup", json=first).status_code == 201
        assert running.client().post("/api/v1/setup", json=first).status_code == 404
        office = running.signed_in("office")

        folder = sample_of_this_run(tmp_path / "sample")
        files = [("files", (path.name, renamed(path))) for path in sorted(folder.iterdir())]
        imported = office.post("/api/v1/imports", files=files, data={"week": WEEK})
        assert imported.status_code == 201, imported.text
        buddies, companies = counted(folder)
        assert (imported.json()["buddies"], imported.json()["companies"]) == (buddies, companies)

        whole = {"explain": 0, "first_week": WEEK}
        matching = result_of(office, office.post("/api/v1/matchings", json=whole))
        pairs = office.get(f"/api/v1/matchings/{matching}").json()["matching"]["pairs"]
        assert len(pairs) > companies * 8 / 10
        plan = result_of(office, office.post("/api/v1/plans", json={"first_week": WEEK}))
        affected = office.get(f"/api/v1/plans/{plan}/affected")
        weeks = {own["buddy"]: own["weeks"] for own in office.get(f"/api/v1/plans/{plan}").json()["buddies"]}
        on_the_road = sorted(buddy for buddy, (week,) in weeks.items() if any(week["days"]))
        assert affected.json()["buddies"] == on_the_road and len(on_the_road) > buddies * 7 / 10
        # Publishing needs exactly the version that was shown.
        assert office.post(f"/api/v1/plans/{plan}/publish").status_code == 428
        publish = office.post(f"/api/v1/plans/{plan}/publish", headers={"If-Match": affected.headers["ETag"]})
        assert publish.status_code == 200, publish.text

        asked = {"login": "b08", "role": "buddy", "buddy": "b08", "password": PASSWORD}
        asked["programme"] = imported.json()["programme"]
        assert office.post("/api/v1/users", json=asked).status_code == 201
        expect_own_week(running.signed_in("b08"), office)
        expect_nobody_after_erasure(office, asked["programme"], WEEK, tmp_path, empty_database_url)


def renamed(path: Path) -> bytes:
    """A file of the sample in which b08 has a unique name: it is erased in the end."""
    return path.read_bytes().replace(b"b08,Greta Schilfrohr", f"b08,{ERASED}".encode())


def expect_own_week(buddy: httpx2.Client, office: httpx2.Client) -> None:
    """The buddy gets the same week as JSON, calendar and PDF, and nobody else's."""
    own = f"/api/v1/me/weeks/{WEEK}"
    week = buddy.get(own)
    stops = [stop for day in week.json()["days"] for stop in day["stops"]]
    assert stops and all(stop["name"] for stop in stops)
    assert buddy.get(own, headers={"If-None-Match": week.headers["ETag"]}).status_code == 304
    calendar = Calendar.from_ical(buddy.get(f"{own}.ics").content)
    assert len([e for e in calendar.events if not str(e["uid"]).startswith("break-")]) == len(stops)
    assert buddy.get(f"{own}.pdf").content.startswith(b"%PDF")
    feed = buddy.post("/api/v1/tokens", json={"kind": "feed"}).json()["feed"]
    assert httpx2.get(str(buddy.base_url.join(feed))).status_code == 200
    assert buddy.get(f"/api/v1/buddies/b09/weeks/{WEEK}").status_code == 404
    assert buddy.get("/api/v1/companies").status_code == 403
    assert office.get(f"/api/v1/buddies/b08/weeks/{WEEK}").status_code == 200


def expect_nobody_after_erasure(
    office: httpx2.Client, programme: str, week: str, folder: Path, empty_database_url: str
) -> None:
    """After the erase command, the name is in no file of the service, no log, and no new file."""
    files = [f"/api/v1/buddies/b08/weeks/{week}.{kind}" for kind in ("ics", "pdf", "gpx")]
    assert ERASED.encode() in office.get(files[0]).content
    command = [Path(sys.executable).with_name("buddyplan"), "person", "erase", "b08"]
    told = {**os.environ, "BUDDYPLAN_DATA_DIR": str(folder / "data")}
    if empty_database_url.startswith("postgresql"):
        told["BUDDYPLAN_DATABASE_URL"] = empty_database_url
    said = subprocess.run(command, env=told, capture_output=True, check=True)
    again = [office.get(file) for file in (*files, f"/api/v1/buddies/b08/weeks/{week}", "/api/v1/buddies")]
    assert {each.status_code for each in again} == {200}
    made = [each.content for each in again if not each.content.startswith(b"%PDF")]
    made += [extracted(each.content) for each in again if each.content.startswith(b"%PDF")]
    kept = [path.read_bytes() for path in folder.rglob("*") if path.is_file()]
    held = (*made, *kept, said.stdout, said.stderr)
    around = re.compile(b".{0,90}" + ERASED.encode() + b".{0,90}", re.DOTALL)
    assert [found for place in held for found in around.findall(place)] == []


def extracted(paper: bytes) -> bytes:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(paper)).pages).encode()


@pytest.mark.parametrize("empty_database_url", ["sqlite"], indirect=True)
def test_a_workbook_that_is_none_changes_nothing(empty_database_url: str, tmp_path: Path) -> None:
    with serving(tmp_path / "data", empty_database_url) as running:
        first = {"code": running.code, "login": "office", "password": PASSWORD}
        running.client().post("/api/v1/setup", json=first)
        office = running.signed_in("office")
        large = [("files", ("companies.csv", b"id,name\n" + b"x" * 50_000_000))]
        for files, status in ((large, 413), ([("files", ("plan.xlsx", b"MZ no workbook"))], 415)):
            refused = office.post("/api/v1/imports", files=files, data={"week": WEEK})
            assert refused.status_code == status, refused.text
            assert refused.headers["Content-Type"] == "application/problem+json"
        assert office.get("/api/v1/programmes").json() == []
