"""Every role on every route, with the documented status; a route that is not in the table fails the test."""

from collections.abc import Iterator
from types import ModuleType

import pytest
from fastapi.routing import APIRoute

from api.http.app import RESOURCES
from tests.api.http.conftest import World, filled

ROLES = ("nobody", "office", "coordinator", "host", "buddy", "planner", "viewer")
# Statuses in the order of ROLES. Allowed actions are tested with an id that does not exist or an invalid
# body, so that no row of the table affects the next one.
ALL = "401 200 200 200 200 200 200"
OF_ALL_HOSTS = "401 {0} {0} 403 {1} 403 403"


def of_all(status: int, buddy: int = 403) -> str:
    """Only a coordinator of all hosts may do this."""
    return OF_ALL_HOSTS.format(status, buddy)


def coordinators(status: int, buddy: int = 403, host: int | None = None) -> str:
    """Coordinators of one host or of all may do this."""
    return f"401 {status} {status} {host or status} {buddy} 403 403"


# Planners and viewers get 403 on a path that they may not use; a buddy gets 404 if the path has an id.
TABLE: dict[tuple[str, str], str] = {
    ("POST", "/setup"): "404 404 404 404 404 404 404",
    ("POST", "/session"): "422 422 422 422 422 422 422",
    ("DELETE", "/session"): "401 204 204 204 204 204 204",
    ("PUT", "/me/password"): "401 422 422 422 422 422 422",
    ("GET", "/me"): ALL,
    ("GET", "/me/sessions"): ALL,
    ("DELETE", "/me/sessions"): "401 204 204 204 204 204 204",
    ("DELETE", "/me/sessions/{session}"): "401 404 404 404 404 404 404",
    ("GET", "/me/second-factor"): ALL,
    ("POST", "/me/second-factor"): "401 422 422 422 422 422 422",
    ("POST", "/me/second-factor/on"): "401 422 422 422 422 422 422",
    ("POST", "/me/second-factor/codes"): "401 422 422 422 422 422 422",
    ("POST", "/me/second-factor/off"): "401 422 422 422 422 422 422",
    ("DELETE", "/users/{user}/second-factor"): "401 204 404 403 404 403 403",
    ("GET", "/me/weeks/{week}"): "401 403 403 403 200 403 403",
    ("GET", "/me/weeks/{week}.ics"): "401 403 403 403 200 403 403",
    ("GET", "/me/weeks/{week}.pdf"): "401 403 403 403 200 403 403",
    ("GET", "/me/weeks/{week}.gpx"): "401 403 403 403 200 403 403",
    ("POST", "/me/weeks/{week}/moves"): "401 403 403 403 422 403 403",
    ("GET", "/me/absences"): "401 403 403 403 200 403 403",
    ("POST", "/me/absences"): "401 403 403 403 422 403 403",
    ("DELETE", "/me/absences/{absence}"): "401 403 403 403 404 403 403",
    ("POST", "/programmes"): "401 422 403 403 403 403 403",
    ("GET", "/programmes"): ALL,
    ("GET", "/programmes/{programme}"): ALL,
    ("GET", "/first-steps"): of_all(200),
    ("POST", "/first-steps/rules"): of_all(204),
    ("POST", "/imports/headers"): of_all(422),
    ("POST", "/imports"): "401 422 422 403 403 403 403",
    ("GET", "/imports"): of_all(200),
    ("GET", "/imports/{import_id}"): of_all(404, 404),
    ("GET", "/register/{entity}"): coordinators(200, 404),
    ("POST", "/register/{entity}"): coordinators(422, 404),
    ("GET", "/register/{entity}/{key}"): coordinators(404, 404),
    ("PATCH", "/register/{entity}/{key}"): coordinators(404, 404),
    ("DELETE", "/register/{entity}/{key}"): coordinators(404, 404),
    ("GET", "/register/companies/{key}/story"): coordinators(404, 404),
    ("GET", "/register/buddies/{key}/story"): coordinators(404, 404),
    ("GET", "/register/companies/{key}/candidates"): coordinators(404, 404),
    ("POST", "/register/companies/{key}/buddy"): coordinators(422, 404),
    ("GET", "/register/buddies/{key}/absence-effects"): coordinators(422, 404),
    ("GET", "/register/buddies/{key}/leaving"): coordinators(422, 404),
    ("POST", "/register/buddies/{key}/leaving"): coordinators(422, 404),
    ("POST", "/register/possible"): coordinators(422),
    ("POST", "/changes"): coordinators(422),
    ("GET", "/changes"): coordinators(200),
    ("GET", "/changes/{change_set}"): coordinators(404, 404),
    ("POST", "/changes/{change_set}/undo"): coordinators(404, 404),
    ("GET", "/hosts"): coordinators(200),
    ("GET", "/buddies"): coordinators(200),
    ("GET", "/buddies/{buddy}"): coordinators(200, 404),
    ("GET", "/buddies/{buddy}/weeks/{week}"): coordinators(200, 404),
    ("GET", "/buddies/{buddy}/weeks/{week}.ics"): coordinators(200, 404),
    ("GET", "/buddies/{buddy}/weeks/{week}.pdf"): coordinators(200, 404),
    ("GET", "/buddies/{buddy}/weeks/{week}.gpx"): coordinators(200, 404),
    ("GET", "/companies"): coordinators(200),
    ("GET", "/companies/{company}"): coordinators(200, 404),
    ("GET", "/places"): coordinators(200),
    ("POST", "/matchings"): of_all(422),
    ("GET", "/matchings"): coordinators(200),
    ("GET", "/matchings/{matching}"): coordinators(200, 404),
    ("GET", "/matchings/{matching}/map"): coordinators(200, 404),
    ("GET", "/matchings/{matching}/companies/{company}"): coordinators(200, 404),
    ("GET", "/matchings/{matching}/companies/{company}/buddies/{buddy}"): coordinators(200, 404),
    ("GET", "/matchings/{matching}/adoption"): of_all(200, 404),
    ("POST", "/matchings/{matching}/adopt"): of_all(412, 404),
    ("GET", "/pins"): coordinators(200),
    ("POST", "/pins"): coordinators(422),
    ("GET", "/pins/{pin}"): coordinators(404, 404),
    ("PATCH", "/pins/{pin}"): coordinators(404, 404),
    ("DELETE", "/pins/{pin}"): coordinators(404, 404),
    ("POST", "/plans"): of_all(422),
    ("GET", "/plans"): coordinators(200),
    ("GET", "/plans/{plan}"): coordinators(200, 404),
    ("GET", "/plans/{plan}/affected"): coordinators(200, 404),
    ("POST", "/plans/{plan}/publish"): of_all(409, 404),
    ("POST", "/plans/{plan}/rebase"): of_all(409, 404),
    ("POST", "/plans/{plan}/restore"): of_all(409, 404),
    ("POST", "/plans/{plan}/replan"): of_all(422, 404),
    ("GET", "/plans/{plan}/exports/{kind}"): coordinators(200, 404),
    ("GET", "/slots"): "401 422 422 422 422 403 403",
    ("GET", "/promises"): "401 422 422 422 422 403 403",
    ("GET", "/promises/{visit}"): "401 200 200 200 200 403 403",
    ("PATCH", "/promises/{visit}"): "401 422 422 422 422 403 403",
    ("GET", "/contacts"): "401 422 422 422 422 403 403",
    ("POST", "/contacts"): "401 403 403 403 422 403 403",
    ("GET", "/requests"): coordinators(200),
    ("POST", "/requests"): "401 422 422 422 422 403 403",
    ("GET", "/requests/{request_id}"): coordinators(404, 404),
    ("PATCH", "/requests/{request_id}"): coordinators(404, 404),
    ("GET", "/scenarios"): "401 200 200 200 403 200 403",
    ("POST", "/scenarios"): "401 422 422 422 403 422 403",
    ("POST", "/scenarios/{scenario}/adopt"): of_all(404, 404),
    ("GET", "/scenarios/{scenario}"): "401 404 404 404 404 404 403",
    ("GET", "/studies"): "401 200 200 200 403 200 403",
    ("POST", "/studies"): "401 422 422 422 403 422 403",
    ("POST", "/studies/frontier"): "401 422 422 422 403 422 403",
    ("POST", "/studies/hire"): "401 422 422 422 403 422 403",
    ("POST", "/studies/stress"): "401 422 422 422 403 422 403",
    ("GET", "/studies/{study}"): "401 404 404 404 404 404 403",
    ("GET", "/studies/{study}/picture.svg"): "401 404 404 404 404 404 403",
    ("GET", "/studies/{study}/workbook.xlsx"): "401 404 404 404 404 404 403",
    ("GET", "/studies/{study}/comparison"): of_all(422, 404),
    ("GET", "/studies/{study}/comparison.xlsx"): of_all(422, 404),
    ("GET", "/jobs"): coordinators(200),
    ("GET", "/jobs/{job}"): "401 404 404 404 404 404 403",
    ("DELETE", "/jobs/{job}"): "401 404 404 404 404 404 403",
    ("GET", "/jobs/{job}/events"): "401 404 404 404 404 404 403",
    ("GET", "/users"): of_all(200),
    ("POST", "/users"): of_all(422),
    ("GET", "/users/{user}"): "401 200 404 403 404 403 403",
    ("PATCH", "/users/{user}"): "401 428 428 403 404 403 403",
    ("GET", "/invitations"): coordinators(200),
    ("POST", "/invitations"): coordinators(422),
    ("GET", "/invitations/buddies"): coordinators(200),
    ("DELETE", "/invitations/{invitation}"): coordinators(404, 404),
    ("POST", "/invitations/look"): "422 422 422 422 422 422 422",
    ("POST", "/invitations/accept"): "422 422 422 422 422 422 422",
    ("GET", "/tokens"): ALL,
    ("POST", "/tokens"): "401 422 422 422 422 422 422",
    ("POST", "/tokens/{token}/rotate"): "401 404 404 404 404 404 404",
    ("DELETE", "/tokens/{token}"): "401 404 404 404 404 404 404",
    ("GET", "/keys"): of_all(200),
    ("DELETE", "/keys/{key}"): of_all(404, 404),
    ("GET", "/upsets"): coordinators(200),
    ("GET", "/aggregates"): "401 200 200 200 403 200 200",
    ("GET", "/audit"): "401 200 403 403 403 403 403",
    ("GET", "/feeds/{token}.ics"): "200 200 200 200 200 200 200",
}
# Sent with every write, so that it is refused only because of the role.
BODY = {"nothing of the kind": True}
# For routes where an invalid body would hide the effect of the id.
FITTING = {
    ("PATCH", "/pins/{pin}"): {},
    ("PATCH", "/requests/{request_id}"): {"state": "done"},
    ("PATCH", "/users/{user}"): {},
    ("POST", "/setup"): {"code": "x", "login": "x", "password": "x"},
    ("PATCH", "/register/{entity}/{key}"): {},
}


