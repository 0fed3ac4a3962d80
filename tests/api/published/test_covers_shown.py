"""What a cover makes is marked with the main buddy everywhere, and the cover may act at the company.

Anna covers the garage for Ben in the whole of W48; it has a visit and a call a week.
"""

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar
from pypdf import PdfReader

from api.export.report import report_page
from api.planning.check_run import check_run
from api.planning.offering import Offer, Wanted, offer
from api.run.figures import figures
from api.run.names import Names
from api.run.run import Run
from data.base.dates import aware
from data.model.problem import Care
from data.model.relation import Relation
from data.model.vocabulary import CareMode, RelationRole
from scheduling.plan.plan_weeks import plan_weeks
from tests.api.http.conftest import World
from tests.api.pages.conftest import with_all_pages
from tests.api.runs import run
from tests.builders import WEEK

SUNDAY, MONDAY, WEDNESDAY = date(2026, 11, 22), date(2026, 11, 23), date(2026, 11, 25)
NEXT_SUNDAY = date(2026, 11, 29)
LONG_AGO = date(2020, 1, 1)
CARE = (
    Care(company="garage", every_weeks=1, minutes=60),
    Care(company="garage", mode=CareMode.CALL, every_weeks=1, minutes=20),
)


def covered(since: date | None, until: date | None, care: tuple[Care, ...] = CARE) -> Run:
    base = run()
    assert base.matching
    cover = Relation(company="garage", buddy="anna", role=RelationRole.COVER, since=since, until=until)
    problem = base.problem.replace(care=care, relations=(cover,))
    matching = base.matching.replace(problem_hash=problem.hash)
    weeks = plan_weeks(problem, matching, base.times)
    return replace(base, problem=problem, matching=matching, weeks=weeks)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    made = covered(MONDAY, NEXT_SUNDAY)
    assert [each for each in check_run(made) if each.where.startswith(("anna", "ben"))] == []
    for each in with_all_pages("", tmp_path_factory.mktemp("covers"), made):
        each.published()
        yield each


def test_the_week_of_the_cover_names_the_main_buddy(world: World) -> None:
    week = world.by("buddy").get(f"/api/v1/me/weeks/{WEEK}").json()
    (stop,) = (stop for day in week["days"] for stop in day["stops"])
    (call,) = week["calls"]
    assert [(each["instead_of"], each["name"]) for each in (stop, call)] == [
        ("ben", '=HYPERLINK("x") & <script>alert(1)</script>')
    ] * 2
    assert week["remote_min"] == 20
    bens = world.by("coordinator").get(f"/api/v1/buddies/ben/weeks/{WEEK}").json()
    assert (bens["days"], bens["calls"], bens["remote_min"]) == ([], [], 0)


def test_phone_paper_and_calendar_say_so(world: World) -> None:
    anna, german = world.by("buddy"), {"Accept-Language": "de"}
    page = anna.get(f"/me/weeks/{WEEK}", headers=german).text
    assert page.count("in Vertretung für Ben Birke") == 2  # the visit and the call
    visit = next(s["visit"] for d in anna.get(f"/api/v1/me/weeks/{WEEK}").json()["days"] for s in d["stops"])
    assert "in Vertretung für Ben Birke" in anna.get(f"/me/weeks/{WEEK}/stops/{visit}", headers=german).text
    paper = anna.get(f"/api/v1/me/weeks/{WEEK}.pdf", headers=german).content
    assert "in Vertretung für Ben Birke" in PdfReader(io.BytesIO(paper)).pages[0].extract_text()
    events = Calendar.from_ical(anna.get(f"/api/v1/me/weeks/{WEEK}.ics", headers=german).content).events
    assert ["in Vertretung für Ben Birke" in str(event["description"]) for event in events] == [True]


@pytest.mark.parametrize("mode", ["visit", "call"])
def test_the_cover_logs_what_happened(world: World, mode: str) -> None:
    anna = world.by("buddy")
    week = anna.get(f"/api/v1/me/weeks/{WEEK}").json()
    day, key = next((d["date"], s["visit"]) for d in week["days"] for s in d["stops"])
    if mode == "call":
        day, key = week["calls"][0]["about"], week["calls"][0]["visit"]
    told = anna.post("/api/v1/contacts", json={"visit": key, "date": day, "outcome": "done", "minutes": 15})
    assert told.status_code == 201, told.text
    assert (told.json()["company"], told.json()["mode"]) == ("garage", mode)


@pytest.mark.parametrize(
    ("since", "until", "status"), [(None, None, 201), (LONG_AGO, None, 201), (LONG_AGO, LONG_AGO, 404)]
)
def test_the_cover_raises_requests_on_its_days(
    tmp_path: Path, since: date | None, until: date | None, status: int
) -> None:
    asked = {"company": "garage", "kind": "urgent", "due": str(date.today() + timedelta(days=7))}
    for each in with_all_pages("", tmp_path, covered(since, until)):
        assert each.by("buddy").post("/api/v1/requests", json=asked).status_code == status


def test_what_is_covered_stands_beside_the_caseload() -> None:
    """The garage has 60 min of care in four weeks by the matching."""
    made = covered(MONDAY, WEDNESDAY)
    anna, ben = figures(made).buddies
    assert (anna.companies, anna.covered, anna.covered_care_min) == (1, 1, 60)
    assert (ben.companies, ben.covered, ben.covered_care_min) == (2, 0, 0)
    assert made.matching
    page = report_page(made, Names(made), made.matching)
    assert "dazu 1 in Vertretung, Betreuung 1 h" in page
    over = figures(covered(LONG_AGO, LONG_AGO)).buddies[0]
    assert (over.covered, over.covered_care_min) == (0, 0)


def offered(day: date, *buddies: str) -> Offer:
    """Slots for an hour at the garage in W48, which Anna covers from Monday to Wednesday."""
    made = covered(MONDAY, WEDNESDAY, care=())
    return offer(made, Wanted("garage", buddies, week=WEEK), aware(day, 0), ())


@pytest.mark.parametrize(
    ("moment", "buddies", "who", "days"),
    [
        (SUNDAY, (), "anna", {23, 24, 25}),
        (WEDNESDAY, (), "anna", {25}),
        (date(2026, 11, 26), (), "ben", {26, 27}),
        (SUNDAY, ("ben",), "ben", {23, 24, 25, 26, 27}),
    ],
)
def test_slots_are_those_of_who_visits_then(
    moment: date, buddies: tuple[str, ...], who: str, days: set[int]
) -> None:
    found = offered(moment, *buddies)
    assert found.buddies == (who,)
    assert {slot.day.day for slot in found.slots} == days
    assert found.fit_in and found.fit_in.start and found.fit_in.start[0].day in days
