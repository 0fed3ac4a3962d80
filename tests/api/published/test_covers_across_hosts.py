"""Trust, covers: a coordinator of the covering buddy's host learns nothing of the company of another host.

Anna of the chamber covers the garage of the union for Ben in the whole of W48, beside her own bakery; the
garage has a visit and a call a week, the bakery a visit.
"""

import io
from collections.abc import Iterator
from dataclasses import replace

import pytest
from pypdf import PdfReader

from api.run.run import Run
from data.model.problem import Care
from scheduling.plan.plan_weeks import plan_weeks
from tests.api.http.conftest import World
from tests.api.http.test_one_host import unpacked
from tests.api.pages.conftest import with_all_pages
from tests.api.published.test_covers_shown import CARE, MONDAY, NEXT_SUNDAY, covered
from tests.api.runs import at_two_hosts
from tests.builders import WEEK

WEEKS = f"/api/v1/buddies/anna/weeks/{WEEK}"
OF_THE_UNION = ("ben", "garage", "HYPERLINK")


def across_hosts() -> Run:
    """The small run with a cover, with Anna and the bakery at the chamber and all others at the union."""
    base = covered(MONDAY, NEXT_SUNDAY, (*CARE, Care(company="bakery", every_weeks=1, minutes=60)))
    assert base.matching
    problem = at_two_hosts(base.problem)
    matching = base.matching.replace(problem_hash=problem.hash)
    weeks = plan_weeks(problem, matching, base.times)
    return replace(base, problem=problem, matching=matching, weeks=weeks)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    for each in with_all_pages("", tmp_path_factory.mktemp("across"), across_hosts()):
        each.published()
        yield each


def named(text: str) -> list[str]:
    return [other for other in OF_THE_UNION if other in text.lower() or other in text]


def test_the_week_of_the_cover_shows_the_host_its_own_company_alone(world: World) -> None:
    whole = world.by("coordinator").get(WEEKS).json()
    assert {stop["place"] for day in whole["days"] for stop in day["stops"]} == {"bakery", "garage"}
    assert [call["company"] for call in whole["calls"]] == ["garage"]
    shown = world.by("host").get(WEEKS)
    assert {stop["place"] for day in shown.json()["days"] for stop in day["stops"]} == {"bakery"}
    assert named(shown.text) == []
    assert shown.json()["travel_min"] == whole["travel_min"]  # the hours of its own buddy


@pytest.mark.parametrize("first", ["coordinator", "host"])
def test_who_asks_first_does_not_decide_what_the_other_is_shown(world: World, first: str) -> None:
    second = "host" if first == "coordinator" else "coordinator"
    answers = {who: world.by(who).get(WEEKS) for who in (first, second)}
    assert answers["host"].headers["ETag"] != answers["coordinator"].headers["ETag"]
    assert (named(answers["host"].text), named(answers["coordinator"].text)) == ([], [*OF_THE_UNION])


@pytest.mark.parametrize("kind", ["ics", "gpx", "pdf"])
def test_calendar_track_and_paper_are_like_the_week(world: World, kind: str) -> None:
    def text(who: str) -> str:
        content = world.by(who).get(f"{WEEKS}.{kind}").content
        return PdfReader(io.BytesIO(content)).pages[0].extract_text() if kind == "pdf" else content.decode()

    assert "HYPERLINK" in text("coordinator")
    assert "Kruste" in text("host")
    assert named(text("host")) == []


def test_plan_exports_promises_and_effects_name_nothing_of_it(world: World) -> None:
    plan = f"/api/v1/plans/{world.plan}"
    paths = [
        plan,
        f"{plan}/affected",
        *(f"{plan}/exports/{kind}?detail=full&buddy=anna&week={WEEK}" for kind in ("ics", "gpx", "geojson")),
        f"/api/v1/promises?week={WEEK}",
        f"/api/v1/contacts?week={WEEK}",
        "/api/v1/upsets",
        "/api/v1/companies",
        f"/api/v1/matchings/{world.matching}",
    ]
    for path in paths:
        answer = world.by("host").get(path)
        assert (answer.status_code, named(answer.text)) == (200, []), path
    book = world.by("host").get(f"{plan}/exports/xlsx?detail=full").content
    assert [other for other in ("garage", "HYPERLINK", "Birke") if other in unpacked(book)] == []


def test_slots_name_no_visit_of_the_other_host(world: World) -> None:
    """A visit of four hours at the bakery displaces others in a week that is nearly full."""
    asked = f"/api/v1/slots?at=bakery&week={WEEK}&minutes=600&moment=2026-11-20T12:00:00%2B01:00"
    found = world.by("host").get(asked)
    assert found.status_code == 200, found.text
    assert named(found.text) == []
    strangers = world.by("host").get(f"/api/v1/slots?at=bakery&buddy=zora&week={WEEK}")
    assert strangers.status_code == 404
    assert named(strangers.text) == []
