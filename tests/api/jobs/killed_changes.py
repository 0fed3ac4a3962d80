"""Kill the web process amid an import, an undo and an adoption: each is there whole, or not at all.

python -m tests.api.jobs.killed_changes --buddies 1000 --companies 20000     20 kills of each act, on SQLite
"""

import argparse
import csv
import hashlib
import io
import os
import random
import signal
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx2
from sqlalchemy import select

from api.service.sources import default_sources
from api.service.wiring import Service
from data.base.dates import iso_week, minute_of
from data.invented.generate import generate, write_programme
from data.results.reason import Reason, ReasonCode
from data.results.solution import Matching, Unassigned
from data.store.people.tokens import Scope, TokenKind, keep_token
from data.store.people.users import NewUser, Role, add_user
from data.store.tables import schema as s
from data.store.tables.utc import now
from data.store.work.matchings import keep_matching
from data.store.work.problems import problem_of
from matching.solve import match
from tests.api.jobs.small_service import answers, children, eventually, free_port, service, serving

API, PATIENCE_S = "/api/v1", 600
WEEK = iso_week(minute_of(now())[0])
WRITTEN = (
    s.register_row,
    s.change_set,
    s.register_change,
    s.register_text_change,
    s.programme_import,
    s.identity,
)
"""What an import, an undo and an adoption write, besides the mark of the adopted matching."""
Act = Callable[[str], httpx2.Response]


@dataclass
class KilledChanges:
    """Kills by act, how many of them came before the answer, and the faults found."""

    kills: dict[str, int] = field(default_factory=dict)
    amid: dict[str, int] = field(default_factory=dict)
    rows: int = 0
    wrong: list[str] = field(default_factory=list)


def killed_changes(
    url: str, folder: Path, kills: int, seed: int, buddies: int = 2, companies: int = 40
) -> KilledChanges:
    """Import, undo and adopt in turn, kill the web process in the middle, and send the request again."""
    draws, told = random.Random(seed), KilledChanges()
    opened = service(url, folder, port=free_port(), jobs=1)
    with serving(opened.settings, folder / "log") as supervisor:
        office = Office(opened, folder / "files", buddies, companies)
        told.rows = office.rows
        lasts = dict.fromkeys(office.acts, 0.0)
        for name, act in office.acts.items():  # once without a kill, to know how long each takes
            began = time.monotonic()
            assert act(f"{name} first").is_success
            lasts[name] = time.monotonic() - began
        for number in range(kills):
            for name, act in office.acts.items():
                _killed(told, name, number, act, office, supervisor.pid, draws.uniform(0, lasts[name]))
    opened.close()
    return told


def _killed(
    told: KilledChanges, name: str, number: int, act: Act, office: "Office", supervisor: int, after_s: float
) -> None:
    """Kill one request after a time; what is stored is as before or as it is when it was answered."""
    before, answered = office.stored(), []
    key = f"{name} {number}"
    asking = threading.Thread(target=lambda: answered.append(_sent(act, key)))
    asking.start()
    time.sleep(after_s)
    told.kills[name] = told.kills.get(name, 0) + 1
    told.amid[name] = told.amid.get(name, 0) + (not answered)
    with suppress(ProcessLookupError, KeyError):
        os.kill(children(supervisor)["api.web"], signal.SIGKILL)
    asking.join(PATIENCE_S)
    amid = office.stored()
    eventually(lambda: answers(office.port), 120)
    again = act(key)
    after = office.stored()
    if not again.is_success:
        told.wrong.append(f"{key}: {again.text}")
    if after == before:
        told.wrong.append(f"{key}: it changed nothing")
    if amid not in (before, after):
        told.wrong.append(f"{key}: a part of it was there")


def _sent(act: Act, key: str) -> bool:
    """Send a request that may be killed; whether it was answered well."""
    with suppress(httpx2.HTTPError):
        return act(key).is_success
    return False


