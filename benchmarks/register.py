"""The register at its size, over HTTP in this process, on SQLite: saving, lists, proposals, questions.

    python -m benchmarks.register [--buddies 50] [--companies 1000] [--large 20000] [--json FILE]

It needs the test extra. An invented programme is imported, matched, planned for one week and published; then
each thing is asked for in turn. A programme of 1,000 buddies and `--large` companies (0: none) is entered
without a matching, as no travel times of that size can be stored. Exit status 1: a target was missed.
"""

import argparse
import csv
import json
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from fastapi.testclient import TestClient

from api.http.app import create_app
from api.service.settings import Settings
from api.service.sources import default_sources
from api.service.wiring import Service, wired
from data.base.dates import parse_week
from data.invented.generate import Tables, generate, write_programme
from data.model.identity import Identities
from data.model.programme import Programme
from data.register.changes.draft import Area
from data.register.changes.enter import By, enter
from data.register.changes.operations import Act, Operation
from data.register.rows.load import Registers
from data.store.register.change_sets import Source
from data.store.work.programmes import keep_programme
from tests.api.http.test_acceptance import PASSWORD, done, first_user, published, signed_in

WEEK = "2026-W48"
REGISTER = "/api/v1/register"
ANY = {"If-Match": "*"}
SAVES, LARGE_SAVES, ASKED = 60, 30, 10
TAKEN = (".csv", ".toml")


@dataclass(frozen=True)
class Figure:
    """One thing measured, in milliseconds; `p95_ms` is what the target is about."""

    name: str
    size: str
    count: int
    median_ms: float
    p95_ms: float
    target_ms: float

    @property
    def met(self) -> bool:
        return self.p95_ms <= self.target_ms


@contextmanager
def opened(folder: Path) -> Iterator[tuple[Service, TestClient]]:
    """Yield a service on an empty folder and a signed-in office."""
    service = wired(Settings(data_dir=folder, database_url="", plain_http=True))
    with TestClient(create_app(service)) as first:
        yield service, first_user(service, first)
    service.close()


def measured(
    name: str, size: str, target_ms: float, count: int, ask: Callable[[int], Any], warm: int = 1
) -> Figure:
    """Ask several times after a first one; raises if an answer is an error."""
    taken = []
    for turn in range(warm + count):
        begin = time.perf_counter()
        answer = ask(turn)
        taken.append(1000 * (time.perf_counter() - begin))
        if answer.status_code >= 400:
            raise SystemExit(f"{name}: {answer.status_code} {answer.text}")
    kept = sorted(taken[warm:])
    p95 = kept[min(len(kept) - 1, int(0.95 * len(kept)))]
    figure = Figure(name, size, count, round(statistics.median(kept), 1), round(p95, 1), target_ms)
    told = "met" if figure.met else "MISSED"
    print(
        f"{size:>14}  {name:<42} median {figure.median_ms:8.1f}  p95 {figure.p95_ms:8.1f}"
        f"  target {target_ms:7.0f} ms  {told}",
        flush=True,
    )
    return figure


def prepared(service: Service, office: TestClient, tables: Path) -> str:
    """Import files, match, plan and publish a week; return the programme."""
    files = _files(tables)
    made = office.post("/api/v1/imports", files=files, data={"week": WEEK})
    assert made.status_code == 201, made.text
    matched = office.post("/api/v1/matchings", json={"explain": 0})
    done(service, office, matched)
    planned = office.post("/api/v1/plans", json={"first_week": WEEK, "weeks": 1})
    published(office, done(service, office, planned))
    return str(made.json()["programme"])


def _files(folder: Path) -> list[tuple[str, tuple[str, BytesIO]]]:
    return [
        ("files", (file.name, BytesIO(file.read_bytes())))
        for file in sorted(folder.iterdir())
        if file.suffix in TAKEN
    ]


def saves(office: TestClient, size: str, target_ms: float, count: int, companies: list[str]) -> Figure:
    """Change one field of another company each time."""

    def save(turn: int) -> Any:
        path = f"{REGISTER}/companies/{companies[turn % len(companies)]}"
        return office.patch(path, json={"employees": 10 + turn}, headers=ANY)

    return measured("save one row", size, target_ms, count, save)