@pytest.fixture(scope="module")
def published(database_of_module: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    for world in filled(database_of_module, tmp_path_factory.mktemp("roles")):
        world.published()
        yield world


def path_of(world: World, route: str) -> str:
    """The route with existing ids, where the small programme has them."""
    there = {
        "{week}": "2026-W48",
        "{entity}": "companies",
        "{buddy}": "anna",
        "{company}": "bakery",
        "{programme}": "test",
        "{matching}": world.matching,
        "{plan}": world.plan,
        "{kind}": "xlsx",
        "{visit}": "bakery-1",
        "{user}": world.ids["office"],
    }
    if route.startswith("/feeds/"):
        there["{token}"] = world.ids["feed"]
    for name, key in there.items():
        route = route.replace(name, key)
    for name in (
        "{import_id}",
        "{pin}",
        "{job}",
        "{request_id}",
        "{scenario}",
        "{study}",
        "{token}",
        "{session}",
        "{key}",
        "{change_set}",
        "{invitation}",
    ):
        route = route.replace(name, "0123456789abcdef")
    return f"/api/v1{route}"


def routes(world: World) -> set[tuple[str, str]]:
    """Every documented operation under /api/v1."""
    paths = world.app.openapi()["paths"]
    return {
        (method.upper(), path.removeprefix("/api/v1"))
        for path, operations in paths.items()
        if path.startswith("/api/v1")
        for method in operations
    }


def test_the_table_has_every_route(published: World) -> None:
    assert routes(published) == set(TABLE)
    assert [route.path for resource in RESOURCES for route in api_routes(resource)] != []
    hidden = [r.path for each in RESOURCES for r in api_routes(each) if not r.include_in_schema]
    assert hidden == []


def api_routes(resource: ModuleType) -> list[APIRoute]:
    # The app lists included routers, not their routes.
    return [route for route in resource.router.routes if isinstance(route, APIRoute)]


@pytest.mark.parametrize("role", ROLES)
def test_each_route_answers_the_role_as_documented(published: World, role: str) -> None:
    client, found, documented = published.by(role), {}, published.app.openapi()["paths"]
    for (method, route), statuses in TABLE.items():
        expected = int(statuses.split()[ROLES.index(role)])
        with_etag = {"If-Match": '"1"'} if method in ("PATCH", "DELETE", "POST") else {}
        if (method, route) == ("PATCH", "/users/{user}"):
            with_etag = {}
        body = FITTING.get((method, route), BODY) if method in ("POST", "PATCH", "PUT") else None
        answer = client.request(method, path_of(published, route), json=body, headers=with_etag)
        if answer.status_code != expected:
            found[method, route] = f"{answer.status_code}, not {expected}: {answer.text[:90]}"
        assert str(answer.status_code) in documented[f"/api/v1{route}"][method.lower()]["responses"]
        if answer.status_code >= 400:
            assert answer.headers["content-type"] == "application/problem+json"
    assert found == {}
