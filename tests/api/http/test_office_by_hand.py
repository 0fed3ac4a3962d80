"""An office that begins with nothing keeps its own rows: entered, imported, matched, undone, over HTTP."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
import xlsxwriter
from fastapi.testclient import TestClient

from api.http.app import create_app
from api.service.wiring import Service
from data.base.dates import days_of, iso_week, minute_of
from data.store.tables.utc import now
from tests.api.http.test_acceptance import done, first_user, published, service

__all__ = ["service"]

API, KEY = "/api/v1", "salzland"
REGISTER = f"{API}/register"
TODAY = minute_of(now())[0]
MONDAY = TODAY + timedelta(days=7 - TODAY.weekday())
WEEK = iso_week(MONDAY)
LAST_WEEK = TODAY - timedelta(days=TODAY.weekday() + 4)
TOWNS = (("06108", "Halle"), ("39104", "Magdeburg"), ("06366", "Köthen (Anhalt)"), ("39576", "Stendal"))
HOSTS = ({"id": "hwk", "name": "Handwerkskammer"}, {"id": "ihk", "name": "Industrie- und Handelskammer"})
BUDDIES = tuple(
    {"name": name, "host": host, "postcode": postcode, "town": town, "mandate": "region", "max_companies": 8}
    | {"districts": districts, "languages": spoken}
    for name, host, (postcode, town), districts, spoken in (
        ("Ada Amsel", "hwk", TOWNS[0], "15002", "ar:C1 en:B2"),
        ("Bo Buche", "hwk", TOWNS[0], "15002 15082", "uk:C1"),
        ("Cem Cirrus", "ihk", TOWNS[1], "15003", "vi:C1 en:C1"),
        ("Dana Dachs", "ihk", TOWNS[2], "15082 15002", "ar:B2"),
        ("Eli Esche", "ihk", TOWNS[3], "15090", "en:C1"),
    )
)
GERMAN = ("Betrieb", "PLZ", "Ort", "Branche", "Mitarbeiter", "Fachkräfte", "Betreut von", "Letzter Kontakt")


def in_the_list(number: int) -> list[str]:
    """One of the twenty companies of the office's own list; the first ten were contacted last week."""
    postcode, town = TOWNS[number % 2]
    buddy = ("Ada Amsel", "Cem Cirrus")[number % 2] if number < 12 else ""
    contact = LAST_WEEK if number < 10 else TODAY - timedelta(days=60)
    return [
        f"Betrieb {number:02}",
        postcode,
        town,
        "C10",
        str(10 + number),
        "Arabisch: 2",
        buddy,
        f"{contact:%d.%m.%Y}",
    ]


FAULTS = {
    1: (3, "Zauberei"),
    3: (4, "viele"),
    5: (6, "Niemand Bekannt"),
    7: (7, "31.02.2026"),
    9: (5, "Klingonisch: 2"),
}
"""What stands in five rows of the list, by the place of its column."""


def workbook(rows: list[list[str]]) -> bytes:
    held = BytesIO()
    with xlsxwriter.Workbook(held) as book:
        sheet = book.add_worksheet("Betriebe")
        for at, row in enumerate([list(GERMAN), *rows]):
            sheet.write_row(at, 0, row)
    return held.getvalue()


@dataclass
class Office:
    """The coordinator, over HTTP."""

    service: Service
    http: TestClient

    def ask(self, method: str, path: str, expect: int = 200, **given: Any) -> Any:
        answer = self.http.request(
            method, f"{API}{path}", params={"programme": KEY} | given.pop("params", {}), **given
        )
        assert answer.status_code == expect, answer.text
        return answer.json() if answer.content else None

    def enter(self, entity: str, values: dict[str, Any]) -> str:
        return str(self.ask("POST", f"/register/{entity}", 201, json=values)["id"])

    def rows(self, entity: str, **asked: Any) -> dict[str, Any]:
        found = self.ask("GET", f"/register/{entity}", params={"limit": 200, **asked})["items"]
        return {row["id"]: row["values"] for row in found}

    def lists(self, rows: list[list[str]], expect: int, **form: str) -> Any:
        files = [("files", ("Betriebe.xlsx", workbook(rows)))]
        return self.ask("POST", "/imports", expect, files=files, data={"week": WEEK, **form})

    def job(self, path: str, **asked: Any) -> str:
        sent = self.http.post(f"{API}{path}", params={"programme": KEY}, json=asked)
        return done(self.service, self.http, sent)

    def publish(self, matching: str) -> str:
        plan = self.job("/plans", matching=matching, first_week=WEEK, weeks=2)
        published(self.http, plan)
        return plan

    def visits(self, plan: str) -> set[tuple[str, str, str]]:
        """Company, buddy and day of every planned visit."""
        return {
            (stop["place"], each["buddy"], day.isoformat())
            for each in self.ask("GET", f"/plans/{plan}")["buddies"]
            for week in each["weeks"]
            for day, route in zip(days_of(week["week"]), week["days"], strict=True)
            for stop in (route["stops"] if route else ())
        }


@pytest.fixture
def office(service: Service) -> Iterator[Office]:
    with TestClient(create_app(service)) as first:
        yield Office(service, first_user(service, first))


