"""Every role on every page, with the documented status; a page that is not in the table fails the test."""

from collections.abc import Iterator

import pytest
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient

from api.pages.site import ROUTERS
from tests.api.http.conftest import World
from tests.api.pages.conftest import with_all_pages

ROLES = ("nobody", "office", "coordinator", "host", "buddy", "planner", "viewer")
# In the order of ROLES; 303 for `nobody` is the redirect to sign-in.
OWN = "303 403 403 403 {0} 403 403"
ALL = "303 200 200 200 200 200 200"
STOP = "/me/weeks/{week}/stops/{visit}"
TABLE: dict[tuple[str, str], str] = {
    ("GET", "/"): "303 303 303 303 303 303 303",
    ("GET", "/language/{language}"): "303 303 303 303 303 303 303",
    ("GET", "/sign-in"): "200 200 200 200 200 200 200",
    ("POST", "/sign-in"): "403 401 401 401 401 401 401",
    ("POST", "/sign-in/code"): "403 303 303 303 303 303 303",
    ("GET", "/invitation"): "200 200 200 200 200 200 200",
    ("POST", "/invitation"): "403 403 403 403 403 403 403",
    ("POST", "/invitation/password"): "403 403 403 403 403 403 403",
    ("POST", "/sign-out"): "403 303 303 303 303 303 303",
    ("GET", "/setup"): "404 404 404 404 404 404 404",
    ("POST", "/setup"): "403 404 404 404 404 404 404",
    ("GET", "/account"): ALL,
    ("POST", "/account/password"): "403 403 403 403 403 403 403",
    ("POST", "/account/keys"): "403 201 201 201 201 201 201",
    ("POST", "/account/keys/{key}/revoke"): "403 404 404 404 404 404 404",
    ("POST", "/account/sessions/end"): "403 303 303 303 303 303 303",
    ("POST", "/account/sessions/{session}/end"): "403 404 404 404 404 404 404",
    ("POST", "/account/second-factor"): "403 403 403 403 403 403 403",
    ("POST", "/account/second-factor/on"): "403 403 403 403 403 403 403",
    ("POST", "/account/second-factor/codes"): "403 403 403 403 403 403 403",
    ("POST", "/account/second-factor/off"): "403 403 403 403 403 403 403",
    ("POST", "/account/calendar"): "403 403 403 403 201 403 403",
    ("POST", "/account/calendar/{link}/rotate"): "403 403 403 403 404 403 403",
    ("POST", "/account/calendar/{link}/revoke"): "403 403 403 403 404 403 403",
    ("GET", "/me/worker.js"): "200 200 200 200 200 200 200",
    ("GET", "/me/offline"): OWN.format(200),
    ("GET", "/me/today"): OWN.format(200),
    ("GET", "/me/week"): OWN.format(303),
    ("GET", "/me/weeks/{week}"): OWN.format(200),
    ("GET", STOP): OWN.format(200),
    ("POST", f"{STOP}/report"): "403 403 403 403 303 403 403",
    ("GET", f"{STOP}/move"): OWN.format(200),
    ("POST", f"{STOP}/move"): "403 403 403 403 422 403 403",
    ("GET", "/me/moves/{job}"): OWN.format(404),
    ("GET", "/me/absences"): OWN.format(200),
    ("POST", "/me/absences"): "403 403 403 403 422 403 403",
    ("POST", "/me/absences/{absence}/withdraw"): "403 403 403 403 404 403 403",
    ("GET", "/coverage"): "303 200 200 200 403 200 200",
    ("GET", "/desk"): "303 303 303 303 403 403 403",
    ("GET", "/static/{name}"): "200 200 200 200 200 200 200",
}
SENT = {
    f"{STOP}/report": {"outcome": "done", "minutes": "60"},
    f"{STOP}/move": {"day": "2026-11-25", "first": "10:00", "last": "09:00"},
    "/me/absences": {"first": "2027-07-09", "last": "2027-07-05"},
    "/setup": {"code": "x", "login": "x", "password": "x"},
    "/sign-in": {"login": "who", "password": "is that"},
    "/account/password": {"old": "no such password", "new": "correct horse battery staple"},
}


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    for world in with_all_pages("", tmp_path_factory.mktemp("pages")):
        world.published()
        yield world


