"""From an empty data folder to a moved visit in a buddy's calendar, over HTTP, with the real engines."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from icalendar import Calendar

from api.http.app import create_app
from api.jobs.work import work
from api.pages.desk.frame.page import programme_sources
from api.pages.desk.studies.district_map import district_map
from api.planning.engines import Resources, Stages
from api.planning.template import write_template
from api.service.settings import Settings
from api.service.sources import default_sources, shipped_sources
from api.service.wiring import Service, wired
from data.base.dates import parse_week
from data.invented.generate import generate, write_programme
from data.store.work.jobs import claim, end_job
from tests.api.http.conftest import PASSWORD

WEEK = "2026-W48"


@pytest.fixture
def service(empty_database_url: str, tmp_path: Path) -> Iterator[Service]:
    opened = wired(Settings(data_dir=tmp_path / "data", database_url=empty_database_url, plain_http=True))
    yield opened
    opened.close()


def done(service: Service, client: TestClient, accepted: Any) -> str:
    """Do the job here, as the worker would, and return the id of its result."""
    assert accepted.status_code == 202, accepted.text
    worked(service, accepted.json()["job"])
    shown = client.get(accepted.headers["Location"]).json()
    assert shown["state"] == "done"
    return str(shown["result"])


def worked(service: Service, key: str) -> None:
    """Do a job here, as the worker would."""
    with service.store.writing() as c:
        job = claim(c, key, timedelta(minutes=5))
    assert job
    outcome = work(service.store, job, Resources(0, 1, None, Stages(lambda *told: None), threading.Event()))
    with service.store.writing() as c:
        assert end_job(c, key, job.attempt, outcome.state, outcome.keep(c))


def published(client: TestClient, plan: str) -> dict[str, Any]:
    """Publish a plan and return who was affected."""
    affected = client.get(f"/api/v1/plans/{plan}/affected")
    tag = {"If-Match": affected.headers["ETag"]}
    assert client.post(f"/api/v1/plans/{plan}/publish", headers=tag).status_code == 200
    found: dict[str, Any] = affected.json()
    return found


def signed_in(app: Any, login: str) -> TestClient:
    client = TestClient(app, headers={"Origin": "http://testserver"})
    given = {"login": login, "password": PASSWORD}
    assert client.post("/api/v1/session", json=given).status_code == 201
    return client


def first_user(service: Service, client: TestClient) -> TestClient:
    """Create the first user with the set-up code, and sign in as that user."""
    code = (service.settings.data_dir / "setup-code").read_text()
    made = client.post("/api/v1/setup", json={"code": code, "login": "office", "password": PASSWORD})
    assert made.status_code == 201
    return signed_in(client.app, "office")


def test_an_office_starts_from_nothing(service: Service, tmp_path: Path) -> None:
    app = create_app(service)
    with TestClient(app) as first:
        office = first_user(service, first)

        files = tmp_path / "files"
        files.mkdir()
        write_programme(files, generate(3, 12, 1, WEEK, default_sources()))
        sent = [("files", (path.name, path.read_bytes())) for path in sorted(files.iterdir())]
        sent = [each for each in sent if not each[1][0].endswith(".md")]
        tried = office.post("/api/v1/imports", files=sent, data={"week": WEEK, "dry_run": "true"})
        assert tried.status_code == 200 and tried.json()["id"] is None, tried.text
        assert office.get("/api/v1/programmes").json() == []
        taken = office.post("/api/v1/imports", files=sent, data={"week": WEEK})
        assert taken.status_code == 201 and taken.json()["companies"] == 12
        assert office.get(taken.headers["Location"]).json()["problem"] == taken.json()["problem"]

        done(service, office, office.post("/api/v1/matchings", json={"first_week": WEEK, "explain": 0}))
        plan = done(service, office, office.post("/api/v1/plans", json={"first_week": WEEK}))
        assert published(office, plan)["changes"]

        programme = taken.json()["programme"]
        weeks = {
            each["buddy"]: each["weeks"][0] for each in office.get(f"/api/v1/plans/{plan}").json()["buddies"]
        }
        own = max(weeks, key=lambda key: sum(len(day["stops"]) for day in weeks[key]["days"] if day))
        asked = {"login": "b", "role": "buddy", "programme": programme, "buddy": own, "password": PASSWORD}
        assert office.post("/api/v1/users", json=asked).status_code == 201
        buddy = signed_in(app, "b")
        path = f"/api/v1/me/weeks/{WEEK}"
        week = buddy.get(path).json()
        stops = [stop for day in week["days"] for stop in day["stops"]]
        assert stops and all(stop["name"] != stop["place"] for stop in stops)
        assert buddy.get(f"{path}.pdf").content.startswith(b"%PDF")
        feed = buddy.post("/api/v1/tokens", json={"kind": "feed"}).json()["feed"]
        before = events(first.get(feed).content)

        last = week["days"][-1]
        target = next(stop for stop in last["stops"] if stop["promise"])
        slots = buddy.get(
            "/api/v1/slots",
            params={"at": target["place"], "week": WEEK, "moment": "2026-11-22T08:00:00+01:00"},
        )
        assert slots.status_code == 200, slots.text

        away = {"kind": "away", "buddy": own, "first": last["date"], "last": last["date"]}
        asked_again = {"moment": "2026-11-22T08:00:00+01:00", "disruptions": [away]}
        again = done(service, office, office.post(f"/api/v1/plans/{plan}/replan", json=asked_again))
        affected = published(office, again)
        assert own in affected["buddies"]
        assert office.get(f"/api/v1/plans/{plan}").json()["state"] == "superseded"
        after = events(first.get(feed).content)
        assert before.keys() <= after.keys()
        changed = [uid for uid in before if before[uid][1:] != after[uid][1:]]
        assert changed and all(after[uid][0] > before[uid][0] for uid in before)


@pytest.mark.parametrize("empty_database_url", ["sqlite"], indirect=True)
def test_an_office_in_another_state_has_its_districts_holidays_and_attributions(
    service: Service, tmp_path: Path
) -> None:
    saxony, week, repentance = shipped_sources("SN"), "2026-W47", "2026-11-18"  # a holiday in Saxony alone
    with TestClient(create_app(service)) as first:
        office = first_user(service, first)
        write_template(tmp_path / "first" / "office", "SN", week, "de")
        sent = files_of(tmp_path / "first" / "office")
        taken = office.post("/api/v1/imports", files=sent, data={"week": week})
        assert taken.status_code == 201, taken.text
        programme = taken.json()["programme"]
        assert office.get("/api/v1/programmes").json() == [
            {
                "id": programme,
                "state": "SN",
                "invented": office.get("/api/v1/programmes").json()[0]["invented"],
            }
        ]
        keys = {district.ags for district in saxony.gazetteer.districts()}
        listed = office.get("/api/v1/companies", params={"limit": 200}).json()["items"]
        assert len(listed) == 24 and {company["district"] for company in listed} <= keys

        matching = done(
            service, office, office.post("/api/v1/matchings", json={"first_week": week, "explain": 1})
        )
        layer = office.get(f"/api/v1/matchings/{matching}/map")
        assert layer.json()["attribution"] == "; ".join(saxony.attributions)
        plan = done(service, office, office.post("/api/v1/plans", json={"first_week": week}))
        assert published(office, plan)["changes"]
        stops = dates_of_stops(office, plan)
        assert stops and repentance not in stops
        for kind in ("xlsx", "geojson"):
            assert office.get(f"/api/v1/plans/{plan}/exports/{kind}").status_code == 200

        (own, *_) = office.get(f"/api/v1/plans/{plan}").json()["buddies"]
        away = {"kind": "away", "buddy": own["buddy"], "first": "2026-11-19", "last": "2026-11-20"}
        asked = {"moment": "2026-11-15T08:00:00+01:00", "disruptions": [away]}
        again = done(service, office, office.post(f"/api/v1/plans/{plan}/replan", json=asked))
        published(office, again)
        assert repentance not in dates_of_stops(office, again)

        sources = programme_sources(service, programme)
        assert sources.reference == saxony.reference
        drawn = district_map("", ["14729", "14713"], {}, sources)
        assert "Landkreis Leipzig" in drawn and saxony.attributions[0] in drawn

        # What is sent later stays where it was, unless it names another state.
        without = [each for each in sent if each[1][0] != "policy.toml"]
        policy = ("files", ("policy.toml", f'[programme]\nid = "{programme}"\n'.encode()))
        assert (
            office.post("/api/v1/imports", files=[*without, policy], data={"week": week}).status_code == 201
        )
        assert programme_sources(service, programme).reference == saxony.reference
        write_template(tmp_path / programme, "BY", week, "de")
        moved = office.post("/api/v1/imports", files=files_of(tmp_path / programme), data={"week": week})
        assert moved.status_code == 201, moved.text
        assert moved.json()["programme"] == programme
        assert programme_sources(service, programme).reference == shipped_sources("BY").reference


@pytest.mark.parametrize("empty_database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("state", ["st", "DDR"])
def test_a_state_that_does_not_exist_is_a_finding_of_the_import(service: Service, state: str) -> None:
    with TestClient(create_app(service)) as first:
        office = first_user(service, first)
        texts = TABLES | {"policy.toml": f'[programme]\nid = "x"\nstate = "{state}"\n'}
        sent = [("files", (name, text.encode())) for name, text in texts.items()]
        refused = office.post("/api/v1/imports", files=sent, data={"week": WEEK})
        assert refused.status_code == 422, refused.text
        (finding,) = refused.json()["findings"]
        assert (finding["file"], finding["row"], finding["column"]) == ("policy.toml", 3, "programme.state")


def files_of(folder: Path) -> list[Any]:
    """The files of a programme as they are sent."""
    paths = [path for path in sorted(folder.iterdir()) if path.suffix != ".md"]
    return [("files", (path.name, path.read_bytes())) for path in paths]


def dates_of_stops(client: TestClient, plan: str) -> set[str]:
    """The days on which somebody visits somebody."""
    first = parse_week("2026-W47")
    return {
        (first + timedelta(days=number)).isoformat()
        for buddy in client.get(f"/api/v1/plans/{plan}").json()["buddies"]
        for number, day in enumerate(buddy["weeks"][0]["days"])
        if day and day["stops"]
    }


def events(feed: bytes) -> dict[str, tuple[int, str, str]]:
    """SEQUENCE, STATUS and start of every visit, by UID."""
    calendar = Calendar.from_ical(feed)
    return {
        str(event["uid"]): (int(event["sequence"]), str(event["status"]), str(event["dtstart"].dt))
        for event in calendar.walk("VEVENT")
        if not str(event["uid"]).startswith("break")
    }


TABLES = {
    "hosts.csv": "id,name,cross_host\nh1,Kammer Eins,no\nh2,Kammer Zwei,no\n",
    "buddies.csv": "id,host,postcode,town,languages\nanna,h1,06108,Halle,en:B1\ncar,h2,06108,Halle,ar:C1\n",
    "companies.csv": "id,host,postcode,town,sector,specialists\n"
    "A7,h1,06108,Halle,C10,en:2\nB1,h2,06108,Halle,C10,ar:1\nC10,h2,06108,Halle,C10,ar:1\n",
}
"""Ids of the second host are a language level, a sector and a vehicle of the first."""


@pytest.mark.parametrize("empty_database_url", ["sqlite"], indirect=True)
def test_ids_that_look_like_words_hide_no_words(service: Service) -> None:
    app = create_app(service)
    with TestClient(app) as first:
        office = first_user(service, first)
        files = [("files", (name, text.encode())) for name, text in TABLES.items()]
        imported = office.post("/api/v1/imports", files=files, data={"week": WEEK})
        assert imported.status_code == 201, imported.text
        matching = done(service, office, office.post("/api/v1/matchings", json={"first_week": WEEK}))
        plan = done(service, office, office.post("/api/v1/plans", json={"first_week": WEEK}))
        published(office, plan)
        asked = {"login": "one", "role": "coordinator", "host": "h1", "password": PASSWORD}
        asked["programme"] = imported.json()["programme"]
        assert office.post("/api/v1/users", json=asked).status_code == 201
        host = signed_in(app, "one")
        shown = host.get(f"/api/v1/matchings/{matching}")
        assert shown.status_code == 200, shown.text
        assert [pair["company"] for pair in shown.json()["matching"]["pairs"]] == ["A7"]
        for path in (
            f"matchings/{matching}/map",
            f"plans/{plan}/affected",
            f"matchings/{matching}/companies/A7",
        ):
            answer = host.get(f"/api/v1/{path}")
            assert answer.status_code == 200, answer.text
            assert "B1-" not in answer.text and '"B1"' not in answer.text.replace('"level":"B1"', "")
        (own,) = host.get(f"/api/v1/plans/{plan}").json()["buddies"]
        assert own["buddy"] == "anna" and any(own["weeks"][0]["days"])
        (company,) = host.get("/api/v1/companies").json()["items"]
        assert (company["id"], company["sector"]) == ("A7", "C10")
