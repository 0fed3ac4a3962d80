"""Ids and texts that look the same are the same, however a client composes them."""

import json
import unicodedata
from urllib.parse import quote

import pytest

from api.http.frame.wrappers.composed import composed_json
from tests.api.http.conftest import World

MILL = "mühle"
APART = unicodedata.normalize("NFD", MILL)


def test_texts_and_keys_of_a_body_are_composed_and_secrets_are_not() -> None:
    sent = {"company": APART, "list": [APART, 1, None], APART: {"x": APART}, "password": APART}
    for ascii_only in (False, True):
        body = json.dumps(sent, ensure_ascii=ascii_only).encode()
        assert json.loads(composed_json(body)) == {
            "company": MILL, "list": [MILL, 1, None], MILL: {"x": MILL}, "password": APART,
        }  # fmt: skip


@pytest.mark.parametrize(
    "body", [b"", b"{", b'{"a": 1}', b"\xff\xfe", b'"\\u', b"[" * 100_000 + "ü".encode()]
)
def test_any_other_body_is_left_for_the_app_to_refuse(body: bytes) -> None:
    assert composed_json(body) == body


def test_ids_in_path_query_and_body_are_found(on_sqlite: World) -> None:
    """Both spellings of an unknown company are one id to the service."""
    office = on_sqlite.by("coordinator")
    for spelling in (MILL, APART):
        answer = office.get(f"/api/v1/companies/{quote(spelling)}")
        assert answer.status_code == 404 and MILL in answer.json()["detail"]
        asked = {"company": spelling, "kind": "urgent", "due": "2026-11-27"}
        refused = office.post("/api/v1/requests", json=asked)
        assert APART not in refused.text
    listed = [office.get("/api/v1/companies", params={"host": each}).json() for each in (MILL, APART)]
    assert listed[0] == listed[1]
