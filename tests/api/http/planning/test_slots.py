"""Slots that cannot be asked for are refused with what is wrong, as a code with its fields."""

import pytest

from tests.api.http.conftest import World


@pytest.mark.parametrize(
    ("asked", "code", "fields"),
    [
        ({"at": "nowhere", "buddy": "anna"}, "no_place", {"place": "nowhere"}),
        ({"at": "foundry"}, "company_without_buddy", {"company": "foundry"}),
        ({"at": "bakery", "week": "2026-W60"}, "no_iso_week", {"week": "2026-W60"}),
        ({"at": "bakery", "visit": "x"}, "no_open_visit", {"visit": "x", "week": "2026-W48"}),
    ],
)
def test_what_is_wrong_is_told_by_its_code(
    on_sqlite: World, asked: dict[str, str], code: str, fields: dict[str, str]
) -> None:
    on_sqlite.published()
    when = {"week": "2026-W48", "moment": "2026-11-16T08:00:00+01:00"}
    answer = on_sqlite.by("coordinator").get("/api/v1/slots", params=when | asked)
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert fields.items() <= answer.json()["fields"].items()
