"""A coordinator of one host: nothing of another host in any list, reason, slot, map or export."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from api.run.run import Run
from tests.api.http.conftest import World, filled
from tests.api.runs import at_two_hosts, run

OTHERS = ("ben", "Ben Birke", "garage", "nursery", "foundry", "Gießerei Glut")


def two_hosts() -> Run:
    """The small run, with Anna and the bakery at the chamber and all others at the union."""
    base = run()
    assert base.matching
    problem = at_two_hosts(base.problem)
    matching = base.matching.replace(problem_hash=problem.hash)
    weeks = tuple(own.replace(problem_hash=problem.hash, matching_hash=matching.hash) for own in base.weeks)
    return replace(base, problem=problem, matching=matching, weeks=weeks)


@pytest.fixture
def shared(database_url: str, tmp_path: Path) -> Iterator[World]:
    for world in filled(database_url, tmp_path, two_hosts()):
        world.published()
        yield world


def unpacked(content: bytes) -> str:
    """All text of a workbook."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return "".join(book.read(name).decode("utf-8", "replace") for name in book.namelist())


def test_nothing_of_another_host_is_shown(shared: World) -> None:
    paths = {
        "buddies": "/api/v1/buddies",
        "companies": "/api/v1/companies",
        "matching": f"/api/v1/matchings/{shared.matching}",
        "layer": f"/api/v1/matchings/{shared.matching}/map",
        "plan": f"/api/v1/plans/{shared.plan}",
        "affected": f"/api/v1/plans/{shared.plan}/affected",
        "promises": "/api/v1/promises?week=2026-W48",
        "map": f"/api/v1/plans/{shared.plan}/exports/geojson?detail=full",
    }
    host, everyone = shared.by("host"), shared.by("coordinator")
    for name, path in paths.items():
        answer = host.get(path)
        assert answer.status_code == 200, answer.text
        if name != "affected":
            assert "anna" in answer.text or "bakery" in answer.text, name
        assert [other for other in OTHERS if f'"{other}' in answer.text] == [], name
        if name != "affected":  # the plan in force affects nothing
            assert '"ben' in everyone.get(path).text or '"garage' in everyone.get(path).text, name
    book = f"/api/v1/plans/{shared.plan}/exports/xlsx?detail=full"
    assert "Ben Birke" in unpacked(everyone.get(book).content)
    assert [other for other in OTHERS if f">{other}<" in unpacked(host.get(book).content)] == []


def test_what_is_another_hosts_is_not_there(shared: World) -> None:
    host = shared.by("host")
    for path in (
        "/api/v1/buddies/ben",
        "/api/v1/buddies/ben/weeks/2026-W48",
        "/api/v1/companies/garage",
        f"/api/v1/matchings/{shared.matching}/companies/garage",
        "/api/v1/slots?at=garage&week=2026-W48",
        "/api/v1/slots?at=bakery&buddy=ben&week=2026-W48",
        "/api/v1/promises/garage-1",
    ):
        assert host.get(path).status_code == 404, path
    calendar = f"/api/v1/plans/{shared.plan}/exports/ics?buddy=ben"
    assert host.get(calendar).status_code == 422


def test_pins_are_for_own_pairs(shared: World) -> None:
    host = shared.by("host")
    own = {"kind": "pin", "buddy": "anna", "company": "bakery"}
    assert host.post("/api/v1/pins", json=own | {"buddy": "ben"}).status_code == 422
    assert host.post("/api/v1/pins", json=own | {"company": "garage"}).status_code == 422
    assert host.post("/api/v1/pins", json=own).status_code == 201
    theirs = {"kind": "ban", "buddy": "ben", "company": "garage"}
    made = shared.by("coordinator").post("/api/v1/pins", json=theirs).headers["Location"]
    assert host.get(made).status_code == 404
    assert [pin["buddy"] for pin in host.get("/api/v1/pins").json()["items"]] == ["anna"]


def test_hosts_are_counted_by_what_the_reader_sees(shared: World) -> None:
    """The chamber has Anna and the bakery, the union all others: Ben and three companies."""

    def counted(login: str) -> dict[str, tuple[int, int]]:
        rows = shared.by(login).get("/api/v1/hosts").json()
        return {row["id"]: (row["buddies"], row["companies"]) for row in rows}

    whole = counted("coordinator")
    assert whole["chamber"] == (1, 1)
    problem = two_hosts().problem
    assert whole["union"] == (len(problem.buddies) - 1, len(problem.companies) - 1)
    assert counted("host") == {"chamber": (1, 1)}


def test_requests_and_contacts_are_those_of_the_own_host(shared: World) -> None:
    host, everyone = shared.by("host"), shared.by("coordinator")
    due = {"kind": "urgent", "due": "2199-12-31"}
    keys = {}
    for company in ("bakery", "garage"):
        keys[company] = everyone.post("/api/v1/requests", json=due | {"company": company}).json()["id"]
        told = {"company": company, "date": "2026-11-23", "buddy": "anna" if company == "bakery" else "ben"}
        assert everyone.post("/api/v1/register/history", json=told).status_code == 201
    assert [row["company"] for row in host.get("/api/v1/requests").json()["items"]] == ["bakery"]
    contacts = host.get("/api/v1/contacts", params={"week": "2026-W48"}).json()
    assert [row["company"] for row in contacts] == ["bakery"]
    any_version = {"If-Match": "*"}
    for company, status in (("bakery", 200), ("garage", 404)):
        path = f"/api/v1/requests/{keys[company]}"
        assert host.get(path).status_code == status
        assert host.patch(path, json={"state": "done"}, headers=any_version).status_code == status
        made = host.post("/api/v1/requests", json=due | {"company": company})
        assert made.status_code == (201 if status == 200 else 404)
