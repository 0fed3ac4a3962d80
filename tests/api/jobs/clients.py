"""Clients that write all the time, each write under its own key, sent again until it is answered."""

import itertools
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx2
from sqlalchemy import func, select

from api.service.sources import default_sources
from api.service.wiring import Service
from data.invented.generate import generate, write_programme
from data.register.first_rows import fill_register
from data.store.people.tokens import Scope, TokenKind, keep_token
from data.store.people.users import NewUser, Role, add_user
from data.store.tables import schema as s
from data.store.work.plans import NewPlan, keep_draft
from data.store.work.problems import keep_import
from tests.api.jobs.small_service import PROBLEM
from tests.builders import WEEK

API, OWN = "/api/v1", PROBLEM.programme.id
PATIENCE_S = 240
"""A write that has no answer by then is a fault of the service."""
PAUSE_S = 0.1
"""Between two writes of a kind: kills are to hit writes, not to wait behind as many as there can be."""
Made = Callable[[], tuple[str, dict[str, Any]]]


@dataclass
class Clients:
    """What was acknowledged, by path: the id in each answer, as often as a write was answered."""

    service: Service
    matching: str
    weeks: Any
    acknowledged: dict[str, list[str]] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    retries: int = 0
    under_way: Counter[str] = field(default_factory=Counter)
    _stop: threading.Event = field(default_factory=threading.Event)
    _threads: list[threading.Thread] = field(default_factory=list)
    _number: Any = field(default_factory=itertools.count)
    _files: list[Any] = field(default_factory=list)

    def begin(self, folder: Path) -> None:
        """Enter the user of all clients, and let each kind of write begin in a thread of its own."""
        with self.service.store.writing() as c:
            self.user = add_user(c, NewUser("clients", Role.COORDINATOR), "").id
            _, secret = keep_token(c, self.user, TokenKind.API, "clients", Scope.WRITE)
            keep_import(c, OWN, PROBLEM.hash, 0, 0, "u")
            fill_register(c, OWN)
        self._headers = {"Authorization": f"Bearer {secret}"}
        folder.mkdir()
        write_programme(folder, generate(2, 6, 1, WEEK, default_sources()))
        self._files = [("files", (file.name, file.read_bytes())) for file in sorted(folder.glob("*.csv"))]
        due = {"company": "c1", "kind": "urgent", "due": "2199-12-31"}
        self._let("/requests", lambda: (f"/requests?programme={OWN}", {"json": due}))
        self._let("/scenarios", self._scenario)
        self._let("/imports", self._lists)
        self._let("/changes", self._changes)
        self._let("/plans/{plan}/publish", self._draft)

    def end(self) -> None:
        """Let every client get its last answer."""
        self._stop.set()
        for thread in self._threads:
            thread.join(PATIENCE_S)

    def answered(self) -> list[int]:
        """Return how many writes of each kind were answered so far."""
        return [len(ids) for ids in self.acknowledged.values()]

    def faults(self) -> dict[str, int]:
        """Count the acknowledged writes that are not there, twice there, or without their audit row."""
        found: Counter[str] = Counter({"lost": 0, "doubled": 0, "without audit": 0})
        for path, ids in self.acknowledged.items():
            there, noted = self._stored(path)
            found["lost"] += len(set(ids) - set(there))
            found["doubled"] += len(there) - len(set(ids) & set(there)) + len(ids) - len(set(ids))
            found["without audit"] += abs(noted - len(ids))
        return dict(found)

    def _let(self, path: str, make: Made) -> None:
        self.acknowledged[path] = []
        self._threads.append(threading.Thread(target=self._write, args=(path, make), daemon=True))
        self._threads[-1].start()

    def _write(self, path: str, make: Made) -> None:
        while not self._stop.is_set():
            target, sent = make()
            headers = self._headers | {"Idempotency-Key": f"{path} {next(self._number)}"}
            headers |= sent.pop("headers", {})
            self.under_way[path] += 1
            answer = self._answer(target, headers, sent)
            self.under_way[path] -= 1
            if answer is None or not answer.is_success:
                self.refused.append(f"{path}: {answer.text if answer else 'no answer'}")
                return
            self.acknowledged[path].append(answer.json()["change_set" if path == "/changes" else "id"])
            self._stop.wait(PAUSE_S)

    def _answer(self, path: str, headers: dict[str, str], sent: dict[str, Any]) -> httpx2.Response | None:
        """Send a request until the service answers it; before that, nobody knows whether it is done."""
        until = time.monotonic() + PATIENCE_S
        while time.monotonic() < until:
            try:
                answer = httpx2.post(self._url(path), headers=headers, timeout=30, **sent)
                if answer.status_code < 500:
                    return answer
            except httpx2.HTTPError:
                pass
            self.retries += 1
            time.sleep(0.1)
        return None

    def _url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.service.settings.port}{API}{path}"

    def _scenario(self) -> tuple[str, dict[str, Any]]:
        named = {"name": f"scenario {next(self._number)}", "changes": []}
        return f"/scenarios?programme={OWN}", {"json": named}

    def _lists(self) -> tuple[str, dict[str, Any]]:
        """Import lists of another programme that are never the same twice."""
        number = next(self._number)
        policy = f'first_visit_within_days = {number % 366}\n[programme]\nid = "lists"\nstate = "ST"\n'
        files = [*self._files, ("files", ("policy.toml", policy.encode()))]
        return "/imports", {"data": {"week": WEEK}, "files": files}

    def _changes(self) -> tuple[str, dict[str, Any]]:
        place = {"id": f"place-{next(self._number)}", "address": "06108 Halle"}
        entered = {"act": "enter", "entity": "places", "values": place}
        return f"/changes?programme={OWN}", {"json": {"operations": [entered]}}

    def _draft(self) -> tuple[str, dict[str, Any]]:
        """Make a draft here, read whom it affects, and have it published."""
        with self.service.store.writing() as c:
            draft = keep_draft(c, NewPlan(OWN, self.matching, WEEK, 1, self.weeks, "u"))
        tag = ""
        while not tag and not self._stop.is_set():
            try:
                shown = httpx2.get(self._url(f"/plans/{draft}/affected"), headers=self._headers, timeout=30)
                tag = shown.headers.get("etag", "")
            except httpx2.HTTPError:
                time.sleep(0.1)
        return f"/plans/{draft}/publish", {"headers": {"If-Match": tag}}

    def _stored(self, path: str) -> tuple[list[str], int]:
        """Return the ids that a kind of write has left in the store, and its number of audit rows."""
        rows = s.register_row.c
        mine = {
            "/requests": select(rows.id).where(rows.entity == "requests", rows.changed_by == self.user),
            "/scenarios": select(s.scenario.c.id).where(s.scenario.c.by_user == self.user),
            "/imports": select(s.programme_import.c.id).where(s.programme_import.c.by_user == self.user),
            "/changes": select(s.change_set.c.id)
            .join(s.register_change, s.register_change.c.change_set == s.change_set.c.id)
            .where(
                s.change_set.c.by_user == self.user,
                s.change_set.c.source == "api",
                s.register_change.c.entity == "places",
            ),
            "/plans/{plan}/publish": select(s.plan.c.id).where(s.plan.c.published_by == self.user),
        }
        action = s.audit.c.action == f"POST {API}{path}"
        with self.service.store.reading() as c:
            noted = c.execute(select(func.count()).where(action, s.audit.c.outcome < 300)).scalar_one()
            return list(c.execute(mine[path]).scalars()), noted
