"""Two companies come after the first week is published: they get buddies, and nobody else changes one."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.http.app import create_app
from api.service.settings import Settings
from api.service.wiring import Service, wired
from data.store.database.store import sqlite_url
from tests.api.http.test_acceptance import done, files_of, first_user, published
from tests.part_of_sample import part_of_sample

WEEK, NEXT = "2027-W05", "2027-W06"
HALLE = {"postcode": "06108", "town": "Halle (Saale)", "sector": "C10", "visits_per_4_weeks": 1}
NEW = ({"id": "neu1", "name": "Neu Eins", **HALLE}, {"id": "neu2", "name": "Neu Zwei", **HALLE})


@pytest.fixture
def service(tmp_path: Path, migrated_file: Path) -> Iterator[Service]:
    path = tmp_path / "store.db"
    path.write_bytes(migrated_file.read_bytes())
    opened = wired(
        Settings(data_dir=tmp_path / "data", database_url=sqlite_url(path), plain_http=True, workers=1)
    )
    yield opened
    opened.close()


def test_fill_moves_nobody(service: Service, tmp_path: Path) -> None:
    """Dafür wechseln 0 Betriebe: that is said before the matching is adopted."""
    with TestClient(create_app(service)) as first:
        office = first_user(service, first)
        folder = part_of_sample(tmp_path / "files", frozenset(("b08", "b31")))
        taken = office.post("/api/v1/imports", files=files_of(folder), data={"week": WEEK})
        assert taken.status_code == 201, taken.text

        def matched(week: str) -> str:
            asked = {"first_week": week, "explain": 0}
            return done(service, office, office.post("/api/v1/matchings", json=asked))

        def adopted(key: str) -> dict[str, Any]:
            shown = office.get(f"/api/v1/matchings/{key}/adoption")
            seen = {"If-Match": shown.headers["ETag"]}
            assert office.post(f"/api/v1/matchings/{key}/adopt", headers=seen).status_code == 200
            found: dict[str, Any] = shown.json()
            return found

        before = matched(WEEK)
        adopted(before)
        plan = done(service, office, office.post("/api/v1/plans", json={"first_week": WEEK}))
        published(office, plan)
        for row in NEW:
            made = office.post("/api/v1/register/companies", json=row)
            assert made.status_code == 201, made.text

        after = matched(NEXT)
        shown = adopted(after)
        changing = [each for each in shown["successions"] if each["before"]]
        assert (changing, shown["visits"]) == ([], [])
        assert {each["company"] for each in shown["successions"]} >= {"neu1", "neu2"}
        buddies = pairs(office, before)
        assert buddies.items() <= pairs(office, after).items()
        plan = done(service, office, office.post("/api/v1/plans", json={"first_week": NEXT}))
        shown_plan = office.get(f"/api/v1/plans/{plan}").json()
        assert (shown_plan["matching"], shown_plan["first_week"]) == (after, NEXT)


def pairs(office: TestClient, key: str) -> dict[str, str]:
    """The buddy of each company in a matching."""
    matching = office.get(f"/api/v1/matchings/{key}").json()["matching"]
    return {pair["company"]: pair["buddy"] for pair in matching["pairs"]}