def test_an_office_that_begins_with_nothing_keeps_its_own_rows(office: Office) -> None:
    assert office.http.post(f"{API}/programmes", json={"id": KEY, "state": "ST"}).status_code == 201
    buddies = begun_by_hand(office)
    taken_from_a_list(office)
    plan, matching = first_published(office)
    by_phone(office, matching)
    away_from_tuesday(office, plan)
    grown(office, buddies["Cem Cirrus"])
    invited(office, buddies)
    leaving(office, buddies["Cem Cirrus"])
    undone(office)


def begun_by_hand(office: Office) -> dict[str, str]:
    """Two hosts, five buddies and ten companies, one by one; return the buddies' ids by name."""
    for host in HOSTS:
        office.enter("hosts", host)
    buddies = {str(each["name"]): office.enter("buddies", each) for each in BUDDIES}
    for number in range(10):
        postcode, town = TOWNS[number % 4]
        values = {
            "name": f"Werk {number}",
            "postcode": postcode,
            "town": town,
            "sector": "C25",
            "specialists": "en:1",
        }
        office.enter("companies", values)
    assert (len(office.rows("hosts")), len(buddies), len(office.rows("companies"))) == (2, 5, 10)
    return buddies


def taken_from_a_list(office: Office) -> None:
    """Twenty companies of a German list: five faults are told by row and column, and mended there."""
    good = [in_the_list(number) for number in range(20)]
    wrong = [list(row) for row in good]
    for at, (column, text) in FAULTS.items():
        wrong[at][column] = text
    told = office.lists(wrong, 422)["findings"]
    errors = {(each["row"], each["value"]) for each in told if each["severity"] == "error"}
    assert errors == {(at + 2, text) for at, (_, text) in FAULTS.items()}
    assert len(office.rows("companies")) == 10  # nothing of it was taken
    by_row = {(each["row"], each["value"]): each for each in told if each["severity"] == "error"}
    corrected = [
        {name: by_row[at + 2, text][name] for name in ("file", "row", "column")}
        | {"was": text, "value": good[at][column]}
        for at, (column, text) in FAULTS.items()
    ]
    in_table = {"corrected": json.dumps({"cells": corrected})}
    dry = office.lists(wrong, 200, dry_run="true", **in_table)
    assert (dry["id"], dry["companies"]) == (None, 20)
    office.lists(good, 422, **in_table)  # other files than those that were corrected
    office.lists(wrong, 201, **in_table)
    assert len(office.rows("companies")) == 30
    assert len(office.rows("relations", role="main")) == 12
    assert office.lists(good, 201)["added"] == 0


def first_published(office: Office) -> tuple[str, str]:
    """Match, adopt, plan and publish; who was contacted last week is not due in the next one."""
    matching = office.job("/matchings", first_week=WEEK, weeks=4, explain=0)
    preview = office.ask("GET", f"/matchings/{matching}/adoption")
    assert not [each for each in preview["successions"] if each["before"]]
    office.ask("POST", f"/matchings/{matching}/adopt", headers={"If-Match": "*"})
    assert len(office.rows("relations", role="main")) == len(
        office.ask("GET", f"/matchings/{matching}")["matching"]["pairs"]
    )
    plan = office.publish(matching)
    contacted = {
        key
        for key, row in office.rows("companies").items()
        if row["name"] <= "Betrieb 09" and row["name"] >= "Betrieb"
    }
    first = {company for company, _, day in office.visits(plan) if day in days_in(WEEK)}
    assert len(contacted) == 10 and first and not first & contacted
    return plan, matching


def days_in(week: str) -> set[str]:
    return {day.isoformat() for day in days_of(week)}


def by_phone(office: Office, matching: str) -> None:
    """A company phones: it is entered, told its best buddies with prices, given one, gets a first visit."""
    values = {
        "name": "Anruf & Co",
        "postcode": "06108",
        "town": "Halle",
        "sector": "C10",
        "specialists": "ar:1",
    }
    company = office.enter("companies", values)
    told = office.ask("GET", f"/register/companies/{company}/candidates", params={"at": MONDAY.isoformat()})
    candidates = told["answer"]["candidates"]
    assert 1 <= len(candidates) <= 3 and all(each["price"] for each in candidates)
    assert told["answer"]["changing"] == 0
    best = candidates[0]["buddy"]
    before = office.rows("relations", role="main")
    given = {"json": {"buddy": best, "from": MONDAY.isoformat()}, "headers": {"If-Match": "*"}}
    office.ask("POST", f"/register/companies/{company}/buddy", 201, **given)
    again = office.job("/matchings", first_week=WEEK, weeks=4, explain=0)
    preview = office.ask("GET", f"/matchings/{again}/adoption")
    assert preview["successions"] == [] and preview["kept"] == len(before) + 1
    plan = office.publish(again)
    assert (company, best) in {(each, buddy) for each, buddy, _ in office.visits(plan)}


