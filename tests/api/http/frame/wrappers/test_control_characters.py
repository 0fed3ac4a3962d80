"""No text of a request holds a control character: every text field refuses it and says where."""

import json
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import pytest

from tests.api.http.conftest import PASSWORD, World

METHODS = ("get", "post", "put", "patch", "delete")


@dataclass(frozen=True)
class TextField:
    """A place of a request that takes text: its operation, and where in it."""

    method: str
    path: str
    place: str
    steps: tuple[str, ...]


def text_fields(described: Mapping[str, Any]) -> Iterator[TextField]:
    """Every text field of the paths, queries and JSON or form bodies that OpenAPI describes."""
    for path, operations in described["paths"].items():
        for method in METHODS & operations.keys():
            operation = operations[method]
            for each in operation.get("parameters", ()):
                for _ in leaves(each["schema"], described, ()):
                    if each["in"] in ("path", "query"):
                        yield TextField(method, path, each["in"], (each["name"],))
            for kind, content in operation.get("requestBody", {}).get("content", {}).items():
                if kind == "application/json":
                    for steps in dict.fromkeys(leaves(content["schema"], described, ())):
                        yield TextField(method, path, "body", steps)


def leaves(schema: Any, described: Mapping[str, Any], steps: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The steps to each text inside a schema; a list's is `*`."""
    if "$ref" in schema:
        schema = described["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    if schema.get("type") == "string":
        yield steps
    for part in (*schema.get("anyOf", ()), *schema.get("oneOf", ()), *schema.get("allOf", ())):
        yield from leaves(part, described, steps)
    for name, part in schema.get("properties", {}).items():
        yield from leaves(part, described, (*steps, name))
    if "items" in schema:
        yield from leaves(schema["items"], described, (*steps, "*"))


def body_with(steps: tuple[str, ...], text: str) -> Any:
    """A body that has a text at the end of these steps, and nothing else."""
    for step in reversed(steps):
        text = [text] if step == "*" else {step: text}  # type: ignore[assignment]
    return text


def ask(world: World, field: TextField, text: str) -> Any:
    """Send a text in one field, and return the answer."""
    quoted, path = quote(text, safe=""), field.path
    if field.place == "path":
        path = path.replace(f"{{{field.steps[0]}}}", quoted)
    if field.place == "query":
        path += f"?{field.steps[0]}={quoted}"
    body = body_with(field.steps, text) if field.place == "body" else None
    return world.by("coordinator").request(field.method, path, json=body)


def test_every_text_field_refuses_control_characters(on_sqlite: World) -> None:
    fields = list(text_fields(on_sqlite.client.get("/api/v1/openapi.json").json()))
    assert {each.place for each in fields} == {"path", "query", "body"} and len(fields) > 150
    for field in fields:
        refused = ask(on_sqlite, field, "a\0b")
        assert (refused.status_code, refused.json().get("code")) == (422, "control_characters"), field
        steps = "" if field.place == "path" else "." + ".".join(field.steps).replace("*", "0")
        assert refused.json()["fields"] == {"where": field.place + steps, "signs": ["U+0000"]}


@pytest.mark.parametrize("sign", ["\0", "\b", "\x1b", "\x7f", "\x85", "\ufeff", "\uffff", "\ud800", "\x0c"])
def test_what_no_file_may_hold_is_refused_and_named(on_sqlite: World, sign: str) -> None:
    office = on_sqlite.by("coordinator")
    body = json.dumps({"buddy": "anna", "company": "bakery", "kind": "pin", "reason": f"knows{sign}her"})
    kinds = [{"Content-Type": kind} for kind in ("application/json", "application/merge-patch+json")]
    for headers in (*kinds, {}):
        answer = office.post("/api/v1/pins", content=body, headers=headers)
        assert answer.status_code == 422, headers
        assert answer.json()["errors"][0]["where"] == "body.reason"
        assert f"(U+{ord(sign):04X})" in answer.json()["detail"]


def test_lines_pass_in_texts_of_many_lines_alone(on_sqlite: World) -> None:
    office, pin = on_sqlite.by("coordinator"), {"buddy": "anna", "company": "bakery", "kind": "pin"}
    reason = "knows the owner\r\n\tsince 2024"
    made = office.post("/api/v1/pins", json=pin | {"reason": reason})
    assert made.status_code == 201 and made.json()["reason"] == reason
    refused = office.post("/api/v1/pins", json=pin | {"company": "bakery\n"})
    assert refused.json()["fields"] == {"where": "body.company", "signs": ["U+000A"]}


def test_secrets_are_compared_as_they_were_given(on_sqlite: World) -> None:
    """Line ends and decomposed letters included: of passwords that are set, as of those for signing in."""
    office, word = on_sqlite.by("buddy"), "Pa\u0308sse\tder Wo\u0308lfe\n"
    session = {"login": "anna", "password": word}
    assert office.put("/api/v1/me/password", json={"old": PASSWORD, "new": word}).status_code == 204
    assert on_sqlite.client.post("/api/v1/session", json=session).status_code == 201
    composed = session | {"password": unicodedata.normalize("NFC", word)}
    assert on_sqlite.client.post("/api/v1/session", json=composed).status_code == 401


def test_keys_forms_and_every_way_to_write_json_are_looked_at(on_sqlite: World) -> None:
    asked = {"login": "anna\0", "password": "x"}
    for content in (json.dumps(asked).encode("utf-16"), json.dumps(asked).encode("utf-32-le")):
        answer = on_sqlite.client.post(
            "/api/v1/session", content=content, headers={"Content-Type": "application/json"}
        )
        assert answer.json()["fields"] == {"where": "body.login", "signs": ["U+0000"]}
    key = on_sqlite.client.post("/api/v1/session", json=asked | {"login": "anna", "lo\x07gin": "x"})
    assert key.json()["fields"] == {"where": "body", "signs": ["U+0007"]}
    form = on_sqlite.client.post("/api/v1/session", data={"login": "a", "password": "\x01"})
    assert form.json()["fields"] == {"where": "body.password", "signs": ["U+0001"]}