def small(buddies: int, companies: int) -> list[Figure]:
    """Everything on the usual size."""
    size, figures = f"{buddies} x {companies}", list[Figure]()
    with TemporaryDirectory(prefix="buddyplan-register-") as name:
        tables = Path(name) / "tables"
        tables.mkdir()
        write_programme(tables, generate(buddies, companies, 1, WEEK, default_sources()))
        with opened(Path(name) / "data") as (service, office):
            begin = time.perf_counter()
            programme = prepared(service, office, tables)
            print(f"{size:>14}  published after {time.perf_counter() - begin:.0f} s", flush=True)
            rows = office.get(f"{REGISTER}/companies", params={"limit": 200, "sort": "-id"}).json()["items"]
            keys = [row["id"] for row in rows]
            figures.append(saves(office, size, 200, SAVES, keys))
            figures.append(_new_companies(office, size))
            figures.append(_reports(office, size, programme))
            figures += _lists(office, size)
            figures.append(_proposal(office, size, tables))
            figures += _questions(office, size, keys)
    return figures


def _new_companies(office: TestClient, size: str) -> Figure:
    def enter_one(turn: int) -> Any:
        new = {"name": f"Zwölfachser {turn}", "postcode": "39104", "town": "Magdeburg", "sector": "C10"}
        return office.post(f"{REGISTER}/companies", json=new)

    return measured("enter one company", size, 200, 20, enter_one)


def _reports(office: TestClient, size: str, programme: str) -> Figure:
    """Report what happened at the visits of one buddy's week, again and again, as a phone does."""
    asked = {"login": "b", "role": "buddy", "programme": programme, "buddy": _buddies(office)[0]}
    made = office.post("/api/v1/users", json=asked | {"password": PASSWORD})
    assert made.status_code == 201, made.text
    buddy = signed_in(office.app, "b")
    week = buddy.get(f"/api/v1/me/weeks/{WEEK}").json()
    visits = [(stop["visit"], day["date"]) for day in week["days"] for stop in day["stops"]]

    def report(turn: int) -> Any:
        visit, day = visits[turn % len(visits)]
        told = {"visit": visit, "date": day, "outcome": "done", "minutes": 15 * (turn % 40)}
        return buddy.post("/api/v1/contacts", json=told)

    return measured("report one contact", size, 200, SAVES, report)


def _lists(office: TestClient, size: str) -> list[Figure]:
    companies = f"{REGISTER}/companies"
    return [
        measured(
            "list, a page of 50 sorted by name", size, 100, 20,
            lambda turn: office.get(companies, params={"sort": "name"}),
        ),
        measured(
            "search", size, 100, 20,
            lambda turn: office.get(companies, params={"q": ("metall", "gaertnerei", "halle")[turn % 3]}),
        ),
    ]  # fmt: skip


def _proposal(office: TestClient, size: str, tables: Path) -> Figure:
    """Show what files do in which every company has another number of employees."""
    file = tables / "companies.csv"
    head, *lines = file.read_text("utf-8").splitlines()
    column = head.split(",").index("employees")
    rng = Random(1)
    with file.open("w", encoding="utf-8", newline="") as written:
        rows = csv.writer(written, lineterminator="\n")
        rows.writerow(head.split(","))
        for cells in csv.reader(lines):
            rows.writerow([*cells[:column], 300 + rng.randrange(600), *cells[column + 1 :]])
    return measured(
        f"proposal of {len(lines)} changed rows", size, 2000, 5,
        lambda turn: office.post(
            "/api/v1/imports", files=_files(tables), data={"week": WEEK, "dry_run": "true"}
        ),
    )  # fmt: skip