class Office:
    """A coordinator of an invented programme, with a matching of all companies and one of half of them."""

    def __init__(self, opened: Service, folder: Path, buddies: int, companies: int) -> None:
        self._store, self.port = opened.store, opened.settings.port
        folder.mkdir()
        write_programme(folder, generate(buddies, companies, 1, WEEK, default_sources()))
        self._lists = {file.name: file.read_text() for file in sorted(folder.glob("*.csv"))}
        self._policy = (folder / "policy.toml").read_text()
        with self._store.writing() as c:
            user = add_user(c, NewUser("office", Role.COORDINATOR), "").id
            _, secret = keep_token(c, user, TokenKind.API, "office", Scope.WRITE)
        self._headers = {"Authorization": f"Bearer {secret}"}
        eventually(lambda: answers(self.port), 120)
        begun = self._import(0)("begin")
        assert begun.is_success, begun.text
        self._programme, self.rows = begun.json()["programme"], begun.json()["added"]
        self._matchings = self._matched(begun.json()["problem"])
        self._asked: dict[str, Act] = {}
        self._last = ""
        self.acts: dict[str, Act] = {"import": self._imported, "undo": self._undone, "adopt": self._adopted}

    def stored(self) -> str:
        """Return a hash of all that the three acts write."""
        told = hashlib.sha256()
        adopted = select(s.matching.c.id, s.matching.c.adopted_at.is_(None))
        with self._store.reading() as c:
            for chosen in (*map(select, WRITTEN), adopted):
                told.update("".join(sorted(map(str, c.execute(chosen)))).encode())
        return told.hexdigest()

    def _imported(self, key: str) -> httpx2.Response:
        """Import lists in which every company has more employees than before."""
        answer = self._once(key, lambda: self._import(len(self._asked) + 1))
        self._last = answer.json()["change_set"] if answer.is_success else ""
        return answer

    def _undone(self, key: str) -> httpx2.Response:
        return self._once(key, lambda: self._post(f"/changes/{self._last}/undo"))

    def _adopted(self, key: str) -> httpx2.Response:
        """Adopt one of the two matchings, the other one next time."""
        turn = sum(each.startswith("adopt") for each in self._asked) % 2
        path = f"/matchings/{self._matchings[turn]}/adopt"
        return self._once(key, lambda: self._post(path, headers={"If-Match": "*"}))

    def _once(self, key: str, make: Callable[[], Act]) -> httpx2.Response:
        """Send what was sent under this key before, or a new request."""
        if key not in self._asked:
            self._asked[key] = make()
        return self._asked[key](key)

    def _import(self, more: int) -> Act:
        lists = self._lists | {"companies.csv": with_more_employees(self._lists["companies.csv"], more)}
        files = [
            ("files", (name, text.encode())) for name, text in {**lists, "policy.toml": self._policy}.items()
        ]
        return self._post("/imports", data={"week": WEEK}, files=files)

    def _post(self, path: str, headers: dict[str, str] | None = None, **sent: Any) -> Act:
        more = headers or {}

        def act(key: str) -> httpx2.Response:
            headers = self._headers | {"Idempotency-Key": key} | more
            return httpx2.post(
                f"http://127.0.0.1:{self.port}{API}{path}", headers=headers, timeout=PATIENCE_S, **sent
            )

        return act

    def _matched(self, problem: str) -> list[str]:
        with self._store.reading() as c:
            stored, times = problem_of(c, problem)
        whole = match(stored, times)
        with self._store.writing() as c:
            return [
                keep_matching(c, self._programme, each, None, None, "u")
                for each in (whole, without_every_other(whole))
            ]


def with_more_employees(companies: str, more: int) -> str:
    """Return a list of companies, each with so many more employees."""
    rows = list(csv.DictReader(io.StringIO(companies)))
    held = io.StringIO()
    writer = csv.DictWriter(held, list(rows[0]))
    writer.writeheader()
    writer.writerows({**row, "employees": int(row["employees"] or 0) + more} for row in rows)
    return held.getvalue()


def without_every_other(matching: Matching) -> Matching:
    """Return a matching in which every other company of a buddy has nobody."""
    left_out = tuple(
        Unassigned(company=pair.company, reason=Reason(code=ReasonCode.CASELOAD_FULL))
        for pair in matching.pairs[1::2]
    )
    return matching.replace(pairs=matching.pairs[::2], unassigned=(*matching.unassigned, *left_out))


if __name__ == "__main__":
    asked = argparse.ArgumentParser()
    asked.add_argument("--buddies", type=int, default=2)
    asked.add_argument("--companies", type=int, default=40)
    asked.add_argument("--kills", type=int, default=20)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--database-url", default="")
    words = asked.parse_args()
    with tempfile.TemporaryDirectory() as name:
        url, drawn = words.database_url, (words.kills, words.seed)
        print(killed_changes(url, Path(name), *drawn, words.buddies, words.companies))
