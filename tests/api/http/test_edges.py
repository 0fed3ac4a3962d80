"""Trust 10, dates at the edges: what no calendar or number reaches is 422 on every route, never 5xx.

The routes are walked in the OpenAPI schema: each week, date, moment and number of path, query and body.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from tests.api.http.conftest import World, filled

WEEKS = ("9999-W52", "9999-W53", "0001-W01", "0000-W01", "2026-W54", "1899-W52", "2200-W01")
DAYS = ("0001-01-01", "9999-12-31", "1899-12-31", "2200-01-01")
MOMENTS = ("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "1899-12-31T12:00:00Z")
NUMBERS = ("1e999", "NaN", "-Infinity", str(2**63), str(-(10**30)), "1" + "0" * 5000)
"""As they stand in JSON."""
JSON = {"Content-Type": "application/json"}
BUDDYS = ("/me/", "/contacts")
Schema = Mapping[str, Any]
Case = tuple[str, str, str]
"""Where, the edge as JSON, and the whole body or query as JSON."""


@pytest.fixture(scope="module")
def world(database_of_module: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    for each in filled(database_of_module, tmp_path_factory.mktemp("edges")):
        each.published()
        yield each


class Walk:
    """Values that fit the schemas of an OpenAPI document, and those with one field at an edge."""

    def __init__(self, document: Schema) -> None:
        self.document = document

    def whole(self, schema: Schema) -> Schema:
        while "$ref" in schema:
            schema = self.document["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
        return schema

    def fitting(self, schema: Schema) -> Any:
        schema = self.whole(schema)
        if "default" in schema:
            return schema["default"]
        for known in ("const", "enum", "examples"):
            if known in schema:
                return schema[known] if known == "const" else schema[known][0]
        if several := schema.get("anyOf") or schema.get("oneOf"):
            return self.fitting(several[0])
        if schema.get("type") == "object":
            return {name: self.fitting(held) for name, held in schema.get("properties", {}).items()}
        if schema.get("type") == "array":
            return [self.fitting(schema["items"])] if schema.get("minItems") and "items" in schema else []
        return self._leaf(schema)

    def _leaf(self, schema: Schema) -> Any:
        if schema.get("format") in ("date", "date-time"):
            return "2026-11-25" + "T10:00:00+01:00" * (schema["format"] == "date-time")
        return schema.get("minimum", 1) if schema.get("type") in ("integer", "number") else "x"

    def edges(self, schema: Schema, where: str) -> Iterator[tuple[str, str, Any]]:
        """Yield where an edge is, the edge as JSON, and the fitting value with it, marked by its text."""
        schema = self.whole(schema)
        for each in (*schema.get("anyOf", ()), *schema.get("oneOf", ())):
            yield from self.edges(each, where)
        if schema.get("type") == "object":
            for name, held in schema.get("properties", {}).items():
                for place, edge, value in self.edges(held, f"{where}.{name}"):
                    yield place, edge, {**self.fitting(schema), name: value}
        if "items" in schema:
            yield from ((place, edge, [value]) for place, edge, value in self.edges(schema["items"], where))
        for edge in _of_leaf(schema, where):
            yield where, edge, Edge(edge)


class Edge(str):
    """A text that stands in JSON as it is."""


def _of_leaf(schema: Schema, where: str) -> tuple[str, ...]:
    if schema.get("type") in ("integer", "number"):
        return NUMBERS
    if schema.get("format") in ("date", "date-time"):
        return tuple(map(json.dumps, DAYS if schema["format"] == "date" else MOMENTS))
    named = where.rpartition(".")[2] in ("week", "first_week")
    return tuple(map(json.dumps, WEEKS)) if schema.get("type") == "string" and named else ()


def as_json(value: Any) -> str:
    if isinstance(value, Edge):
        return str(value)
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(name)}: {as_json(held)}" for name, held in value.items()) + "}"
    return "[" + ", ".join(map(as_json, value)) + "]" if isinstance(value, list) else json.dumps(value)


def asked(world: World, walk: Walk, path: str, operation: Schema) -> Iterator[tuple[str, str, str, str]]:
    """Yield where, the path with its ids, the query as JSON and the body as JSON, with one edge in it."""
    ids = {"plan": world.plan, "matching": world.matching, "buddy": "anna", "company": "bakery"}
    ids |= {"week": "2026-W48", "kind": "xlsx"}
    known = operation.get("parameters", [])
    query = {p["name"]: walk.fitting(p["schema"]) for p in known if p["in"] == "query" and p.get("required")}
    given = {p["name"]: ids.get(p["name"], "x") for p in known if p["in"] == "path"}
    for each in known:
        for place, edge, _ in walk.edges(each["schema"], each["name"]):
            text = str(json.loads(edge)) if edge.startswith('"') else edge
            at = dict(given), dict(query)
            at[each["in"] == "query"][each["name"]] = text
            yield f"{place} {text[:30]}", path.format(**at[0]), json.dumps(at[1]), "{}"
    body = operation.get("requestBody", {}).get("content", {}).get("application/json")
    if body:
        for place, edge, value in walk.edges(body["schema"], "body"):
            yield f"{place} {edge[:30]}", path.format(**given), json.dumps(query), as_json(value)


def test_every_edge_on_every_route_is_refused(world: World) -> None:
    document = world.client.get("/api/v1/openapi.json").json()
    walk, tried, wrong = Walk(document), 0, []
    for path, operations in document["paths"].items():
        client = world.by("buddy" if any(part in path for part in BUDDYS) else "office")
        for method, operation in operations.items():
            for where, full, query, body in asked(world, walk, path, operation):
                sent = {"content": body} if body != "{}" else {}
                headers = {"Content-Type": "application/json", "If-Match": "*"}
                answer = client.request(method, full, params=json.loads(query), headers=headers, **sent)
                tried += 1
                if answer.status_code != 422:
                    wrong.append(f"{method} {path} {where}: {answer.status_code}")
    assert tried > 450
    assert "\n".join(wrong) == ""


@pytest.mark.parametrize("body", ["[" * 100_000, '{"weeks": ' + "9" * 5000 + "}", '{"weeks": 1e400}'])
def test_json_beyond_what_is_read_is_refused(world: World, body: str) -> None:
    assert world.by("coordinator").post("/api/v1/plans", content=body, headers=JSON).status_code == 422


@pytest.mark.parametrize("value", [None, [None], [{"name": None}], float("1e300"), {}, ""])
def test_a_scenario_without_objectives_is_refused(world: World, value: object) -> None:
    changes = [{"kind": "policy", "fields": {"objectives": value}}]
    answer = world.by("coordinator").post("/api/v1/scenarios", json={"name": "none", "changes": changes})
    assert answer.status_code == 422, answer.text