def _questions(office: TestClient, size: str, keys: list[str]) -> list[Figure]:
    """Candidates for new companies and for others, absences, and what a change makes possible."""
    rows = office.get(f"{REGISTER}/companies", params={"q": "Zwölfachser", "limit": 20}).json()["items"]
    new, at = [row["id"] for row in rows], {"at": parse_week(WEEK).isoformat()}
    active = [key for key in keys[:40] if _candidates(office, key, at).status_code == 200]

    def of(some: list[str]) -> Callable[[int], Any]:
        return lambda turn: _candidates(office, some[turn % len(some)], at)

    as_is = measured("candidates for one with a buddy", size, 3000, ASKED, of(active))
    steps = [_step("buddies", key, max_companies=60, max_care_hours=160) for key in _buddies(office)]
    made = office.post("/api/v1/changes", json={"operations": steps})
    assert made.status_code == 201, made.text
    found = [len(_candidates(office, key, at).json()["answer"]["candidates"]) for key in new]
    print(f"{size:>14}  where every buddy has room: {statistics.mean(found):.1f} candidates a company")
    return [
        as_is,
        measured("candidates for a new company, all with room", size, 3000, ASKED, of(new)),
        measured("candidates for one with a buddy, all with room", size, 3000, ASKED, of(active)),
        *_absences_and_changes(office, size),
    ]


def _candidates(office: TestClient, key: str, at: dict[str, str]) -> Any:
    return office.get(f"{REGISTER}/companies/{key}/candidates", params=at)


def _absences_and_changes(office: TestClient, size: str) -> list[Figure]:
    monday, buddies = parse_week(WEEK), _buddies(office)
    span = {"first": monday.isoformat(), "last": (monday + timedelta(days=13)).isoformat()}
    changes: list[dict[str, Any]] = [
        {"max_companies": 80}, {"languages": "ar:C1 uk:C1 vi:C1"}, {"max_one_way_min": 30},
    ]  # fmt: skip

    def absent(turn: int) -> Any:
        return office.get(f"{REGISTER}/buddies/{buddies[turn]}/absence-effects", params=span)

    def changed(turn: int) -> Any:
        step = _step("buddies", buddies[turn], **changes[turn % len(changes)])
        return office.post(f"{REGISTER}/possible", json={"operations": [step]})

    return [
        measured("effects of an absence of two weeks", size, 1000, ASKED, absent),
        measured("what one changed row makes possible", size, 2000, ASKED, changed),
    ]


def _buddies(office: TestClient) -> list[str]:
    rows = office.get(f"{REGISTER}/buddies", params={"limit": 200}).json()["items"]
    return [row["id"] for row in rows]


def _step(entity: str, key: str, **values: Any) -> dict[str, Any]:
    return {"act": "change", "entity": entity, "id": key, "values": values}


def large(buddies: int, companies: int) -> list[Figure]:
    """Saves in a programme as large as a country's."""
    size = f"{buddies} x {companies}"
    tables = generate(buddies, companies, 1, WEEK, default_sources())
    with (
        TemporaryDirectory(prefix="buddyplan-register-") as name,
        opened(Path(name) / "data") as (service, office),
    ):
        begin = time.perf_counter()
        _entered(service, tables)
        print(f"{size:>14}  entered after {time.perf_counter() - begin:.0f} s", flush=True)
        keys = [row["id"] for row in tables["companies"][:200]]
        return [saves(office, size, 500, LARGE_SAVES, keys)]


def _entered(service: Service, tables: Tables) -> None:
    """Enter rows unchecked, as those of earlier versions are."""
    sources = default_sources()
    programme = Programme(id="large", state=sources.gazetteer.state, districts=sources.gazetteer.districts())
    operations = [Operation(Act.ENTER, table, values=row) for table, rows in tables.items() for row in rows]
    with service.store.writing() as c:
        keep_programme(c, programme, Identities(invented=True))
        area = Area(programme, sources.gazetteer)
        enter(c, Registers(), area, operations, By("benchmark", Source.IMPORT), checked=False)


def main() -> int:
    """Measure, print, and say how many targets are met."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--buddies", type=int, default=50)
    parser.add_argument("--companies", type=int, default=1000)
    parser.add_argument("--large", type=int, default=20_000)
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    figures = small(asked.buddies, asked.companies)
    if asked.large:
        figures += large(1000, asked.large)
    met = sum(figure.met for figure in figures)
    print(f"targets met: {met} of {len(figures)} ({100 * met // len(figures)} %)")
    if asked.json:
        asked.json.write_text(json.dumps([asdict(figure) for figure in figures], indent=2) + "\n", "utf-8")
    return int(met < len(figures))


if __name__ == "__main__":
    sys.exit(main())