def away_from_tuesday(office: Office, plan: str) -> None:
    """A buddy is away from Tuesday: what it hits is told, entered, and planned again with cover."""
    plan = next(each["id"] for each in office.ask("GET", "/plans")["items"] if each["state"] == "published")
    tuesday, friday = (MONDAY + timedelta(days=days) for days in (1, 4))
    at_hand = [each for each in office.visits(plan) if tuesday.isoformat() <= each[2] <= friday.isoformat()]
    buddy = max({each[1] for each in at_hand}, key=lambda key: sum(each[1] == key for each in at_hand))
    days = {"first": tuesday.isoformat(), "last": friday.isoformat()}
    effects = office.ask("GET", f"/register/buddies/{buddy}/absence-effects", params=days)
    hit = {
        each["visit"]["company"] if "visit" in each else each.get("company")
        for each in effects["effects"]["visits"]
    }
    assert hit == {company for company, own, _ in at_hand if own == buddy}
    office.enter("availability", {"who": buddy, "from": days["first"], "to": days["last"]})
    moment = f"{MONDAY.isoformat()}T08:00:00+01:00"
    away = {"kind": "away", "buddy": buddy, **days}
    again = office.job(f"/plans/{plan}/replan", moment=moment, disruptions=[away])
    published(office.http, again)
    assert not [
        each for each in office.visits(again) if each[1] == buddy and days["first"] <= each[2] <= days["last"]
    ]


def invited(office: Office, buddies: dict[str, str]) -> None:
    """Five links and slips; a buddy chooses an own password and reads the own week."""
    to_invite = office.ask("GET", "/invitations/buddies")
    people = [{"login": each["login"], "programme": KEY, "buddy": each["buddy"]} for each in to_invite]
    assert {each["buddy"] for each in people} == set(buddies.values())
    made = office.ask("POST", "/invitations", 201, json={"people": people})
    assert len(made) == 5 and all(each["code"] in each["link"] for each in made)
    other = TestClient(office.http.app)
    chosen = {"code": made[0]["code"], "password": "mein eigenes Passwort"}
    accepted = other.post(f"{API}/invitations/accept", json=chosen)
    assert accepted.status_code < 300, accepted.text
    again = TestClient(office.http.app).post(f"{API}/invitations/accept", json=chosen)
    assert again.status_code in (404, 409, 410, 422)


def grown(office: Office, buddy: str) -> None:
    """A gap's remedy is one company more for its buddy: entered, the next matching uses it."""
    matching = office.job("/matchings", first_week=WEEK, weeks=4, explain=10)
    pairs = office.ask("GET", f"/matchings/{matching}")["matching"]["pairs"]
    paired = {each["company"] for each in pairs}
    assert sum(each["buddy"] == buddy for each in pairs) == 8
    gaps = office.rows("companies").keys() - paired
    told = [office.ask("GET", f"/matchings/{matching}/companies/{gap}")["answers"] for gap in sorted(gaps)]
    remedies = [each["changes"] for answers in told for each in answers[0]["remedies"]]
    assert [("places", buddy, "8", "9")] in [
        [(each["kind"], each.get("who"), each.get("before"), each.get("after")) for each in changes]
        for changes in remedies
    ]
    more = {"max_companies": 9}
    office.ask("PATCH", f"/register/buddies/{buddy}", json=more, headers={"If-Match": "*"})
    again = office.job("/matchings", first_week=WEEK, weeks=4, explain=0)
    pairs = office.ask("GET", f"/matchings/{again}")["matching"]["pairs"]
    assert sum(each["buddy"] == buddy for each in pairs) == 9


def leaving(office: Office, buddy: str) -> None:
    """A buddy leaves in six weeks: each company gets a proposal or a reason, and all is entered at once."""
    last = TODAY + timedelta(weeks=6)
    path, day = f"/register/buddies/{buddy}/leaving", {"on": last.isoformat()}
    found = office.ask("GET", path, params=day)["answer"]
    own = {
        row["company"]
        for row in office.rows("relations", role="main", buddy=buddy).values()
        if not row.get("to")
    }
    told = [each["company"] for each in (*found["successors"], *found["without"])]
    assert len(told) == len(own) and set(told) == own
    followers = [{name: each[name] for name in ("company", "buddy")} for each in found["successors"]]
    headers = {"If-Match": "*"}
    office.ask("POST", path, 201, params=day, json={"successors": followers}, headers=headers)
    assert office.rows("buddies")[buddy]["employed_to"] == last.isoformat()
    after = (last + timedelta(days=1)).isoformat()
    begun = {
        (row["company"], row["buddy"])
        for row in office.rows("relations", role="main").values()
        if row.get("from") == after
    }
    assert begun == {(each["company"], each["buddy"]) for each in followers}


def undone(office: Office) -> None:
    """A wrong edit is taken back."""
    company, before = next(iter(office.rows("companies").items()))
    headers = {"If-Match": "*"}
    wrong = {"name": "Verschrieben", "employees": 900}
    office.ask("PATCH", f"/register/companies/{company}", json=wrong, headers=headers)
    of_row = {"entity": "companies", "row": company, "limit": 1}
    newest = office.ask("GET", "/changes", params=of_row)["items"][0]
    office.ask("POST", f"/changes/{newest['id']}/undo", 201)
    assert office.rows("companies")[company] == before
