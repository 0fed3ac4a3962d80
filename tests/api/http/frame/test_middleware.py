"""Middleware for every request: limits, ids, security headers, errors without internals, and the audit."""

import json
from datetime import datetime
from typing import Any

import pytest

from api.http.frame.writes.audit_writer import AuditWriter
from api.service.logs import start_logging
from data.base.dates import ZONE, minute_of
from data.store.database.store import Store
from data.store.people.audit import AuditRow, audit_before, audit_moment
from tests.api.http.conftest import World


def rows(world: World) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = world.by("office").get("/api/v1/audit").json()["items"]
    return items


def test_a_body_that_is_too_large_is_refused_while_it_comes(on_sqlite: World) -> None:
    own = on_sqlite.by("coordinator")
    told = own.post("/api/v1/pins", content=b"x" * 1_000_001)
    assert told.status_code == 413
    # without a declared length, the bytes are counted
    untold = own.post("/api/v1/pins", content=(b"x" * 1000 for _ in range(1001)))
    assert untold.status_code == 413 and untold.headers["content-type"] == "application/problem+json"


def test_other_methods_and_paths_are_problems_too(on_sqlite: World) -> None:
    assert on_sqlite.client.put("/healthz").status_code == 405
    answer = on_sqlite.client.get("/api/v1/nothing")
    assert answer.status_code == 404 and answer.json()["title"] == "Not Found"


def test_what_was_sent_is_not_sent_back(on_sqlite: World) -> None:
    answer = on_sqlite.client.post("/api/v1/session", json={"login": "anna", "password": 7, "x": "secret"})
    assert answer.status_code == 422 and "secret" not in answer.text
    assert {each["where"] for each in answer.json()["errors"]} == {"body.password", "body.x"}


def test_an_unexpected_error_says_nothing_of_the_inside(on_sqlite: World) -> None:
    def broken() -> None:
        raise RuntimeError("the name of a person")

    on_sqlite.app.add_api_route("/broken", broken)
    answer = on_sqlite.client.get("/broken")
    assert answer.status_code == 500 and "person" not in answer.text
    assert answer.json()["detail"].startswith("something went wrong; the log has it under ")


def test_answers_carry_an_id_and_headers_of_caution(on_sqlite: World) -> None:
    answer = on_sqlite.client.get("/healthz", headers={"X-Request-ID": "mine-1"})
    assert answer.headers["X-Request-ID"] == "mine-1"
    assert on_sqlite.client.get("/healthz", headers={"X-Request-ID": "<x>"}).headers["X-Request-ID"] != "<x>"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_another_buddys_things_are_not_there_and_the_asking_is_kept(world: World) -> None:
    world.published()
    job = world.by("coordinator").post("/api/v1/matchings", json={}).json()["job"]
    asked = (
        "/api/v1/buddies/ben/weeks/2026-W48",
        "/api/v1/buddies/ben/weeks/2026-W48.pdf",
        f"/api/v1/jobs/{job}",
        f"/api/v1/jobs/{job}/events",
        f"/api/v1/plans/{world.plan}",
        f"/api/v1/plans/{world.plan}/exports/ics?buddy=ben",
        f"/api/v1/matchings/{world.matching}",
        "/api/v1/promises/garage-1",
    )
    anna = world.by("buddy")
    before = len(rows(world))
    assert {path: anna.get(path).status_code for path in asked} == dict.fromkeys(asked, 404)
    kept = rows(world)[: -before or None]
    assert len(kept) == len(asked)
    assert {(row["role"], row["outcome"]) for row in kept} == {("buddy", 404)}
    assert "buddy=ben week=2026-W48" in {row["subject"] for row in kept}


def test_writes_and_reads_of_plans_are_kept_and_others_are_not(world: World) -> None:
    world.published()
    anna = world.by("buddy")
    before = len(rows(world))
    anna.get("/api/v1/me")
    anna.get("/api/v1/me/weeks/2026-W48")
    world.client.get(f"/api/v1/feeds/{world.ids['feed']}.ics")
    kept = rows(world)[:-before]
    feed, week = kept
    assert week["action"] == "GET /api/v1/me/weeks/{week}" and week["subject"] == "week=2026-W48"
    assert feed["action"] == "GET /api/v1/feeds/{token}.ics" and feed["subject"] == ""
    assert feed["user"] == world.ids["buddy"]
    # of a buddy's actions only the day is known
    assert minute_of(datetime.fromisoformat(week["at"]))[1] == 0


def test_of_a_buddy_midnight_is_kept() -> None:
    day, minute = minute_of(audit_moment(own_doing_of_buddy=True), ZONE)
    assert minute == 0 and day == minute_of(audit_moment(own_doing_of_buddy=False))[0]


def test_rows_of_many_requests_share_a_commit_and_none_is_lost(store: Store) -> None:
    writer = AuditWriter(store)
    at = audit_moment(own_doing_of_buddy=False)
    kept = [writer.write(AuditRow(at, "u", "buddy", "GET", str(n), 200)) for n in range(300)]
    for each in kept:
        each.result(timeout=30)
    writer.close()
    # A cancelled request keeps its row, and blocks no other.
    writer.write(AuditRow(at, "u", "buddy", "GET", "given up", 200)).cancel()
    writer.write(AuditRow(at, "u", "buddy", "GET", "after", 200)).result(timeout=30)
    writer.close()
    with store.reading() as c:
        found = [each.row.subject for each in audit_before(c, 500)]
    assert found == ["after", "given up", *(str(n) for n in reversed(range(300)))]


def test_a_request_is_logged_by_its_route_and_by_nothing_that_was_sent(
    on_sqlite: World, capsys: pytest.CaptureFixture[str]
) -> None:
    start_logging("web")
    path = "/api/v1/companies/Quittenbaum?programme=Zwetschgenweg"
    for headers in ({}, {"X-Request-Id": "Anna.Quittenbaum"}):
        on_sqlite.by("office").get(path, headers=headers)
    said = capsys.readouterr().err
    own, given = (line for line in map(json.loads, said.splitlines()) if "companies" in line["route"])
    assert own["route"] == given["route"] == "/api/v1/companies/{company}"
    assert (own["method"], own["status"]) == ("GET", 404) and own["seconds"] > 0
    assert len(own["request"]) == 32 and "request" not in given
    assert "Quittenbaum" not in said and "Zwetschgenweg" not in said


def test_the_service_tells_whether_it_can_work(on_sqlite: World) -> None:
    assert on_sqlite.client.get("/healthz").json() == {"status": "ok"}
    assert on_sqlite.client.get("/readyz").json() == {
        "status": "ok", "jobs_wait_s": 0, "oldest_job_wait_s": 0,
    }  # fmt: skip
    figures = on_sqlite.client.get("/metrics")
    assert figures.status_code == 200 and "buddyplan_requests_total" in figures.text
    assert "/healthz" in figures.text
    far = on_sqlite.client.get("/metrics", headers={"X-Forwarded-For": "10.0.0.1"})
    assert far.status_code == 403
    with on_sqlite.service.store.writing() as c:
        c.exec_driver_sql("DROP TABLE alembic_version")
    assert on_sqlite.client.get("/readyz").status_code == 503