def path_of(route: str) -> str:
    there = {
        "{week}": "2026-W48",
        "{visit}": "bakery-1",
        "{language}": "en",
        "{name}": "pages.css",
        "{job}": "0123456789abcdef?week=2026-W48&visit=bakery-1",
        "{absence}": "anna~99",
        "{link}": "0123456789abcdef",
        "{key}": "0123456789abcdef",
        "{session}": "0123456789abcdef",
    }
    for name, key in there.items():
        route = route.replace(name, key)
    return route


def by(world: World, role: str) -> TestClient:
    client = world.by(role)
    client.follow_redirects = False
    return client


def test_the_table_has_every_page() -> None:
    hidden = {
        (method, route.path)
        for router in ROUTERS
        for route in router.routes
        if isinstance(route, APIRoute) and not router.include_in_schema
        for method in route.methods
    }
    assert hidden == set(TABLE)


@pytest.mark.parametrize("role", ROLES)
def test_each_page_answers_the_role_as_documented(published: World, role: str) -> None:
    client, found = by(published, role), {}
    for (method, route), statuses in TABLE.items():
        answer = client.request(method, path_of(route), data=SENT.get(route))
        expected = int(statuses.split()[ROLES.index(role)])
        if answer.status_code != expected:
            found[method, route] = f"{answer.status_code}, not {expected}"
        if answer.status_code >= 400:
            assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert found == {}


def test_what_is_another_s_is_not_there_and_leaves_a_row(published: World) -> None:
    buddy = by(published, "buddy")
    answer = buddy.get("/me/weeks/2026-W48/stops/garage-1")
    assert answer.status_code == 404 and "Diese Seite gibt es nicht" in answer.text
    row = published.by("office").get("/api/v1/audit").json()["items"][0]
    assert (row["action"], row["outcome"]) == (f"GET {STOP}", 404)
    assert row["subject"] == "visit=garage-1 week=2026-W48"


def test_reading_the_own_week_leaves_a_row(published: World) -> None:
    by(published, "buddy").get("/me/weeks/2026-W48")
    row = published.by("office").get("/api/v1/audit").json()["items"][0]
    assert (row["action"], row["subject"]) == ("GET /me/weeks/{week}", "week=2026-W48")


@pytest.mark.parametrize("role", ["viewer", "planner"])
def test_coverage_names_no_person_and_no_company(published: World, role: str) -> None:
    text = by(published, role).get("/coverage").text
    for who in ("Anna", "Ben", "Bäckerei", "bakery", "anna"):
        assert who not in text


def test_names_of_companies_are_written_as_text(published: World) -> None:
    """The garage of the small run has a script as its name."""
    text = by(published, "buddy").get("/me/weeks/2026-W48").text
    assert "Bäckerei Kruste" in text and "<script>alert" not in text


def test_pages_carry_headers_of_caution(published: World) -> None:
    headers = by(published, "buddy").get("/me/today").headers
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
    assert "unsafe" not in policy and "frame-ancestors 'none'" in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "private, no-store"
    assert headers["referrer-policy"] == "same-origin"
    css = by(published, "nobody").get("/static/pages.css")
    assert "unsafe" not in css.headers["content-security-policy"]


def test_programs_are_still_answered_as_programs(published: World) -> None:
    for path in ("/api/v1/nothing", "/api/v1/me"):
        answer = by(published, "nobody").get(path)
        assert answer.headers["content-type"] == "application/problem+json"
    assert by(published, "nobody").get("/nothing").headers["content-type"].startswith("text/html")
    assert all(
        path.startswith(("/api/v1/", "/healthz", "/readyz", "/metrics"))
        for path in published.app.openapi()["paths"]
    )
